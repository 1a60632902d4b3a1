package web

import (
	"bytes"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"stayput/derive/brief"
	"stayput/derive/claims"
	"stayput/derive/packet"
	"stayput/desk"
	"stayput/fact"
	"stayput/format/docx"
	"stayput/format/pdf"
	"stayput/law/pack"
	"stayput/law/packs"
	"stayput/paper"
	"stayput/present/chart"
	"stayput/present/letter"
	saypacket "stayput/present/packet"
)

// A packetPage is one pack of papers.
type packetPage struct {
	Frame
	Back      string
	About     []saypacket.Say
	Parts     []packetPart
	PDF, Docx string
	Broken    []string
	Walled    bool
}

func (packetPage) template() string { return "packet_show" }

type (
	// A packetPart is one part of a pack, with links to the entries it stands on.
	packetPart struct {
		saypacket.Part
		Lines    []packetLine
		Tells    []packetTell
		Pictures []packetPicture
		Blank    []int // one for each line to write on
	}
	packetLine struct {
		Name string // the first cell
		Rest []packetCell
		Href string
	}
	packetCell struct{ Head, Text string }
	packetTell struct {
		Label, Text string
		Links       []Tab
	}
	packetPicture struct {
		Name, Href   string
		Wide, Narrow template.HTML
		Facts        []saypacket.Say
		Earlier      string
		ID           string
	}
)

var (
	_ = sample(func() page {
		table := packetPart{Part: saypacket.Part{ID: "a", Title: "t", Lead: []string{"l"}, Head: []string{"1", "2"}, Note: "n"}, Lines: []packetLine{{Name: "x", Rest: []packetCell{{"2", "y"}}, Href: "/h"}, {Name: "x", Rest: []packetCell{{"2", ""}}}}}
		list := packetPart{Part: saypacket.Part{ID: "b", Title: "t", Head: []string{"1"}, Ask: "q", After: []string{"a"}}, Lines: []packetLine{{Name: "x", Href: "/h"}}, Blank: []int{1, 2}, Pictures: []packetPicture{{"n", "/h", "<svg></svg>", "<svg></svg>", []saypacket.Say{{Label: "l", Text: "t"}}, "e", "g-1"}}}
		told := packetPart{Part: saypacket.Part{ID: "c", Sub: true, Title: "t"}, Tells: []packetTell{{Label: "l", Text: "t"}, {Label: "l", Links: []Tab{{Href: "/h", Label: "x"}}}}}
		return packetPage{Back: "/b", About: []saypacket.Say{{Label: "l", Text: "t"}}, Parts: []packetPart{table, list, told}, PDF: "/p", Docx: "/d", Broken: []string{"b"}, Walled: true}
	})
)

// packetNamed is the pack that an address names.
func packetNamed(r *http.Request) (packet.Name, error) {
	n := packet.Name(r.PathValue("pack"))
	if !slices.Contains(packet.Names, n) {
		return "", refuse(http.StatusNotFound, "web.error.not_found")
	}
	return n, nil
}

// packetOf makes the pack that an address names, from the open record alone: it goes out.
// broken says why the plans could not be read.
func (s *Site) packetOf(r *http.Request, f speaker) (c *desk.Case, p *packet.Pack, o saypacket.Options, broken, err error) {
	n, err := packetNamed(r)
	if err != nil {
		return nil, nil, o, nil, err
	}
	if c, err = s.desk.Plainly(r.Context(), who(r), caseID(r), desk.View{}); err != nil {
		return nil, nil, o, nil, err
	}
	in, b, broken, err := paperInput(c)
	if err != nil {
		return nil, nil, o, nil, err
	}
	o = saypacket.Options{Options: letter.For(b, f.cat, paper.Plain, packs.Texts(f.Lang)), Claim: func(x *claims.Claim) saypacket.Told { return f.packetClaim(c, x) },
		Goal:    func(g *brief.GoalProgress) string { return f.goalName(&g.Goal) },
		Picture: func(g *brief.GoalProgress) chart.Picture { return f.packetPicture(c, g) }}
	return c, packet.Make(n, in), o, broken, nil
}

// packetPicture is the picture of a goal for a pack: without the minutes of service, which
// have a part of their own.
func (f speaker) packetPicture(c *desk.Case, g *brief.GoalProgress) chart.Picture {
	out := goalPicture(f.Frame, g, c.Brief.AsOf, nil)
	out.Result.Phases = f.phases(c, out.Result.Phases)
	return out
}

// packetClaim puts a claim into words for a pack, which others may read too.
func (f speaker) packetClaim(c *desk.Case, x *claims.Claim) saypacket.Told {
	f = f.toOthers()
	texts := f.wording(c.Brief).Words.(*pack.TextsIn)
	l, rule := f.claimLine(c, texts, x), x.Rule
	if rule == "" && x.Entry != "" { // what the law asks for after such a no
		for i := range c.Brief.Clocks {
			if k := &c.Brief.Clocks[i]; k.Trigger == x.Entry && k.OwedBy == fact.LEA && k.Version != nil {
				rule = k.Rule.ID
				l.Cite = f.citeOf(rule, k.Version.Citation, k.Version.Source, k.Rule.Checked)
				break
			}
		}
	}
	out := saypacket.Told{Title: l.Title, Days: l.Happened, Rule: l.Rule, Citation: l.Cite.Text, Checked: l.Cite.Checked, Missing: l.Missing, Remedies: l.Remedies}
	t := texts.Rule(rule)
	switch {
	case t == nil:
	case t.Says != "" && pack.Addresses(f.Lang, t.Says) == "":
		out.Rule = t.Says
	default: // the text explains the rule to a parent, and others read a pack
		out.Rule = t.Title
	}
	out.Rule = strings.TrimRight(out.Rule, ".")
	for _, y := range l.Rights {
		out.Last = append(out.Last, y.Name+": "+strings.TrimSuffix(strings.TrimSpace(y.Text), ".")+".")
	}
	for _, y := range append(slices.Clone(l.Says), l.Sessions) {
		if y = oneSpace(y); y != "" {
			out.Says = append(out.Says, sentence(y))
		}
	}
	if x.Sort == claims.Short { // how it stands says the days
		out.Days = ""
	}
	if out.Remedies != "" {
		out.Remedies = sentence(out.Remedies)
	}
	return out
}

// sentence is a text with a point at its end.
func sentence(s string) string {
	if strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "…") {
		return s
	}
	return s + "."
}

// packetShow shows one pack.
func (s *Site) packetShow(w http.ResponseWriter, r *http.Request) error {
	f := s.wordsOf(r).speak()
	c, x, o, broken, err := s.packetOf(r, f)
	if err != nil {
		return err
	}
	all, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	p := packetPage{Frame: s.caseFrame(r, all, "packet.title_"+string(x.Name), "papers"), Back: packsPath(c.Folder, ""), Walled: walled(all)}
	at := packsPath(c.Folder, "/"+string(x.Name)+"/as/")
	p.PDF, p.Docx, p.About = at+"pdf", at+"docx", saypacket.About(x, o)
	if broken != nil {
		p.Broken = append([]string{p.T("webpacket.broken")}, p.speak().says(broken)...)
	}
	for _, part := range saypacket.Parts(x, o) {
		y := packetPart{Part: part, Blank: make([]int, part.Lines)}
		for _, l := range part.Rows {
			line := packetLine{Name: l.Cells[0]}
			for i, text := range l.Cells[1:] {
				line.Rest = append(line.Rest, packetCell{part.Head[i+1], text})
			}
			if l.Entry != "" {
				line.Href = entryPath(c.Folder, l.Entry)
			}
			y.Lines = append(y.Lines, line)
		}
		for i, g := range part.Goals {
			pic := packetPicture{Name: g.Name, Href: goalProgressPath(c.Folder, g.Key), Facts: g.Facts, Earlier: g.Earlier, ID: "g-" + strconv.Itoa(i+1)}
			if g.Picture != nil {
				pic.Wide, pic.Narrow = drawn(chart.Goal(p.cat, *g.Picture, chart.Wide)), drawn(chart.Goal(p.cat, *g.Picture, chart.Narrow))
			}
			y.Pictures = append(y.Pictures, pic)
		}
		for _, t := range part.Says {
			tell := packetTell{Label: t.Label, Text: t.Text}
			for _, k := range t.Links {
				tell.Links = append(tell.Links, Tab{Href: entryPath(c.Folder, k.Entry), Label: k.Text})
			}
			y.Tells = append(y.Tells, tell)
		}
		p.Parts = append(p.Parts, y)
	}
	return s.show(w, r, http.StatusOK, p)
}

// packetFile gives one pack as a file, and notes that it went out.
func (s *Site) packetFile(w http.ResponseWriter, r *http.Request) error {
	form := r.PathValue("form")
	i := slices.IndexFunc(paperFormsAll, func(x paperForm) bool { return x.name == form && (form == "pdf" || form == "docx") })
	if i < 0 {
		return refuse(http.StatusNotFound, "web.error.not_found")
	}
	c, x, o, broken, err := s.packetOf(r, s.wordsOf(r).speak())
	if err != nil {
		return err
	}
	if broken != nil {
		return broken // a pack without the plans would look whole
	}
	var b bytes.Buffer
	d := saypacket.Document(x, o)
	if form == "pdf" {
		_, err = pdf.Write(&b, d)
	} else {
		err = docx.Write(&b, d)
	}
	if err != nil {
		return err
	}
	if err := s.desk.Give(r.Context(), who(r), c.ID, desk.Given{What: "pack"}); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", paperFormsAll[i].kind)
	h.Set("Content-Disposition", `attachment; filename="stayput-`+string(x.Name)+"-"+x.Today.String()+"."+form+`"`)
	h.Set("Cache-Control", "private, no-store")
	w.WriteHeader(http.StatusOK)
	w.Write(b.Bytes())
	return nil
}
