package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"stayput/day"
	"stayput/desk"
	"stayput/plan/session"
)

// A carrySessionsPage lists what was written down, the latest first.
type carrySessionsPage struct {
	Frame
	Path           string
	Back, New      string
	Services       []Option
	Outcomes       []Option
	Tellers        []Option
	From, To       string
	Filtered       bool
	Lines          []carryLine
	Shown, Total   int
	Earlier, Later string
}

func (carrySessionsPage) template() string { return "carry_sessions" }

var _ = sample(func() page {
	o := []Option{{Value: "v", Label: "l", On: true}}
	return carrySessionsPage{Path: "/p", Back: "/b", New: "/n", Services: o, Outcomes: o, Tellers: o, From: "2026-01-01", To: "2026-01-02", Filtered: true, Lines: []carryLine{{Href: "/x", ISO: "2026-01-05", Day: "d", Service: "s", Tag: Tag{"done", "w"}, Minutes: "m", Reason: "r", From: "f", By: "b"}}, Shown: 1, Total: 2, Earlier: "/e", Later: "/l"}
})

// sessionsOfPage is how many sessions a page shows.
const sessionsOfPage = 60

// carrySessions lists the sessions of a case.
func (s *Site) carrySessions(w http.ResponseWriter, r *http.Request) error {
	k, err := s.carryOf(r, desk.View{})
	if err != nil {
		return err
	}
	q := r.URL.Query()
	p := carrySessionsPage{Frame: s.caseFrame(r, k.c, "webcarry.sessions", "carry"), Path: carryPath(k.c.Folder, "/sessions"), Back: carryPath(k.c.Folder, "")}
	if p.May("add_entry") {
		p.New = carryPath(k.c.Folder, "/new")
	}
	service, outcome, from := q.Get("service"), q.Get("outcome"), q.Get("from_whom")
	first, errFirst := day.Parse(q.Get("from"))
	last, errLast := day.Parse(q.Get("to"))
	if errFirst == nil {
		p.From = first.String()
	}
	if errLast == nil {
		p.To = last.String()
	}
	for i := range k.l.Services {
		x := &k.l.Services[i]
		name := x.Name
		if name == "" {
			name = x.Key
		}
		p.Services = append(p.Services, Option{Value: x.Key, Label: name, On: x.Key == service})
	}
	for _, x := range session.Outcomes() {
		p.Outcomes = append(p.Outcomes, Option{Value: string(x), Label: p.cat.T("delivery.outcome." + string(x)), On: string(x) == outcome})
	}
	for _, x := range session.Tellers() {
		p.Tellers = append(p.Tellers, Option{Value: string(x), Label: p.cat.T("delivery.teller." + string(x)), On: string(x) == from})
	}
	p.Filtered = service != "" || outcome != "" || from != "" || p.From != "" || p.To != ""
	p.Total = len(k.logs.Sessions)
	var found []*session.Log
	for i := range k.logs.Sessions {
		l := &k.logs.Sessions[i]
		if outcome != "" && string(l.Outcome) != outcome || from != "" && string(l.From) != from || p.From != "" && l.On < first || p.To != "" && l.On > last {
			continue
		}
		if service != "" && l.Service != service {
			if x := k.of(l); x == nil || x.Key != service {
				continue
			}
		}
		found = append(found, l)
	}
	slices.Reverse(found)
	p.Shown = len(found)
	n, _ := strconv.Atoi(q.Get("page"))
	n = min(max(n, 1), max(1, (len(found)+sessionsOfPage-1)/sessionsOfPage))
	to := func(page int) string {
		v := url.Values{}
		for name, x := range q {
			v[name] = x
		}
		v.Set("page", strconv.Itoa(page))
		return p.Path + "?" + v.Encode()
	}
	if n > 1 {
		p.Earlier = to(n - 1)
	}
	if n*sessionsOfPage < len(found) {
		p.Later = to(n + 1)
	}
	names := s.names(r)
	for _, l := range found[min((n-1)*sessionsOfPage, len(found)):min(n*sessionsOfPage, len(found))] {
		x := p.speak().sessionLine(k, l)
		m, _ := k.logs.Mark(l.ID)
		x.By = names(m.By)
		p.Lines = append(p.Lines, x)
	}
	return s.show(w, r, http.StatusOK, p)
}
