package web

import (
	"net/http"
	"slices"

	"stayput/day"
	"stayput/derive/program"
	"stayput/desk"
	"stayput/fact"
	"stayput/law"
)

// A revokePage says what ends when consent to all services is taken back, before
// anything can be written down.
type revokePage struct {
	Frame
	Action string
	Back   string
	Answer string // where one service alone is refused
	Name   string
	Ends   []stayReading
	When   []stayReading // when that is
	Not    []stayReading
	Nobody []stayReading // who cannot stop it
	On     Field
	By     Field
	Words  Field
	Sure   Field
	None   bool // nothing is in force that could end
	Errs   []Field
}

func (revokePage) template() string { return "consent_revoke" }

var (
	_ = sample(func() page {
		r := []stayReading{{"a", Cite{Text: "c"}}}
		f := func(name string) Field { return Field{Name: name, Label: "l", Kind: "text", Error: "e"} }
		return revokePage{Action: "/a", Back: "/b", Answer: "/c", Name: "n", Ends: r, When: r, Not: r, Nobody: r, On: f("a"), By: f("b"), Words: f("c"), Sure: f("d"), Errs: []Field{f("a")}}
	})
	_ = sample(func() page { return revokePage{None: true, Back: "/b"} })
)

// revokeShow shows what ends, and the form under it.
func (s *Site) revokeShow(w http.ResponseWriter, r *http.Request) error {
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	p, err := s.revokePage(r, c, nil, wrong{})
	if err != nil {
		return err
	}
	p.Name = desk.NewName()
	return s.show(w, r, http.StatusOK, p)
}

func (s *Site) revokePage(r *http.Request, c *desk.Case, f *Form, bad wrong) (revokePage, error) {
	p := revokePage{Frame: s.caseFrame(r, c, "webconsent.revoke", "consent"), Back: casePath(c.Folder) + "/consent"}
	p.Action, p.Answer = p.Back+"/revoke", p.Back+"/answer"
	res, err := c.Program()
	if err != nil {
		return p, err
	}
	p.None = true
	for i := range res.Tracks {
		if t := &res.Tracks[i]; len(t.InForce) > 0 && t.Ended == nil && !revokedAlready(res) {
			p.None = false
		}
	}
	cite := func(key string, q law.Question) stayReading {
		x := stayReading{Text: p.cat.T(key)}
		if a, ok := answerOn(c, q); ok {
			rule := a.law.Rule(a.Rule)
			x.Cite = p.speak().lawOf(program.Reason{Rule: a.Rule, Citation: rule.VersionAt(c.Today).Citation, Checked: rule.Checked})
		}
		return x
	}
	p.Ends = []stayReading{cite("webconsent.ends_services", law.Revocation), cite("webconsent.ends_stay", law.RevocationEffect), cite("webconsent.ends_discipline", law.RevocationDiscipline),
		cite("webconsent.ends_again", law.RevocationAgain)}
	when, ok := answerOn(c, law.RevocationEffect)
	switch {
	case ok && when.Is == "after_days":
		p.When = append(p.When, cite("webconsent.ends_after_days", law.RevocationEffect))
	case ok:
		p.When = append(p.When, cite("webconsent.ends_after_notice", law.RevocationNotice))
	}
	if back, ok := answerOn(c, law.RevocationTakeBack); ok && back.Is == "before_effect" {
		p.When = append(p.When, cite("webconsent.ends_take_back", law.RevocationTakeBack))
	}
	p.Not = []stayReading{cite("webconsent.one_service", law.OneService)}
	p.Nobody = []stayReading{cite("webconsent.nobody_stops", law.RevocationOverride), cite("webconsent.either_parent", law.TwoParents)}
	field := func(name, kind string) Field {
		x := Field{Name: name, Label: p.cat.T("webconsent.f_" + name), Kind: kind}
		if f != nil {
			x.Value = f.Text(name, 10_000)
		}
		if bad[name] != "" {
			x.Error = p.cat.T(bad[name])
			p.Errs = append(p.Errs, x)
		}
		return x
	}
	p.On, p.By, p.Words = field("on", "date"), field("signer", "radio"), field("words", "textarea")
	p.On.Required, p.By.Required, p.Words.Rows = true, true, 3
	if f == nil {
		p.On.Value = c.Today.String()
	}
	p.On.Hint = p.cat.T("webconsent.f_revoked_on_hint")
	for _, v := range signers(c) {
		if v != "other" {
			p.By.Options = append(p.By.Options, Option{Value: v, Label: p.speak().signer(v), On: p.By.Value == v})
		}
	}
	p.Sure = field("sure", "tick")
	p.Sure.Value, p.Sure.Required = "yes", true
	return p, nil
}

// A lawAnswer is an answer with the law that gives it.
type lawAnswer struct {
	law.Answer
	law *law.Law
}

// answerOn is how the law that applies to a case today answers a question.
func answerOn(c *desk.Case, q law.Question) (out lawAnswer, ok bool) {
	for i, l := range c.Brief.Laws {
		if i > 0 && l.From > c.Today {
			continue
		}
		if a, is := l.Law.Answer(q, c.Today); is {
			out, ok = lawAnswer{a, l.Law}, true
		}
	}
	return out, ok
}

// revokedAlready reports that consent to all services was taken back, also while
// services still go on.
func revokedAlready(res *program.Result) bool {
	return slices.ContainsFunc(res.Asked, func(a program.Asked) bool { return a.Subject == program.AllServices && a.State == program.TakenBack })
}

// revokeSave writes the revocation down. It refuses what nobody said to have read.
func (s *Site) revokeSave(w http.ResponseWriter, r *http.Request) error {
	f, c, err := s.caseForm(w, r)
	if err != nil {
		return err
	}
	bad := wrong{}
	on := pastDay(f, c.Today, bad)
	by := f.Text("signer", 100)
	if by == "" {
		bad["signer"] = "webconsent.bad_signer"
	}
	if f.Text("sure", 5) != "yes" {
		bad["sure"] = "webconsent.bad_sure"
	}
	words, fits := f.Words("words", mostWords)
	if !fits {
		bad["words"] = "webcase.bad_long"
	}
	if len(bad) > 0 {
		p, err := s.revokePage(r, c, f, bad)
		if err != nil {
			return err
		}
		p.Name = f.Text("name", 20)
		return s.show(w, r, http.StatusUnprocessableEntity, p)
	}
	e := fact.Entry{Kind: endedServices, On: day.On(on), By: by, Note: words}
	e.Fields.Written = fact.Yes
	if _, err := s.desk.AddEntry(r.Context(), who(r), caseID(r), desk.NewEntry{Name: f.Text("name", 20), Fact: e, Via: "web"}); err != nil {
		return err
	}
	s.done(r, "webconsent.revoked_saved")
	return s.seeOther(w, r, casePath(c.Folder)+"/consent")
}
