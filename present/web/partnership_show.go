package web

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"slices"
	"strings"

	"stayput/day"
	"stayput/derive/partnership"
	"stayput/desk"
	"stayput/fact"
)

// A partnershipPage is what the school does to stay in touch: whom the family may
// always ask, informal talks planned and held, workshops.
type partnershipPage struct {
	Frame
	School    bool
	Path      string
	Back      string
	Table     string
	Liaison   *partnershipLine
	Earlier   []partnershipLine
	Next      string
	Last      string
	Past      []partnershipLine
	Talks     []partnershipLine
	Workshops []partnershipLine
	Forms     []itemForm
	Errs      []Field
}

func (partnershipPage) template() string { return "partnership_show" }

// A partnershipLine is one thing of it.
type partnershipLine struct {
	Day, ISO, Title, Words, Responded, Href, Hold string
	Tag                                           Tag
}

var (
	_ = sample(func() page {
		l := partnershipLine{"d", "i", "t", "w", "r", "/h", "#f", Tag{"soon", "x"}}
		return partnershipPage{School: true, Path: "/p", Back: "/b", Table: "/t", Liaison: &l, Earlier: []partnershipLine{l}, Next: "n", Last: "l", Past: []partnershipLine{l}, Talks: []partnershipLine{l, {}}, Workshops: []partnershipLine{l},
			Forms: []itemForm{{Do: "held", Title: "t", Lead: "l", Button: "b", Name: "n", Open: true, Fields: []Field{{Name: "held-on", Kind: "date", Label: "l", Error: "e"}}}}, Errs: []Field{{Name: "held-on", Error: "e"}}}
	})
	_ = sample(func() page { return partnershipPage{} })
)

// partnershipFields are the fields of each form, in order.
var partnershipFields = map[string][]string{
	"liaison":  {"with", "words", "on"},
	"planned":  {"on", "time", "with", "words"},
	"held":     {"re", "on", "outcome", "with", "words", "response"},
	"workshop": {"words", "until", "on"},
	"attended": {"re", "on", "words"},
}

// partnershipForms are the forms in the order of the page.
var partnershipForms = []string{"held", "planned", "liaison", "workshop", "attended"}

var partnershipKinds = map[string]fact.Kind{"liaison": partnership.Liaison, "planned": partnership.Planned, "held": partnership.Held, "workshop": partnership.Offered, "attended": partnership.Attended}

// partnershipShow shows it.
func (s *Site) partnershipShow(w http.ResponseWriter, r *http.Request) error {
	p, _, _, err := s.partnershipPage(r, "", nil, wrong{})
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, p)
}

func (s *Site) partnershipPage(r *http.Request, which string, f *Form, bad wrong) (p partnershipPage, c *desk.Case, res *partnership.Result, err error) {
	if c, err = s.desk.Case(r.Context(), who(r), caseID(r), viewOf(r)); err != nil {
		return p, nil, nil, err
	}
	res = partnership.Derive(c.Brief.View, c.Brief.AsOf)
	p = partnershipPage{Frame: s.caseFrame(r, c, "webpartner.title", "disagree"), School: c.File.Case.Side == fact.SchoolSide, Path: casePath(c.Folder) + "/partnership", Back: casePath(c.Folder) + "/rejection"}
	p.Table = p.Path + ".csv"
	p.fill(c, res)
	if !p.May("add_entry") {
		return p, c, res, nil
	}
	for _, do := range partnershipForms {
		y := itemForm{Do: do, Title: p.T(sided("webpartner.form_"+do, p.School)), Button: p.T("webcase.save"), Name: desk.NewName(), Open: do == which}
		mine, errs := f, bad
		if do != which {
			mine, errs = nil, wrong{}
		} else {
			y.Name = f.Text("name", 20)
		}
		for _, n := range partnershipFields[do] {
			g := p.field(c, res, do, n, mine, clean(r.URL.Query().Get("re")))
			if g.Kind == "" {
				continue
			}
			if key := errs[n]; key != "" {
				g.Error = p.T(key)
				p.Errs = append(p.Errs, g)
			}
			y.Fields = append(y.Fields, g)
		}
		p.Forms = append(p.Forms, y)
	}
	return p, c, res, nil
}

// talkTones says how each state looks.
var talkTones = map[partnership.State]string{partnership.Kept: "done", partnership.Tried: "info", partnership.Past: "soon", partnership.Ahead: "info", partnership.PutOff: ""}

// fill puts the result into words.
func (p *partnershipPage) fill(c *desk.Case, res *partnership.Result) {
	line := func(e *fact.Entry) partnershipLine {
		return partnershipLine{Day: p.cat.When(e.On), ISO: e.On.Earliest.String(), Title: strings.Join(e.Fields.With, ", "), Words: wordsOfEntry(e), Responded: e.Fields.Response, Href: p.speak().hrefOf(c, e)}
	}
	for i, e := range res.Liaisons {
		l := line(e)
		if i == 0 {
			p.Liaison = &l
		} else {
			p.Earlier = append(p.Earlier, l)
		}
	}
	if res.Next != nil {
		p.Next = p.T("webpartner.next", "date", p.cat.When(res.Next.On))
	}
	if res.Last != 0 {
		p.Last = p.T("webpartner.last", "date", p.cat.Date(res.Last))
	}
	for _, e := range res.Past {
		l := line(e)
		l.Hold = p.Path + "?re=" + escape(c.Name(e.ID)) + "#form-held"
		p.Past = append(p.Past, l)
	}
	for _, t := range res.Talks {
		e := t.Held
		if e == nil {
			e = t.Planned
		}
		l := line(e)
		l.Tag = Tag{talkTones[t.State], p.T("webpartner.is_" + string(t.State))}
		if t.Held != nil && t.Planned != nil && t.Planned.On != t.Held.On {
			l.Day += " (" + p.T("webpartner.planned_for", "date", p.cat.When(t.Planned.On)) + ")"
		}
		p.Talks = append(p.Talks, l)
	}
	for _, k := range res.Workshops {
		e := k.Offered
		if e == nil {
			e = k.Attended[0]
		}
		l := line(e)
		if l.Title = l.Words; l.Title == "" {
			l.Title = first(p.cat.Kind(e.Kind.String()))
		}
		l.Words = ""
		if k.On != 0 {
			l.Day, l.ISO = p.cat.Date(k.On), k.On.String()
		}
		l.Tag = Tag{"", p.T("webpartner.workshop_offered")}
		if len(k.Attended) > 0 {
			l.Tag = Tag{"done", p.T("webpartner.workshop_attended")}
		}
		p.Workshops = append(p.Workshops, l)
	}
}

// field makes one question of a form. Its Kind is "" when it does not apply.
func (p *partnershipPage) field(c *desk.Case, res *partnership.Result, do, n string, f *Form, re string) Field {
	g := Field{Name: do + "-" + n, Label: p.T("webpartner.f_" + n), Kind: "text"}
	if key := "webpartner.f_" + do + "_" + n; p.cat.Has(key) {
		g.Label = p.T(key)
	}
	if f != nil {
		g.Value, _ = f.Words(g.Name, mostWords)
	}
	switch n {
	case "on":
		g.Kind, g.Required = "date", true
		if f == nil && do != "planned" {
			g.Value = c.Today.String()
		}
	case "until":
		g.Kind = "date"
	case "time":
		g.Kind = "time"
	case "with":
		g.Max, g.Required = 200, do == "liaison"
	case "words":
		g.Kind, g.Rows, g.Required = "textarea", 2, do == "workshop"
	case "response":
		g.Kind, g.Rows = "textarea", 2
	case "outcome":
		g.Kind = "select"
		g.Options = append(g.Options, Option{Label: p.T("webcase.tick_is_unsaid"), On: g.Value == ""})
		for _, v := range fact.Outcomes {
			g.Options = append(g.Options, Option{Value: v, Label: first(p.T("webpartner.came_" + v)), On: g.Value == v})
		}
	case "re":
		g.Kind = "select"
		if f == nil {
			g.Value = re
		}
		g.Options = append(g.Options, Option{Label: p.T("webpartner.re_none"), On: g.Value == ""})
		put := func(e *fact.Entry, label string) {
			if id := c.Name(e.ID); id != "" {
				g.Options = append(g.Options, Option{Value: id, Label: label, On: g.Value == id})
			}
		}
		if do == "held" {
			for _, t := range res.Talks {
				if t.Planned != nil && (t.State == partnership.Past || t.State == partnership.Tried || t.State == partnership.Ahead) {
					put(t.Planned, p.cat.When(t.Planned.On))
				}
			}
		} else {
			for _, k := range res.Workshops {
				if k.Offered != nil {
					put(k.Offered, shortened(wordsOfEntry(k.Offered), 80))
				}
			}
		}
		if len(g.Options) == 1 {
			return Field{}
		}
	}
	return g
}

// partnershipSave writes one of the forms down.
func (s *Site) partnershipSave(w http.ResponseWriter, r *http.Request) error {
	do := r.PathValue("what")
	if partnershipFields[do] == nil {
		return refuse(http.StatusNotFound, "web.error.not_found")
	}
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	p, c, res, err := s.partnershipPage(r, "", nil, wrong{})
	if err != nil {
		return err
	}
	bad := wrong{}
	e := partnershipEntry(f, c, res, do, bad)
	if len(bad) > 0 {
		p, _, _, err := s.partnershipPage(r, do, f, bad)
		if err != nil {
			return err
		}
		return s.show(w, r, http.StatusUnprocessableEntity, p)
	}
	saved, err := s.desk.AddEntry(r.Context(), who(r), c.ID, desk.NewEntry{Name: f.Text("name", 20), Fact: e, Via: "web"})
	if err != nil {
		return err
	}
	s.note(r, Note{Tone: "done", Key: "webcase.saved_entry", Pairs: []string{"kind", lower(first(p.cat.Kind(e.Kind.String())))}, Href: casePath(c.Folder) + "/record/" + saved, Link: "webcase.look"})
	return s.seeOther(w, r, p.Path)
}

// partnershipEntry makes the entry of what was sent.
func partnershipEntry(f *Form, c *desk.Case, res *partnership.Result, do string, bad wrong) fact.Entry {
	get := func(n string, most int) string { return f.Text(do+"-"+n, most) }
	has := func(n string) bool { return slices.Contains(partnershipFields[do], n) }
	e := fact.Entry{Kind: partnershipKinds[do]}
	e.By = string(e.Kind.Info().By)
	if do == "planned" {
		e.On = day.On(aheadDay(get("on", 20), c.Today, bad))
	} else {
		e.On = day.On(pastDayOf(get("on", 20), c.Today, bad))
	}
	if t := get("time", 8); t != "" && has("time") && bad["on"] == "" {
		w, err := day.ParseWhen(e.On.Earliest.String() + "T" + t)
		if err != nil {
			bad["time"] = "webcase.bad_time"
		} else {
			e.On = w
		}
	}
	if t := get("until", 20); t != "" && has("until") {
		switch d, err := day.Parse(t); {
		case err != nil:
			bad["until"] = "webcase.bad_day"
		case d > c.Today.AddYears(2) || d < c.Today.AddYears(-40):
			bad["until"] = "webcase.bad_far"
		default:
			e.Fields.Until = d
		}
	}
	for n, to := range map[string]*string{"words": &e.Fields.Summary, "response": &e.Fields.Response} {
		text, fits := f.Words(do+"-"+n, mostWords)
		if has(n) {
			*to = text
			if !fits {
				bad[n] = "webcase.bad_long"
			}
		}
	}
	if has("with") {
		e.Fields.With = splitNames(get("with", 400))
	}
	if o := get("outcome", 20); has("outcome") && slices.Contains(fact.Outcomes, o) {
		e.Fields.Outcome = o
	}
	if re := get("re", 40); re != "" && has("re") {
		switch to := c.Entry(re); {
		case to == nil || to.Kind != map[string]fact.Kind{"held": partnership.Planned, "attended": partnership.Offered}[do]:
			bad["re"] = "webpartner.bad_re"
		default:
			e.Re, e.Wall = to.ID, to.Wall
		}
	}
	switch {
	case do == "liaison" && len(e.Fields.With) == 0:
		bad["with"] = "webpartner.bad_with"
	case do == "workshop" && e.Fields.Summary == "":
		bad["words"] = "webpartner.bad_words"
	}
	return e
}

// aheadDay reads a day for which something is set: it may lie ahead.
func aheadDay(text string, today day.Date, bad wrong) day.Date {
	d, err := day.Parse(text)
	switch {
	case err != nil:
		bad["on"] = "webcase.bad_day"
	case d > today.AddYears(2):
		bad["on"] = "webcase.bad_far"
	case d < today.AddYears(-40):
		bad["on"] = "webcase.bad_long_ago"
	}
	return d
}

// partnershipTable gives it as a table for a spreadsheet.
func (s *Site) partnershipTable(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Plainly(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	p := partnershipPage{Frame: s.frame(r, "webpartner.title", "cases")}
	p.fill(c, partnership.Derive(c.Brief.View, c.Brief.AsOf))
	var b bytes.Buffer
	b.WriteString("\uFEFF")
	out := csv.NewWriter(&b)
	out.UseCRLF = true
	var head []string
	for _, x := range []string{"what", "date", "state", "with", "summary", "response"} {
		head = append(head, p.T("webpartner.csv_"+x))
	}
	out.Write(head)
	put := func(what string, l partnershipLine) {
		out.Write(harmlessAll(p.T("webpartner.csv_"+what), l.ISO, l.Tag.Text, l.Title, l.Words, l.Responded))
	}
	if p.Liaison != nil {
		for _, l := range append([]partnershipLine{*p.Liaison}, p.Earlier...) {
			put("liaison", l)
		}
	}
	for _, l := range p.Talks {
		put("talk", l)
	}
	for _, l := range p.Workshops {
		put("workshop", l)
	}
	out.Flush()
	giveTable(w, "stayput-partnership", b.Bytes())
	return nil
}
