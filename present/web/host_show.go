package web

import (
	"html/template"
	"net/http"
	"strconv"

	"stayput/desk"
	"stayput/fault"
	"stayput/people"
	"stayput/present/qr"
)

// A hostPage is what an office offers families: a space of their own.
type hostPage struct {
	Frame
	Fields []Field
	Form   string // the name of the link to be
	Links  []hostLink

	// Of the link that was made just now: it is shown once.
	Link string
	For  string
	Code template.HTML
	Ends string

	Local bool // it is a link of this computer, which nobody else can open
}

func (hostPage) template() string { return "host_show" }

// A hostLink is one link that was given out.
type hostLink struct {
	ID, For, Made, State string
	Waits                bool
}

var (
	_ = sample(func() page {
		return hostPage{Fields: []Field{{Name: "for", Label: "x", Error: "y"}}, Form: "f", Links: []hostLink{{"a", "b", "c", "d", true}, {"e", "f", "g", "h", false}}}
	})
	_ = sample(func() page { return hostPage{Link: "https://x", For: "y", Code: "<svg></svg>", Ends: "z", Local: true} })
)

// hostShow shows the links that were given out, and the form for another.
func (s *Site) hostShow(w http.ResponseWriter, r *http.Request) error {
	return s.showHost(w, r, http.StatusOK, "", "", "", "")
}

func (s *Site) showHost(w http.ResponseWriter, r *http.Request, status int, whom, days, field, trouble string) error {
	space, err := s.desk.Space(r.Context(), who(r))
	if err != nil {
		return err
	}
	if space.Kind == people.Household {
		return fault.New(fault.Conflict, fault.Position{}, "records.host_household")
	}
	all, err := s.desk.Hostings(r.Context(), who(r))
	if err != nil {
		return err
	}
	p := hostPage{Frame: s.frame(r, "records.host", "settings"), Form: desk.NewName()}
	for i := range all {
		h := &all[i]
		l := hostLink{ID: h.ID, For: h.For, Made: p.cat.Date(dayOf(h.Made)), Waits: h.Waits(s.now())}
		switch {
		case h.Used:
			l.State = p.T("records.host_used")
		case l.Waits:
			l.State = p.T("records.host_waits", "date", p.cat.Date(dayOf(h.Until)))
		default:
			l.State = p.T("records.host_over")
		}
		p.Links = append(p.Links, l)
	}
	p.Fields = []Field{
		{Name: "for", Label: p.T("records.host_for"), Hint: p.T("records.host_for_hint"), Value: whom, Max: 100, Required: true, Autocomplete: "off"},
		{Name: "backups", Label: p.T("records.host_backups"), Hint: p.T("records.host_backups_hint"), Value: days, Max: 3650, Kind: "number", InputMode: "numeric"},
	}
	for i := range p.Fields {
		if p.Fields[i].Name == field {
			p.Fields[i].Error = trouble
		}
	}
	return s.show(w, r, status, p)
}

// hostOffer makes a link and shows it, this once.
func (s *Site) hostOffer(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	whom, days := f.Text("for", 100), f.Text("backups", 6)
	n := 0
	again := func(field, key string) error {
		return s.showHost(w, r, http.StatusUnprocessableEntity, whom, days, field, s.wordsOf(r).T(key))
	}
	if whom == "" {
		return again("for", "records.host_for_whom")
	}
	if days != "" {
		if n, err = strconv.Atoi(days); err != nil || n < 0 || n > 3650 {
			return again("backups", "records.host_backups_odd")
		}
	}
	token, err := s.desk.HostFamily(r.Context(), who(r), f.Text("name", 20), whom, n)
	if err != nil {
		return err
	}
	h, err := s.desk.Welcome(r.Context(), token)
	if err != nil {
		return err
	}
	p := hostPage{Frame: s.frame(r, "records.host_made", "settings"), Link: originOf(r) + "/welcome/" + token, For: whom, Local: ownDoor(r)}
	p.Ends = p.cat.Date(dayOf(h.Until))
	code, err := qr.SVG(p.Link, p.T("records.host_code"))
	if err != nil {
		return err
	}
	p.Code = template.HTML(code) // drawn by us; the title is escaped there
	return s.show(w, r, http.StatusOK, p)
}

// hostEnd takes a link back, or a used one off the list.
func (s *Site) hostEnd(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.form(w, r); err != nil {
		return err
	}
	if err := s.desk.EndHosting(r.Context(), who(r), r.PathValue("id")); err != nil {
		return err
	}
	s.done(r, "records.host_ended")
	return s.seeOther(w, r, "/families")
}
