package web

import (
	"net/http"
	"slices"
	"strconv"

	"stayput/derive/passage"
	"stayput/desk"
	"stayput/paper"
)

// A checkShowPage is a paper that came, passage by passage, with what its reader found of
// each content that it must have.
type checkShowPage struct {
	Frame
	Path, Back string
	Of, OfHref string
	Version    int64
	Draft      string
	Clash      []string // what somebody else found meanwhile
	Clashed    bool
	Problems   []string
	Counts     string
	Lacks      []checkNeed
	Unsure     []checkNeed
	Answer     string // drafts the answer
	AnswerName string
	Lost       []string // marked in an earlier text, and not in this one
	HasText    bool
	Passages   []checkPassage
	Part       int
	Parts      []Tab
	More       bool // there is another part
	Items      []checkItem
	Text       Field
	MayDrop    bool
}

type (
	// A checkNeed is a content that is missing, weak or unsure.
	checkNeed struct {
		Text  string
		Cite  Cite
		Tag   Tag
		Quote string
		Lack  string
	}
	// A checkPassage is one passage with what it tells.
	checkPassage struct {
		No    int
		Text  string
		Tells []string
		Boxes []checkBox
	}
	// A checkBox says that a passage tells a content.
	checkBox struct {
		ID, Value, Label string
		On               bool
	}
	// A checkItem is a content and the question about it.
	checkItem struct {
		ID, Ask string
		Cite    Cite
		Tag     Tag
		Options []Option
		Quotes  []checkQuote
		Hint    string
		Lack    *Field
	}
	// A checkQuote is a passage that was marked for a content.
	checkQuote struct{ No, Href, Text string }
)

func (checkShowPage) template() string { return "paper_check" }

var (
	_ = sample(func() page {
		need := checkNeed{"t", Cite{Text: "c", Checked: "k"}, Tag{"late", "m"}, "q", "l"}
		return checkShowPage{Path: "/p", Back: "/b", Of: "o", OfHref: "/o", Version: 2, Draft: "d", Clash: []string{"x"}, Clashed: true, Problems: []string{"p"}, Counts: "c", Lacks: []checkNeed{need}, Unsure: []checkNeed{{Text: "t"}},
			Answer: "/n", AnswerName: "t", Lost: []string{"l"}, HasText: true, Passages: []checkPassage{{1, "t", []string{"a"}, []checkBox{{"m-1-0", "a/0", "a", true}}}, {No: 2, Text: "u"}}, Part: 1, Parts: []Tab{{Href: "/1", Label: "1", Current: true}, {Href: "/2", Label: "2"}}, More: true,
			Items: []checkItem{{"a", "q", Cite{Text: "c"}, Tag{"done", "d"}, []Option{{Value: "yes", Label: "y", On: true}}, []checkQuote{{"1", "#p-1", "t"}}, "h", &Field{Name: "lack_a", Label: "l", Kind: "text", Max: 1000}}},
			Text:  Field{Name: "text", Kind: "textarea", Label: "l", Error: "e"}, MayDrop: true}
	})
	_ = sample(func() page {
		return checkShowPage{Text: Field{Name: "text", Kind: "textarea", Label: "l"}, Items: []checkItem{{ID: "a", Ask: "q"}}}
	})
)

// checkOf reads a check, the case it belongs to and the paper that it is checked as.
func (s *Site) checkOf(r *http.Request) (x desk.PaperCheck, c *desk.Case, d *paper.Paper, err error) {
	if c, err = s.desk.Case(r.Context(), who(r), caseID(r), desk.View{}); err != nil {
		return x, nil, nil, err
	}
	if x, err = s.desk.PaperCheck(r.Context(), who(r), c.ID, r.PathValue("check")); err != nil {
		return x, nil, nil, err
	}
	d, err = checkedPaper(c, x.Document)
	return x, c, d, err
}

// checkPage draws a check. part is the part of a long text that is shown.
func (s *Site) checkPage(r *http.Request, x *desk.PaperCheck, c *desk.Case, d *paper.Paper, part int) (checkShowPage, error) {
	p := checkShowPage{Frame: s.caseFrame(r, c, "webpaper.title", "papers"), Back: papersPath(c.Folder, ""), Path: checksPath(c.Folder, x.ID), Version: x.Version, Lost: x.Lost, HasText: x.Text != ""}
	f := p.speak()
	p.Title = p.T("webpaper.received_title", "title", d.Title[p.Lang])
	if e := cameNow(c, x.Entry); e != nil {
		p.Of, p.OfHref = p.T("webpaper.entry_on", "what", f.kindTitle(e), "date", p.cat.When(e.On)), entryPath(c.Folder, e.ID)
	}
	all := passage.Split(x.Text)
	no := map[passage.Passage]int{} // numbers of the passages
	for i, q := range all {
		no[q] = i + 1
	}
	at, a, b, parts := partOf(len(all), part)
	p.Part, p.More, p.Draft = at, at < parts, "check:"+x.ID+":"+itoa(at)
	for i := 1; i <= parts && parts > 1; i++ {
		p.Parts = append(p.Parts, Tab{Href: p.Path + "?part=" + itoa(i), Label: itoa(i), Current: i == at})
	}
	items := checkItems(d)
	for i, q := range all[a:b] {
		y := checkPassage{No: a + i + 1, Text: oneSpace(q.Of(x.Text))}
		for j, it := range items {
			on := slices.Contains(x.Marks[it.ID], desk.PaperMark(q))
			is := first(it.Is[p.Lang])
			if on {
				y.Tells = append(y.Tells, is)
			}
			y.Boxes = append(y.Boxes, checkBox{ID: "m-" + itoa(y.No) + "-" + itoa(j), Value: it.ID + "/" + strconv.Itoa(q.From), Label: is, On: on})
		}
		p.Passages = append(p.Passages, y)
	}
	if len(x.Said) > 0 {
		p.Counts = f.checkCounts(d, x)
	}
	for _, it := range items {
		found := checkFound(x, it.ID)
		y := checkItem{ID: it.ID, Ask: it.Ask[p.Lang], Cite: f.paperCite(it), Tag: foundTag(f, found)}
		if x.Said[it.ID] == "" {
			y.Tag = Tag{}
		}
		for _, o := range []string{desk.CheckYes, desk.CheckWeak, desk.CheckNo, desk.CheckUnsure} {
			if o != desk.CheckWeak || p.HasText {
				y.Options = append(y.Options, Option{Value: o, Label: p.T("webpaper.said_" + o), On: x.Said[it.ID] == o})
			}
		}
		for _, m := range marked(x, it.ID) {
			q := checkQuote{Text: shortened(oneSpace(m.Of(x.Text)), 160)}
			if n := no[m]; n > 0 {
				q.No, q.Href = itoa(n), "#p-"+itoa(n)
				if n-1 < a || n-1 >= b {
					q.Href = p.Path + "?part=" + itoa((n-1)/partLength+1) + q.Href
				}
			}
			y.Quotes = append(y.Quotes, q)
		}
		need := checkNeed{Text: first(it.Is[p.Lang]), Cite: y.Cite, Tag: foundTag(f, found)}
		switch {
		case x.Said[it.ID] == desk.CheckWeak && found == desk.CheckWeak:
			y.Lack = &Field{Name: "lack_" + it.ID, Kind: "text", Label: p.T("webmark.lack"), Hint: p.T("webmark.lack_hint"), Value: x.Lack[it.ID], Max: desk.MostLack}
			need.Quote, need.Lack = passage.Quote(x.Text, marked(x, it.ID)), x.Lack[it.ID]
		case x.Said[it.ID] == desk.CheckWeak:
			y.Hint = p.T("webmark.weak_needs")
		}
		switch found {
		case desk.CheckNo, desk.CheckWeak:
			p.Lacks = append(p.Lacks, need)
		case desk.CheckUnsure:
			p.Unsure = append(p.Unsure, need)
		}
		p.Items = append(p.Items, y)
	}
	p.Text = Field{Name: "text", Kind: "textarea", Label: p.T("webmark.text"), Hint: p.T("webmark.text_hint"), Value: x.Text, Rows: 12, Required: true}
	p.MayDrop = x.By == who(r).Person.ID || p.May("correct_entry")
	var err error
	p.Answer, p.AnswerName, err = f.checkAnswer(c, d, x)
	return p, err
}

// foundTag is what was found of a content.
func foundTag(f speaker, found string) Tag {
	tone := map[string]string{desk.CheckYes: "done", desk.CheckWeak: "soon", desk.CheckNo: "late", desk.CheckUnsure: "unsure"}
	return Tag{tone[found], f.T("webmark.found_" + found)}
}

// checkShow shows a check.
func (s *Site) checkShow(w http.ResponseWriter, r *http.Request) error {
	x, c, d, err := s.checkOf(r)
	if err != nil {
		return err
	}
	part, _ := strconv.Atoi(r.URL.Query().Get("part"))
	p, err := s.checkPage(r, &x, c, d, part)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, p)
}
