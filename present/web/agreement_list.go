package web

import (
	"net/http"
	"slices"
	"strings"

	"stayput/day"
	"stayput/derive/remedy"
	"stayput/desk"
	"stayput/fact"
)

// An agreementListPage is every agreement and decision of a case, with what is late
// first; and the form for one more.
type agreementListPage struct {
	Frame
	AsOf      string
	Path      string
	CSV       string
	Mediation string
	Says      string
	Late      []remedyLine
	Lines     []agreementLine
	Offers    []agreementEvent
	Loose     []agreementEvent
	Table     []remedyLine
	Forms     []agreementForm
	Errs      []Field
}

func (agreementListPage) template() string { return "agreement_list" }

// An agreementLine is one agreement in the list.
type agreementLine struct {
	Href, Title, Day, ISO string
	Wall                  string
	Who                   string
	Says                  []string
	Tag                   Tag
}

func sampleRemedy() remedyLine {
	return remedyLine{ID: "i", Href: "/h", Entry: "/e", Title: "t", Sort: "s", Of: "o", Tag: Tag{"late", "l"}, Due: "d", Balances: []remedyBalance{{"m", "p", "g", "l", "o"}},
		Given: []agreementEvent{sampleAgreed()}, Asked: []agreementEvent{sampleAgreed()}, Odd: []string{"o"}, Logged: "l", Papers: "p", Letter: "l", Original: "o", Forms: []agreementForm{sampleAgreeForm()}}
}

func sampleAgreed() agreementEvent {
	return agreementEvent{Day: "d", ISO: "2026-01-02", Says: "s", Words: "w", Href: "/h", Papers: "p", Wall: "w", More: []string{"m"}}
}

func sampleAgreeForm() agreementForm {
	return agreementForm{Do: "new", Of: "o", Title: "t", Lead: "l", Button: "b", Name: "n", Open: true, Upload: true, Fields: []Field{{Name: "on", Kind: "date", Label: "l", Error: "e"}}}
}

var (
	_ = sample(func() page {
		return agreementListPage{AsOf: "a", Path: "/p", CSV: "/c", Mediation: "/m", Says: "s", Late: []remedyLine{sampleRemedy()}, Lines: []agreementLine{{"/h", "t", "d", "2026-01-02", "w", "o", []string{"s"}, Tag{"late", "l"}}},
			Offers: []agreementEvent{sampleAgreed()}, Loose: []agreementEvent{sampleAgreed()}, Table: []remedyLine{sampleRemedy()}, Forms: []agreementForm{sampleAgreeForm()}, Errs: []Field{{Name: "on", Error: "e"}}}
	})
	_ = sample(func() page { return agreementListPage{Path: "/p"} })
)

// settlementOffer is a written offer to settle; it promises nothing yet.
var settlementOffer = fact.MustLookup("settlement_offer_made")

// agreementKinds are what the form offers, in its order.
var agreementKinds = []string{"mediation_agreement_signed", "resolution_agreement_executed", "settlement_signed", "hearing_decision_issued", "state_review_decided", "state_complaint_decided", "iep_amendment_agreed", "settlement_offer_made"}

// agreementList shows the agreements.
func (s *Site) agreementList(w http.ResponseWriter, r *http.Request) error {
	p, _, err := s.agreementListPage(r, viewOf(r), nil, wrong{})
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, p)
}

func (s *Site) agreementListPage(r *http.Request, v desk.View, f *Form, bad wrong) (p agreementListPage, c *desk.Case, err error) {
	if c, err = s.desk.Case(r.Context(), who(r), caseID(r), v); err != nil {
		return p, nil, err
	}
	res := s.agreementsOf(r, c)
	p = agreementListPage{Frame: s.caseFrame(r, c, "webagree.title", "disagree"), Path: casePath(c.Folder) + "/agreements", Mediation: casePath(c.Folder) + "/mediation"}
	p.AsOf, p.CSV = p.cat.T("page.as_of", "date", p.cat.DateFull(c.Brief.AsOf)), p.Path+".csv"
	p.say(c, res)
	for _, i := range c.Brief.View.ByKind(settlementOffer) {
		if e := c.Brief.View.Entries[i]; e.On.Earliest <= c.Brief.AsOf {
			p.Offers = append(p.Offers, p.speak().agreementEvent(c, e, first(p.cat.Kind(e.Kind.String()))))
		}
	}
	for _, e := range res.Loose {
		p.Loose = append(p.Loose, p.speak().agreementEvent(c, e, first(p.cat.Kind(e.Kind.String()))))
	}
	if p.May("add_entry") {
		kit := formKit{f: f, bad: bad}
		kind := Field{Name: "kind", Label: p.T("webagree.f_kind"), Kind: "radio", Required: true}
		for _, k := range agreementKinds {
			kind.Options = append(kind.Options, Option{Value: k, Label: p.T("webagree.kind_" + k), On: k == r.URL.Query().Get("kind")})
		}
		p.Forms = append(p.Forms, kit.form(p.Frame, "webagree.", "new", "", kind,
			Field{Name: "on", Label: p.T("webagree.f_signed_on"), Hint: p.T("webagree.f_signed_on_hint"), Kind: "date", Required: true, Value: c.Today.String()},
			Field{Name: "with", Label: p.T("webagree.f_signers"), Hint: p.T("webagree.f_signers_hint"), Kind: "text", Max: 300},
			Field{Name: "words", Label: p.T("webagree.f_words"), Kind: "textarea", Rows: 2},
			p.speak().wallField(c, "wall", fact.Open, fact.Counsel, fact.Mediation, fact.Author),
			Field{Name: "files", Label: p.T("webagree.f_paper"), Hint: p.T("webcase.f_files_hint"), Kind: "file"}))
		p.Forms[0].Open = p.Forms[0].Open || len(res.Agreements) == 0 || r.URL.Query().Has("kind")
		p.Errs = kit.errs
	}
	return p, c, nil
}

// say puts all agreements into words, and what is late first.
func (p *agreementListPage) say(c *desk.Case, res *remedy.Result) {
	late, pending := 0, 0
	for i := range res.Agreements {
		a := &res.Agreements[i]
		l := agreementLine{Href: agreementPath(c.Folder, a.Entry.ID), Title: p.speak().agreementTitle(a), Day: p.cat.When(a.Entry.On), ISO: a.Entry.On.Earliest.String(), Who: strings.Join(a.Entry.Fields.With, ", ")}
		if a.Entry.Wall != fact.Open {
			l.Wall = p.T("webcase.wall_" + string(a.Entry.Wall))
		}
		mine, open := 0, 0
		for j := range a.Remedies {
			x := p.speak().remedyLine(c, a, &a.Remedies[j])
			p.Table = append(p.Table, x)
			if x.late {
				p.Late = append(p.Late, x)
				mine++
			}
			if x.pending {
				open++
			}
		}
		late, pending = late+mine, pending+open
		switch {
		case a.Void():
			l.Tag = Tag{"", p.T("webagree.cancelled")}
		case mine > 0:
			l.Tag = Tag{"late", p.N("webagree.n_late", mine)}
		case a.MayCancel():
			l.Tag = Tag{"soon", p.T("webagree.may_cancel")}
		case open == 0 && len(a.Remedies) > 0:
			l.Tag = Tag{"done", p.T("webagree.all_done")}
		}
		if len(a.Remedies) == 0 {
			l.Says = append(l.Says, p.T("webagree.no_promises"))
		} else {
			l.Says = append(l.Says, p.N("webagree.n_promises", len(a.Remedies), "open", grouped(open)))
		}
		p.Lines = append(p.Lines, l)
	}
	switch {
	case len(res.Agreements) == 0:
	case late > 0:
		p.Says = p.N("webagree.says_late", late)
	case pending > 0:
		p.Says = p.N("webagree.says_open", pending)
	default:
		p.Says = p.T("webagree.says_none")
	}
	slices.SortStableFunc(p.Table, pressing)
}

// pressing puts what is late before what waits, and what is done last.
func pressing(a, b remedyLine) int {
	rank := func(x remedyLine) int {
		switch {
		case x.late:
			return 0
		case x.pending:
			return 1
		}
		return 2
	}
	return rank(a) - rank(b)
}

// agreementNew writes an agreement, a decision or an offer down.
func (s *Site) agreementNew(w http.ResponseWriter, r *http.Request) error {
	f, err := s.uploads(w, r)
	if err != nil {
		return err
	}
	defer f.Close()
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	bad := wrong{}
	in := sentForm{f, prefixOf("new", ""), bad}
	var e fact.Entry
	if k := in.text("kind", 80); slices.Contains(agreementKinds, k) {
		e.Kind = fact.MustLookup(k)
	} else {
		bad["kind"] = "webagree.bad_kind"
	}
	e.On = day.On(in.on("on", c.Today))
	e.Fields.With, e.Note = splitNames(in.text("with", 300)), in.words("words")
	e.Wall = in.wallChosen("wall", fact.Open, fact.Counsel, fact.Mediation, fact.Author)
	again := func() error {
		p, _, err := s.agreementListPage(r, desk.View{}, f, bad)
		if err != nil {
			return err
		}
		return s.show(w, r, http.StatusUnprocessableEntity, p)
	}
	if len(bad) > 0 {
		return again()
	}
	saved, err := s.saveWith(r, c, f, e, bad)
	if len(bad) > 0 {
		return again()
	}
	if err != nil {
		return err
	}
	to := casePath(c.Folder) + "/agreements"
	if e.Kind != settlementOffer {
		to += "/" + saved
	}
	return s.seeOther(w, r, to)
}
