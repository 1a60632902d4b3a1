package web

import (
	"net/http"
	"slices"
	"strings"

	"stayput/day"
	"stayput/derive/remedy"
	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
)

// The kinds that the page of an agreement writes.
var (
	remedyPromised = fact.MustLookup("remedy_promised")
	remedyGiven    = fact.MustLookup("remedy_given")
	remedyDone     = fact.MustLookup("remedy_completed")
	remedyAsked    = fact.MustLookup("remedy_asked_about")
	expensePaid    = fact.MustLookup("expense_paid")
)

// agreementSave writes down a promise of an agreement, or what became of one. What is
// written stands behind the wall of the agreement: whoever may not see the one may not
// see the other.
func (s *Site) agreementSave(w http.ResponseWriter, r *http.Request) error {
	f, err := s.uploads(w, r)
	if err != nil {
		return err
	}
	defer f.Close()
	p, c, a, err := s.agreementPage(r, desk.View{}, nil, wrong{})
	if err != nil {
		return err
	}
	do, of := f.Text("do", 20), f.Text("of", 40)
	bad := wrong{}
	in := sentForm{f, prefixOf(do, of), bad}
	e := fact.Entry{Wall: a.Entry.Wall}
	var x *remedy.Remedy
	for i := range a.Remedies {
		if of != "" && c.Name(a.Remedies[i].Entry.ID) == of {
			x = &a.Remedies[i]
		}
	}
	if x == nil && slices.Contains([]string{"give", "done", "ask"}, do) || a.Void() {
		return refuse(http.StatusUnprocessableEntity, "webagree.bad_promise")
	}
	if x != nil {
		e.Re = x.Entry.ID
	}
	switch do {
	case "promise":
		agreed(&e, in, a, c.Today)
		e.Fields.Parts = s.partChosen(in, c)
	case "give":
		e.Kind, e.On = remedyGiven, day.On(in.on("on", c.Today))
		e.Fields.Minutes, e.Fields.Amount, e.Fields.Summary = in.minutes("minutes"), in.amount("amount"), in.words("words")
		if e.Fields.Minutes == 0 && e.Fields.Amount == "" && e.Fields.Summary == "" && len(bad) == 0 {
			bad["minutes"] = "webagree.bad_nothing"
		}
	case "done":
		e.Kind, e.On, e.Note = remedyDone, day.On(in.on("on", c.Today)), in.words("words")
	case "ask":
		e.Kind, e.On = remedyAsked, day.On(in.on("on", c.Today))
		e.Fields.With, e.Fields.Response = splitNames(in.text("with", 200)), in.words("response")
	case "paid":
		e.Kind, e.On, e.Re = expensePaid, day.On(in.on("on", c.Today)), a.Entry.ID
		e.By, e.Fields.Amount, e.Fields.Summary = "parent", in.amount("amount"), in.words("words")
		if e.Fields.Amount == "" && bad["amount"] == "" {
			bad["amount"] = "webagree.bad_amount"
		}
	default:
		return refuse(http.StatusUnprocessableEntity, "web.error.bad_form")
	}
	again := func() error {
		p, _, _, err := s.agreementPage(r, desk.View{}, f, bad)
		if err != nil {
			return err
		}
		return s.show(w, r, http.StatusUnprocessableEntity, p)
	}
	if len(bad) > 0 {
		return again()
	}
	_, err = s.saveWith(r, c, f, e, bad)
	if len(bad) > 0 {
		return again()
	}
	if err != nil {
		return err
	}
	to := p.Path
	if of != "" {
		to += "#r-" + of
	}
	return s.seeOther(w, r, to)
}

// agreed fills a promise.
func agreed(e *fact.Entry, in sentForm, a *remedy.Agreement, today day.Date) {
	// It was promised on the day of the agreement; one that is not exact gives its last day.
	e.Kind, e.Re, e.On = remedyPromised, a.Entry.ID, day.On(min(a.Entry.On.Latest, today))
	if sort := in.text("sort", 30); slices.Contains(remedy.Sorts(), remedy.Sort(sort)) {
		e.Fields.About = []string{sort}
	} else {
		in.bad["sort"] = "webagree.bad_sort"
	}
	if e.Fields.Summary = in.words("words"); strings.TrimSpace(e.Fields.Summary) == "" {
		in.bad["words"] = "webagree.bad_words"
	}
	e.Fields.Until = in.untilDay("until", a.Entry.On.Earliest)
	e.Fields.Minutes, e.Fields.Amount = in.minutes("minutes"), in.amount("amount")
}

// partChosen is the service that was picked, when it is one of those offered.
func (s *Site) partChosen(in sentForm, c *desk.Case) []string {
	part := in.text("part", 200)
	if part != "" && slices.ContainsFunc(s.serviceOptions(c), func(o Option) bool { return o.Value == part }) {
		return []string{part}
	}
	return nil
}

// saveWith adds an entry with the files of a form. What is wrong with a file stands in
// bad.
func (s *Site) saveWith(r *http.Request, c *desk.Case, f *Form, e fact.Entry, bad wrong) (string, error) {
	files, err := s.keepFiles(r, c, f)
	if err != nil {
		if fault.KindOf(err) == fault.Invalid {
			bad["files"] = fault.All(err)[0].Key
		}
		return "", err
	}
	saved, err := s.desk.AddEntry(r.Context(), who(r), c.ID, desk.NewEntry{Name: f.Text("name", 20), Fact: e, Files: files, Via: "web"})
	if err != nil {
		return "", err
	}
	s.note(r, Note{Tone: "done", Key: "webcase.saved_entry", Pairs: []string{"kind", lower(first(s.wordsOf(r).cat.Kind(e.Kind.String())))}, Href: casePath(c.Folder) + "/record/" + saved, Link: "webcase.look"})
	return saved, nil
}
