package web

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"strings"
	"time"

	"stayput/desk"
	"stayput/fact"
)

// A givenPage is what was given of a case to whom, and the requests about records.
type givenPage struct {
	Frame
	Path     string
	Lines    []givenLine
	More     bool
	Requests []happened
	Open     bool // a request to see the record waits
	Adds     []captureKey

	AsOf string
}

func (givenPage) template() string { return "given_show" }

// A givenLine is one thing that was given.
type givenLine struct {
	Day, ISO, What, To, By, For, Detail string
}

var (
	_ = sample(func() page {
		return givenPage{Path: "/x", Lines: []givenLine{{"d", "i", "w", "t", "b", "f", "x"}, {Day: "d", What: "w"}}, More: true, Open: true, AsOf: "x",
			Requests: []happened{{Title: "x", Href: "/"}}, Adds: []captureKey{{Label: "x", Href: "/"}}}
	})
	_ = sample(func() page { return givenPage{} })
)

// The kinds of entries about seeing, correcting and destroying records: those that
// are listed, and those for which the page offers the form.
var (
	recordsKinds = []string{"records_access_requested", "records_access_given", "records_access_refused", "ferpa_request_received",
		"records_amendment_requested", "records_amendment_meeting_held", "records_amendment_decided", "records_hearing_requested",
		"records_hearing_scheduled", "records_hearing_held", "records_hearing_decided", "records_statement_placed", "records_no_longer_needed", "transfer_records_sent", "records_requested_by_new_school"}
	recordsOffer = []string{"records_access_requested", "records_access_given", "records_amendment_requested", "records_amendment_decided", "records_hearing_requested", "records_no_longer_needed"}
)

// givenShow shows what was given.
func (s *Site) givenShow(w http.ResponseWriter, r *http.Request) error {
	got, err := s.desk.Givens(r.Context(), who(r), caseID(r))
	if err != nil {
		return err
	}
	c, err := s.desk.Case(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	p := givenPage{Frame: s.caseFrame(r, c, "records.given", "export"), Path: casePath(c.Folder) + "/given", More: got.More, Open: openRequest(c) != nil}
	p.AsOf = p.cat.T("page.as_of", "date", p.cat.DateFull(c.Today))
	for i := range got.Lines {
		p.Lines = append(p.Lines, p.speak().givenLine(&got.Lines[i], &got))
	}
	for _, e := range c.Brief.View.Entries {
		if !e.Derived && isRecords(e) {
			p.Requests = append(p.Requests, p.speak().happened(c.Folder, e, c.Today))
		}
	}
	for _, k := range recordsOffer {
		if _, known := fact.Lookup(k); known && p.May("add_entry") {
			p.Adds = append(p.Adds, captureKey{ID: k, Label: first(p.cat.Kind(k)), Href: casePath(c.Folder) + "/add?kind=" + k})
		}
	}
	return s.show(w, r, http.StatusOK, p)
}

func isRecords(e *fact.Entry) bool {
	name := e.Kind.String()
	for _, k := range recordsKinds {
		if k == name {
			return true
		}
	}
	return false
}

// openRequest is a request to see the record to which nothing in the record says
// that it was seen, or nil. While one is open, an agency may not destroy what was
// asked for (34 CFR 99.10(e)).
func openRequest(c *desk.Case) *fact.Entry {
	view := c.Brief.View.Entries
	for i := len(view) - 1; i >= 0; i-- {
		e := view[i]
		if n := e.Kind.String(); e.Derived || n != "records_access_requested" && n != "ferpa_request_received" {
			continue
		}
		answered := false
		for _, x := range view {
			if x.Kind.String() == "records_access_given" && (x.Re == e.ID || x.Re == "" && x.On.Latest >= e.On.Earliest) {
				answered = true
			}
		}
		if !answered {
			return e
		}
	}
	return nil
}

// givenLine puts a line into words.
func (f speaker) givenLine(x *desk.Disclosure, all *desk.Givens) givenLine {
	at := x.At.Local()
	l := givenLine{Day: f.cat.Date(dayOf(x.At)), ISO: at.Format(time.RFC3339), For: x.For}
	if key := "records.gave_" + x.What; f.cat.Has(key) {
		l.What = f.cat.T(key)
	} else {
		l.What = x.What
	}
	if x.By != "" {
		l.By = f.nameOr(all.Names[x.By])
	}
	if x.To != "" {
		l.To = f.nameOr(all.Names[x.To])
	}
	var more []string
	if x.What == "read" {
		more = append(more, f.N("records.read_times", x.Times))
	}
	if x.Entries != nil {
		more = append(more, f.N("records.only_entries", len(x.Entries)))
	}
	if x.Basis == "school_official" {
		more = append(more, f.T("records.basis_school_official"))
	}
	for _, w := range x.Walls {
		if w != desk.WallOpen {
			more = append(more, f.T("records.with_wall", "wall", f.cat.T("webcase.wall_"+string(desk.WallWord(w)))))
		}
	}
	if !x.Until.IsZero() {
		key := "records.until"
		if x.Ended || x.Until.Before(f.now()) {
			key = "records.ended"
		}
		more = append(more, f.T(key, "date", f.cat.Date(dayOf(x.Until))))
	}
	l.Detail = strings.Join(more, " ")
	return l
}

// now is the moment of the program's clock.
func (f speaker) now() time.Time {
	if f.site == nil {
		return time.Now()
	}
	return f.site.now()
}

// givenTableFile gives the list as a table for a spreadsheet.
func (s *Site) givenTableFile(w http.ResponseWriter, r *http.Request) error {
	got, err := s.desk.Givens(r.Context(), who(r), caseID(r))
	if err != nil {
		return err
	}
	f := s.wordsOf(r)
	var b bytes.Buffer
	b.WriteString("\uFEFF")
	out := csv.NewWriter(&b)
	out.UseCRLF = true
	out.Write(f.speak().head("when", "what", "to", "for", "by", "detail"))
	for i := range got.Lines {
		l := f.speak().givenLine(&got.Lines[i], &got)
		out.Write(harmlessAll(got.Lines[i].At.Local().Format("2006-01-02 15:04"), l.What, l.To, l.For, l.By, l.Detail))
	}
	out.Flush()
	giveTable(w, "stayput-given-"+s.today().String(), b.Bytes())
	return out.Error()
}
