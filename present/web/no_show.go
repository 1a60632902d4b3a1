package web

import (
	"net/http"
	"slices"
	"strings"

	"stayput/day"
	noes "stayput/derive/refusal"
	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	say "stayput/present/brief"
)

// A noShowPage is the answer to one no: the one next letter with its facts, then what
// the law says to each reason and what the record holds.
type noShowPage struct {
	Frame
	School   bool
	Path     string
	Entry    string // where the no itself stands
	Said     string
	Words    string
	Step     string // the heading of what comes next
	Why      string
	Document string
	DocID    string
	Write    string // drafts that paper
	By       string
	Rule     string // where the day of law explains itself
	Facts    []string
	Walled   bool // the no stands behind a wall: nothing of it goes into a letter
	Sent     *noForm
	Add      string // where what comes next is written down, when it is no form here
	Since    *noLink
	Request  *noLink
	Guessed  bool
	Which    *noForm // of several requests that fit, the one that was meant
	Law      *noDue  // a day of law of which only the bounds are known
	Ways     string  // the ways to disagree
	Whys     []noWhy
	Notice   string
	Tone     string
	Paper    *noLink // the notice that came
	Perhaps  *noLink
	Seven    []noItem
	Came     *noForm
	Tell     *noForm
	Errs     []Field
	Outside  string // the path of an independent evaluation, when the no is about one
	SayPath  string // what to say when it gets hard
}

func (noShowPage) template() string { return "no_show" }

// A noDue is what is known of a day of law that cannot be told yet, and why.
type noDue struct{ Href, Title, Line string }

// A noForm is one of the forms of the page.
type noForm struct {
	Do, Name, Title, Lead, Button string
	Open                          bool
	Fields                        []Field
}

var (
	_ = sample(func() page {
		form := func(do string) *noForm {
			return &noForm{Do: do, Name: "n", Title: "t", Lead: "l", Button: "b", Open: true, Fields: []Field{{Name: do + "-on", Kind: "date", Label: "l", Error: "e"}}}
		}
		l := &noLink{"/h", "l", "w"}
		return noShowPage{Path: "/p", Entry: "/e", Said: "s", Words: "w", Step: "s", Why: "y", Document: "d", DocID: "i", By: "b", Rule: "/r", Facts: []string{"f"}, Sent: form("asked"), Add: "/a", Since: l, Request: l, Guessed: true, Which: form("which"), Law: &noDue{"/h", "t", "l"}, Ways: "/w",
			Whys:   []noWhy{{ID: "a", Label: "l", AsSaid: "a", Told: []noTold{{"/h", "t", "w"}}, Heard: []string{"h"}, Law: []noPoint{{Text: "t", Cite: Cite{Text: "c", Checked: "k"}, Rule: "/r"}}, Have: []noProof{{"t", []noLink{*l}, 2}}, Lack: []string{"l"}, Ask: []string{"a"}, Avoid: []string{"a"}, Myths: []lawMyth{{ID: "x", Myth: "m", Reality: "r", Cite: Cite{Text: "c"}}}, School: "s"}},
			Notice: "n", Tone: "soon", Paper: l, Perhaps: l, Seven: []noItem{{"a", "t", "c"}}, Came: form("came"), Tell: form("reason"), Errs: []Field{{Name: "came-on", Error: "e"}}, Outside: "/o", SayPath: "/y"}
	})
	_ = sample(func() page {
		return noShowPage{School: true, Path: "/p", Entry: "/e", Said: "s", Step: "s", Walled: true}
	})
)

// noShow answers one no.
func (s *Site) noShow(w http.ResponseWriter, r *http.Request) error {
	p, _, _, err := s.noShowPage(r, "", nil, wrong{})
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, p)
}

// noShowPage makes the page; which is the form that was sent and must be mended, if any.
func (s *Site) noShowPage(r *http.Request, which string, f *Form, bad wrong) (p noShowPage, c *desk.Case, n *noes.No, err error) {
	if c, err = s.desk.Case(r.Context(), who(r), caseID(r), viewOf(r)); err != nil {
		return p, nil, nil, err
	}
	all := noesOf(c)
	e := c.Entry(r.PathValue("entry"))
	i := -1
	if e != nil {
		if now := c.Brief.View.Get(e.ID); now != nil { // what was corrected is shown as it stands
			i = slices.IndexFunc(all, func(x noes.No) bool { return x.Entry.ID == now.ID })
		}
	}
	if i < 0 {
		return p, nil, nil, fault.New(fault.NotFound, fault.Position{}, "webno.not_a_no")
	}
	n = &all[i]
	side := sideOf(c)
	p = noShowPage{Frame: s.caseFrame(r, c, "webno.answer_"+side, "disagree"), School: side == "school", Path: noPath(c, n), Entry: entryPath(c.Folder, n.Entry.ID), Words: n.Entry.Fields.Summary}
	p.Said = p.T("webno.said_line", "what", p.T("webno.subject_"+string(n.Subject)), "date", p.speak().onWhen(n.Entry.On), "how", p.speak().howSaid(n.Entry))
	if len(n.Entry.Fields.With) > 0 {
		p.Said += " " + p.T("webno.said_by", "who", p.cat.List(n.Entry.Fields.With))
	}
	p.next(c, n)
	p.Whys = p.speak().noWhys(c, n)
	p.Notice, p.Tone = p.speak().noticeLine(n)
	if n.Notice != nil {
		p.Paper = &noLink{Href: entryPath(c.Folder, n.Notice.ID), Label: p.T("webno.entry_on", "what", p.speak().kindTitle(n.Notice), "date", p.cat.When(n.Notice.On))}
	}
	if x := n.Perhaps; x != nil && n.Notice == nil {
		p.Perhaps = &noLink{Href: entryPath(c.Folder, x.ID), Label: p.T("webno.entry_on", "what", p.speak().kindTitle(x), "date", p.cat.When(x.On))}
	}
	if n.Subject != noes.Records {
		p.Seven = p.speak().seven(c)
	}
	p.SayPath = sayPath(c, "")
	if n.Subject == noes.Outside {
		p.Outside = casePath(c.Folder) + "/evaluation-outside"
	}
	if p.May("add_entry") {
		p.forms(c, n, which, f, bad)
	}
	return p, c, n, nil
}

// next is the one step that comes next, with what it needs.
func (p *noShowPage) next(c *desk.Case, n *noes.No) {
	p.Step = p.T("webno.step_" + string(n.Step))
	p.Why = p.T("webno.step_why_" + string(n.Step))
	if n.Step == noes.AskNotice && n.Subject == noes.Other {
		p.Why = p.T("webno.step_why_other")
	}
	if n.Step == noes.AskNotice && n.Subject == noes.Outside {
		p.Why = p.T("webno.step_why_outside")
	}
	if n.Document != "" {
		p.DocID, p.Document = n.Document, first(p.T("doc."+n.Document))
		p.Write = p.speak().paperLink(c, n.Document, n.Entry.ID)
	}
	p.By = p.speak().dueLine(n)
	if n.Due != nil {
		p.Rule = clockPath(c.Folder, string(n.Due.Rule.ID), c.Name(n.Due.Trigger))
	}
	if k := n.Between; k != nil && n.By != 0 {
		if x, _ := say.OneItem(c.Brief, p.speak().wording(c.Brief), string(k.Rule.ID), k.Trigger); x != nil {
			p.Law = &noDue{Href: clockPath(c.Folder, string(k.Rule.ID), c.Name(k.Trigger)), Title: x.Title, Line: strings.TrimSpace(x.Line + " " + strings.Join(x.Missing, " "))}
		}
	}
	if n.Since != nil {
		p.Since = &noLink{Href: entryPath(c.Folder, n.Since.ID), Label: p.T("webno.entry_on", "what", p.speak().kindTitle(n.Since), "date", p.cat.When(n.Since.On))}
	}
	if n.Request != nil {
		p.Request, p.Guessed = &noLink{Href: entryPath(c.Folder, n.Request.ID), Label: p.T("webno.entry_on", "what", p.speak().kindTitle(n.Request), "date", p.cat.When(n.Request.On))}, n.Guessed
	}
	switch {
	case !inLetters(n.Entry):
		p.Walled = true
	case n.Document != "":
		p.Facts = p.speak().letterFacts(c, n)
	}
	if !p.School {
		p.Ways = disagreeAbout(c, n)
	}
}

// forms are what can be written down here: that the letter was sent, that the notice
// came, and a reason that was told later.
func (p *noShowPage) forms(c *desk.Case, n *noes.No, which string, f *Form, bad wrong) {
	form := func(do string) *noForm {
		x := &noForm{Do: do, Name: desk.NewName(), Title: p.T("webno.do_" + do), Button: p.T("webno.button_" + do), Open: which == do}
		if which == do && f.sent("name") != "" {
			x.Name = f.sent("name")
		}
		return x
	}
	field := func(x *noForm, y Field) {
		if x.Do == which {
			if y.Kind != "checkbox" {
				y.Value, _ = f.Words(x.Do+"-"+y.Name, mostWords)
			}
			if key := bad[y.Name]; key != "" {
				y.Error = p.T(key)
			}
		}
		y.Name = x.Do + "-" + y.Name
		if y.Error != "" {
			p.Errs = append(p.Errs, y)
		}
		x.Fields = append(x.Fields, y)
	}
	today := c.Today.String()
	switch n.Step {
	case noes.AskNotice, noes.AskAgain:
		p.Sent = form("asked")
		field(p.Sent, Field{Name: "on", Label: p.T("webno.sent_on"), Kind: "date", Value: today, Required: true})
	case noes.AskNext:
		p.Add = casePath(c.Folder) + "/add?kind=" + asksWith(n.Document)
	case noes.GiveNotice:
		p.Add = casePath(c.Folder) + "/add?kind=prior_written_notice_given"
	}
	if fit := p.fitting(c, n); len(fit) > 1 && n.Request == nil {
		p.Which = form("which")
		one := Field{Name: "re", Label: p.T("webno.which_one"), Hint: p.T("webno.which_hint"), Kind: "radio", Required: true}
		for _, e := range fit {
			one.Options = append(one.Options, Option{Value: c.Name(e.ID), Label: p.T("webno.entry_on", "what", p.speak().kindTitle(e), "date", p.cat.When(e.On)), Hint: shortened(strings.TrimSpace(e.Fields.Summary+" "+e.Note), 120)})
		}
		field(p.Which, one)
	}
	if n.Notice == nil && n.Subject != noes.Records {
		p.Came = form("came")
		field(p.Came, Field{Name: "on", Label: p.T("webno.came_on"), Kind: "date", Value: today, Required: true})
		field(p.Came, Field{Name: "words", Label: p.T("webno.came_words"), Hint: p.T("webno.came_hint"), Kind: "textarea", Rows: 2, Max: mostWords})
	}
	p.Tell = form("reason")
	why := p.speak().whyField(c, "why", nil)
	if which == "reason" {
		why = p.speak().whyField(c, "why", renamed(f, "reason-why", "why"))
	}
	why.Options = why.Options[:len(why.Options)-1] // not knowing is no reason told
	field(p.Tell, why)
	field(p.Tell, Field{Name: "words", Label: p.T("webno.words_" + sideOf(c)), Hint: p.T("webno.words_hint"), Kind: "textarea", Rows: 3, Max: mostWords})
	field(p.Tell, Field{Name: "on", Label: p.T("webno.told_on"), Kind: "date", Value: today, Required: true})
	field(p.Tell, Field{Name: "with", Label: p.T("webno.who_" + sideOf(c)), Hint: p.T("webno.who_hint"), Kind: "text", Max: 200})
}

// fitting are the requests that a no may answer, of those that whoever reads the record
// sees, when the reader may mend the no.
func (p *noShowPage) fitting(c *desk.Case, n *noes.No) []*fact.Entry {
	if n.Several < 2 || !p.May("correct_entry") {
		return nil
	}
	return slices.DeleteFunc(noes.Candidates(c.Brief.View, n.Subject, n.Entry.On.Latest, n.Entry.ID), func(e *fact.Entry) bool {
		return c.Name(e.ID) == "" || e.Wall != n.Entry.Wall && e.Wall != fact.Open
	})
}

// noWhich says which request a no answers: the no is written anew in its own words, and
// names it.
func (s *Site) noWhich(w http.ResponseWriter, r *http.Request, f *Form) error {
	p, c, n, err := s.noShowPage(r, "", nil, wrong{})
	if err != nil {
		return err
	}
	fit := p.fitting(c, n)
	i := slices.IndexFunc(fit, func(e *fact.Entry) bool { return c.Name(e.ID) == f.Text("which-re", 100) })
	switch {
	case n.Request != nil && !n.Guessed: // said before
		return s.seeOther(w, r, noPath(c, n))
	case i < 0:
		p, _, _, err := s.noShowPage(r, "which", f, wrong{"re": "webno.bad_which"})
		if err != nil {
			return err
		}
		return s.show(w, r, http.StatusUnprocessableEntity, p)
	}
	e := *n.Entry
	e.Re, e.Supersedes, e.Files = fit[i].ID, "", nil
	in := desk.NewEntry{Name: f.Text("name", 20), Fact: e, Via: "web"}
	if m := c.Mark(n.Entry.ID); m != nil {
		in.Files = m.Files
	}
	for _, name := range n.Entry.Files { // named, but not kept here
		if !slices.ContainsFunc(in.Files, func(x desk.FileRef) bool { return x.Name == name }) {
			in.Fact.Files = append(in.Fact.Files, name)
		}
	}
	saved, err := s.desk.CorrectEntry(r.Context(), who(r), caseID(r), c.Name(n.Entry.ID), in)
	if err != nil {
		return err
	}
	s.done(r, "webno.saved_which")
	return s.seeOther(w, r, casePath(c.Folder)+"/no/"+saved)
}

// renamed is a form in which the values of one field stand under another name.
func renamed(f *Form, from, to string) *Form {
	return &Form{values: map[string][]string{to: f.All(from)}}
}

// asksWith is the entry that says that a paper was sent.
func asksWith(document string) string {
	return map[string]string{"request-initial-evaluation": "evaluation_requested", "request-reevaluation": "reevaluation_requested", "request-iep-meeting": "iep_meeting_requested", "request-records": "records_access_requested"}[document]
}

// noTell writes one of the page's forms down.
func (s *Site) noTell(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	which := f.Text("do", 20)
	if which == "which" {
		return s.noWhich(w, r, f)
	}
	_, c, n, err := s.noShowPage(r, "", nil, wrong{})
	if err != nil {
		return err
	}
	bad := wrong{}
	e := fact.Entry{Re: n.Entry.ID, Wall: n.Entry.Wall, On: day.On(pastDayOf(f.Text(which+"-on", 20), c.Today, bad))}
	words, fits := f.Words(which+"-words", mostWords)
	if e.Fields.Summary = words; !fits {
		bad["words"] = "webcase.bad_long"
	}
	switch which {
	case "asked":
		e.Kind, e.By, e.Fields.Written = noticeAsked, string(fact.Parent), fact.Yes
		if n.Subject == noes.Records {
			e.Kind = recordsAsked // a request of its own, which starts its own days
		} else if bad["on"] == "" {
			e.Fields.Until = askedUntil(n, e.On.Earliest)
		}
	case "came":
		e.Kind, e.By, e.Fields.Written = noticeCame, string(fact.LEA), fact.Yes
	case "reason":
		e.Kind, e.By = noReason, string(fact.LEA)
		e.Fields.Reasons, e.Fields.With = reasonsSent(f, "reason-why"), splitNames(f.Text("reason-with", 200))
		if len(e.Fields.Reasons) == 0 && words == "" {
			bad["why"] = "webno.bad_why"
		}
		if len(e.Fields.Reasons) == 0 {
			e.Fields.Reasons = []string{"other_words"}
		}
	default:
		return refuse(http.StatusUnprocessableEntity, "web.error.bad_form")
	}
	if len(bad) > 0 {
		p, _, _, err := s.noShowPage(r, which, f, bad)
		if err != nil {
			return err
		}
		return s.show(w, r, http.StatusUnprocessableEntity, p)
	}
	saved, err := s.desk.AddEntry(r.Context(), who(r), caseID(r), desk.NewEntry{Name: f.Text("name", 20), Fact: e, Via: "web"})
	if err != nil {
		return err
	}
	s.note(r, Note{Tone: "done", Key: "webno.saved_" + which, Href: casePath(c.Folder) + "/record/" + saved, Link: "webcase.look"})
	return s.seeOther(w, r, noPath(c, n))
}

// askedUntil is the day by which the letter asked for an answer: a day of law that had
// not passed when it was sent, else the day that was suggested then.
func askedUntil(n *noes.No, sent day.Date) day.Date {
	if n.Due != nil && n.Due.On >= sent {
		return n.Due.On
	}
	return noes.Suggest(sent)
}

var (
	noticeAsked  = fact.MustLookup("prior_written_notice_requested")
	noticeCame   = fact.MustLookup("prior_written_notice_given")
	noReason     = fact.MustLookup("reason_told")
	recordsAsked = fact.MustLookup("records_access_requested")

	recordsRefused = fact.MustLookup("records_access_refused")
)
