package web

import (
	"net/http"
	"slices"
	"strings"

	"stayput/day"
	"stayput/derive/clock"
	"stayput/derive/delivery"
	"stayput/derive/remedy"
	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/law"
)

// An agreementShowPage is one agreement or decision: what it promises, what became of
// each promise, and what may be done when something is not carried out.
type agreementShowPage struct {
	Frame
	AsOf     string
	Back     string
	Path     string
	Facts    [][2]string
	Entry    string
	Papers   []agreementEvent // the entries of the agreement itself
	Wall     string
	Never    string // why it is left out of evidence
	Cancel   []agreeLaw
	Correct  []agreeLaw
	Remedies []remedyLine
	Add      []agreementForm
	Ways     []agreeLaw
	WaysOpen bool
	Expenses []agreementEvent
	Spent    string
	Notice   []agreeLaw
	Errs     []Field
}

func (agreementShowPage) template() string { return "agreement_show" }

var (
	_ = sample(func() page {
		w := agreeLaw{"t", "s", Cite{Text: "c", Source: "/s", Checked: "k"}}
		return agreementShowPage{AsOf: "a", Back: "/b", Path: "/p", Facts: [][2]string{{"a", "b"}}, Entry: "/e", Papers: []agreementEvent{sampleAgreed()}, Wall: "w", Never: "n", Cancel: []agreeLaw{w}, Correct: []agreeLaw{w},
			Remedies: []remedyLine{sampleRemedy()}, Add: []agreementForm{{Do: "add", Title: "t", Button: "b", Name: "n", Fields: []Field{{Name: "other", Kind: "file", Label: "l"}}}}, Ways: []agreeLaw{w}, WaysOpen: true, Expenses: []agreementEvent{sampleAgreed()}, Spent: "s", Notice: []agreeLaw{w}, Errs: []Field{{Name: "on", Error: "e"}}}
	})
	_ = sample(func() page { return agreementShowPage{Back: "/b", Path: "/p", Ways: []agreeLaw{{Title: "t"}}} })
)

// agreementShow shows one agreement.
func (s *Site) agreementShow(w http.ResponseWriter, r *http.Request) error {
	p, _, _, err := s.agreementPage(r, viewOf(r), nil, wrong{})
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, p)
}

// agreementPage makes the page; f is the form that was sent and must be mended, if any.
// An agreement that this person may not see is not found.
func (s *Site) agreementPage(r *http.Request, v desk.View, f *Form, bad wrong) (p agreementShowPage, c *desk.Case, a *remedy.Agreement, err error) {
	if c, err = s.desk.Case(r.Context(), who(r), caseID(r), v); err != nil {
		return p, nil, nil, err
	}
	res := s.agreementsOf(r, c)
	for i := range res.Agreements {
		x := &res.Agreements[i]
		if c.Name(x.Entry.ID) == r.PathValue("entry") {
			a = x
		}
		for _, e := range x.Also {
			if c.Name(e.ID) == r.PathValue("entry") {
				a = x
			}
		}
	}
	if a == nil {
		return p, nil, nil, fault.New(fault.NotFound, fault.Position{}, "webagree.no_agreement")
	}
	p = agreementShowPage{Frame: s.caseFrame(r, c, "webagree.title", "disagree"), Back: casePath(c.Folder) + "/agreements", Path: agreementPath(c.Folder, a.Entry.ID), Entry: entryPath(c.Folder, a.Entry.ID)}
	p.Title = p.speak().agreementTitle(a)
	p.AsOf = p.cat.T("page.as_of", "date", p.cat.DateFull(c.Brief.AsOf))
	put := func(key, text string) {
		if text != "" {
			p.Facts = append(p.Facts, [2]string{p.T("webagree." + key), text})
		}
	}
	put("fact_sort", p.T("webagree.source_"+string(a.Source)))
	put("fact_on", p.cat.When(a.Entry.On))
	put("fact_who", strings.Join(a.Entry.Fields.With, ", "))
	if a.Carried != nil {
		put("fact_carried", p.cat.When(a.Carried.On))
	}
	for _, e := range append([]*fact.Entry{a.Entry}, a.Also...) {
		p.Papers = append(p.Papers, p.speak().agreementEvent(c, e, first(p.cat.Kind(e.Kind.String()))))
	}
	if a.Entry.Wall != fact.Open {
		p.Wall = p.T("webagree.walled", "wall", p.T("webcase.wall_"+string(a.Entry.Wall)))
		if a.Entry.Wall == fact.Mediation {
			p.Never = p.T("webagree.never_evidence")
		}
	}
	p.cancel(c, a)
	p.correct(c, a)
	p.Ways, p.WaysOpen = p.speak().lawWays(a.Ways, "webagree.way_", c.Brief.AsOf), a.Late()
	kit := formKit{f: f, bad: bad}
	services := s.serviceOptions(c)
	for i := range a.Remedies {
		x := &a.Remedies[i]
		l := p.speak().remedyLine(c, a, x)
		if p.May("add_entry") && !a.Void() {
			l.Forms = p.remedyForms(&kit, c, x, l.ID)
		}
		p.Remedies = append(p.Remedies, l)
	}
	slices.SortStableFunc(p.Remedies, pressing)
	p.spent(c, a)
	p.notice(c, a)
	if p.May("add_entry") && !a.Void() {
		p.Add = p.agreementForms(&kit, c, a, services)
	}
	p.Errs = kit.errs
	return p, c, a, nil
}

// cancel says whether and until when the agreement may be cancelled.
func (p *agreementShowPage) cancel(c *desk.Case, a *remedy.Agreement) {
	if a.Cancel == nil {
		p.Cancel = p.speak().lawWays(a.Never, "webagree.cancel_", c.Brief.AsOf)
		if a.Voided != nil {
			p.Cancel = append([]agreeLaw{{Title: p.T("webagree.cancelled_on", "date", p.cat.When(a.Voided.On))}}, p.Cancel...)
		}
		return
	}
	l := a.Cancel.Limit
	w := agreeLaw{Says: p.speak().lawText(l.Rule.ID).Says, Cite: p.speak().agreeCite(l.Rule, c.Brief.AsOf)}
	last := p.cat.DateFull(l.Earliest)
	if l.Earliest == 0 {
		last = p.T("webagree.day_unknown")
	}
	switch {
	case a.Voided != nil && a.Cancel.Late:
		w.Title = p.T("webagree.cancelled_late", "date", p.cat.When(a.Voided.On), "last", last)
	case a.Voided != nil:
		w.Title = p.T("webagree.cancelled_on", "date", p.cat.When(a.Voided.On))
	case a.MayCancel():
		w.Title = p.T("webagree.cancel_until", "date", last)
	default:
		w.Title = p.T("webagree.cancel_over", "date", last)
	}
	p.Cancel = []agreeLaw{w}
}

// correct says until when the law asks for what was found wrong to be corrected.
func (p *agreementShowPage) correct(c *desk.Case, a *remedy.Agreement) {
	if a.Correct == nil {
		return
	}
	k := a.Correct
	title := p.T("webagree.correct_unknown")
	switch {
	case k.MetBy != "":
		title = p.T("webagree.correct_met", "date", p.cat.When(k.MetOn))
	case k.On != 0 && k.Status == clock.Late:
		title = p.N("webagree.correct_late", k.DaysLate, "date", p.cat.DateFull(k.On))
	case k.On != 0:
		title = p.T("webagree.correct_until", "date", p.cat.DateFull(k.On))
	}
	p.Correct = []agreeLaw{{Title: title, Says: p.speak().lawText(k.Rule.ID).Says, Cite: p.speak().agreeCite(k.Rule, c.Brief.AsOf)}}
}

// spent is what the family paid for what this agreement is about.
func (p *agreementShowPage) spent(c *desk.Case, a *remedy.Agreement) {
	for _, e := range a.Expenses.Entries {
		says := p.T("webagree.paid_unsaid")
		if n := remedy.Cents(e.Fields.Amount); n > 0 {
			says = p.T("webagree.paid", "amount", p.speak().dollars(n))
		}
		p.Expenses = append(p.Expenses, p.speak().agreementEvent(c, e, says))
	}
	if len(a.Expenses.Entries) > 0 {
		p.Spent = p.T("webagree.spent", "amount", p.speak().dollars(a.Expenses.Cents), "receipts", p.speak().dollars(a.Expenses.Receipts))
	}
}

// privateRemoval and privateNotice: the family places the child itself, and the notice
// that comes before it.
var privateRemoval, privateNotice = fact.MustLookup("private_removal"), fact.MustLookup("private_notice_given")

// notice says what the law asks before a private placement is paid back: the day by
// which notice was due, as the engine counts it, or the rule itself where the record
// holds no such day.
func (p *agreementShowPage) notice(c *desk.Case, a *remedy.Agreement) {
	wanted := false
	for i := range a.Remedies {
		wanted = wanted || a.Remedies[i].Sort == remedy.Reimbursement
	}
	if !wanted {
		return
	}
	for i := range c.Brief.Clocks {
		k := &c.Brief.Clocks[i]
		if k.Kind != privateRemoval || !answeredBy(k.Rule, privateNotice) {
			continue
		}
		w := agreeLaw{Says: p.speak().lawText(k.Rule.ID).Says, Cite: p.speak().agreeCite(k.Rule, c.Brief.AsOf), Title: p.T("webagree.notice_unknown")}
		switch {
		case k.MetBy != "" && k.DaysLate > 0:
			w.Title = p.N("webagree.notice_late", k.DaysLate, "date", p.cat.DateFull(k.On), "given", p.cat.When(k.MetOn))
		case k.MetBy != "":
			w.Title = p.T("webagree.notice_given", "date", p.cat.DateFull(k.On), "given", p.cat.When(k.MetOn))
		case k.On != 0:
			w.Title = p.T("webagree.notice_due", "date", p.cat.DateFull(k.On))
		}
		p.Notice = append(p.Notice, w)
	}
	l := lawOf(c)
	if l == nil {
		return
	}
	counted, replaced := len(p.Notice) > 0, map[law.RuleID]bool{}
	for _, r := range l.Rules { // what else the law says of it, such as notice at the last meeting
		if r.Area != "private_school" || r.VersionAt(c.Brief.AsOf) == nil || !startsOn(r, privateRemoval) || replaced[r.ID] || answeredBy(r, privateNotice) && counted {
			continue
		}
		for _, id := range r.Overrides { // the topmost pack's rules come first
			replaced[id] = true
		}
		if r.OwedBy == fact.Parent {
			p.Notice = append(p.Notice, agreeLaw{Title: p.speak().lawText(r.ID).Title, Says: p.speak().lawText(r.ID).Says, Cite: p.speak().agreeCite(r, c.Brief.AsOf)})
		}
	}
}

// lawOf is the law that applies to a case now, or nil.
func lawOf(c *desk.Case) *law.Law { return c.Brief.LawOn(c.Brief.AsOf) }

func answeredBy(r *law.Rule, k fact.Kind) bool {
	for _, m := range r.MetBy {
		if m.Kind == k {
			return true
		}
	}
	return false
}

func startsOn(r *law.Rule, k fact.Kind) bool {
	for _, x := range r.Starts {
		if x == k {
			return true
		}
	}
	return false
}

// serviceOptions are the services in force that a promise of minutes may be about.
func (s *Site) serviceOptions(c *desk.Case) []Option {
	x, err := c.Carried()
	if err != nil {
		return nil
	}
	var out []Option
	seen := map[string]bool{}
	for i := range x.Promises {
		if pr := &x.Promises[i]; (pr.To == 0 || pr.To >= c.Brief.AsOf) && !seen[pr.Service] {
			seen[pr.Service] = true
			out = append(out, Option{Value: pr.Component, Label: serviceLabel(pr)})
		}
	}
	return out
}

func serviceLabel(p *delivery.Promise) string {
	if p.Name != "" {
		return shortened(p.Name, 120)
	}
	return p.Service
}

// agreementForms add a promise, or something that the family paid.
func (p *agreementShowPage) agreementForms(kit *formKit, c *desk.Case, a *remedy.Agreement, services []Option) []agreementForm {
	sort := Field{Name: "sort", Label: p.T("webagree.f_sort"), Kind: "select", Required: true}
	for _, x := range remedy.Sorts() {
		sort.Options = append(sort.Options, Option{Value: string(x), Label: p.T("webagree.sort_" + string(x))})
	}
	fields := []Field{sort,
		{Name: "words", Label: p.T("webagree.f_promise"), Hint: p.T("webagree.f_promise_hint"), Kind: "textarea", Rows: 2, Required: true},
		{Name: "until", Label: p.T("webagree.f_until"), Hint: p.T("webagree.f_until_hint"), Kind: "date"},
		{Name: "minutes", Label: p.T("webagree.f_minutes"), Hint: p.T("webagree.f_minutes_hint"), Kind: "text", InputMode: "numeric", Max: 12},
		{Name: "amount", Label: p.T("webagree.f_amount"), Hint: p.T("webagree.f_amount_hint"), Kind: "text", InputMode: "decimal", Max: 30}}
	if len(services) > 0 {
		fields = append(fields, Field{Name: "part", Label: p.T("webagree.f_service"), Kind: "select", Options: append([]Option{{Label: p.T("webagree.f_service_none")}}, services...)})
	}
	add := kit.form(p.Frame, "webagree.", "promise", "", fields...)
	add.Open = add.Open || len(a.Remedies) == 0
	out := []agreementForm{add}
	if c.File.Case.Side != fact.SchoolSide {
		out = append(out, kit.form(p.Frame, "webagree.", "paid", "",
			Field{Name: "amount", Label: p.T("webagree.f_amount"), Hint: p.T("webagree.f_amount_hint"), Kind: "text", InputMode: "decimal", Max: 30, Required: true},
			Field{Name: "words", Label: p.T("webagree.f_paid_for"), Kind: "textarea", Rows: 2},
			Field{Name: "on", Label: p.T("webagree.f_on"), Kind: "date", Required: true, Value: c.Today.String()},
			Field{Name: "files", Label: p.T("webagree.f_receipt"), Hint: p.T("webcase.f_files_hint"), Kind: "file"}))
	}
	return out
}

// remedyForms write down what became of one promise.
func (p *agreementShowPage) remedyForms(kit *formKit, c *desk.Case, x *remedy.Remedy, id string) []agreementForm {
	on := Field{Name: "on", Label: p.T("webagree.f_on"), Kind: "date", Required: true, Value: c.Today.String()}
	paper := Field{Name: "files", Label: p.T("webagree.f_proof"), Hint: p.T("webcase.f_files_hint"), Kind: "file"}
	give := kit.form(p.Frame, "webagree.", "give", id,
		Field{Name: "minutes", Label: p.T("webagree.f_minutes"), Kind: "text", InputMode: "numeric", Max: 12},
		Field{Name: "amount", Label: p.T("webagree.f_amount"), Kind: "text", InputMode: "decimal", Max: 30},
		on, Field{Name: "words", Label: p.T("webagree.f_given_words"), Kind: "textarea", Rows: 2}, paper)
	out := []agreementForm{give}
	if x.Done == nil {
		out = append(out, kit.form(p.Frame, "webagree.", "done", id, on, Field{Name: "words", Label: p.T("webagree.f_words"), Kind: "textarea", Rows: 2}, paper))
	}
	if x.Pending() {
		out = append(out, kit.form(p.Frame, "webagree.", "ask", id,
			Field{Name: "with", Label: p.T("webagree.f_asked"), Kind: "text", Max: 200},
			on, Field{Name: "response", Label: p.T("webagree.f_response"), Hint: p.T("webagree.f_response_hint"), Kind: "textarea", Rows: 2}))
	}
	return out
}

// untilDay reads the day by which something is due: not before the agreement, and within
// ten years.
func (f sentForm) untilDay(name string, from day.Date) day.Date {
	t := f.text(name, 20)
	if t == "" {
		return 0
	}
	d, err := day.Parse(t)
	switch {
	case err != nil:
		f.bad[name] = "webcase.bad_day"
	case d < from:
		f.bad[name] = "webagree.bad_until"
	case d > from.AddYears(10):
		f.bad[name] = "webcase.bad_far"
	}
	return d
}
