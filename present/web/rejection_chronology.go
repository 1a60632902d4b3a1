package web

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"strings"

	"stayput/derive/rejection"
	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
)

// A chronologyPage is every offer, contact, meeting and notice about one no, in order,
// to be printed or given to somebody. It is made from the open record alone and holds
// no impression.
type chronologyPage struct {
	Frame
	School bool
	Back   string
	Table  string
	What   string
	Who    string
	AsOf   string
	Lines  []chronologyLine
	Lacks  []string
}

func (chronologyPage) template() string { return "rejection_chronology" }

// A chronologyLine is one line of it.
type chronologyLine struct {
	Date, Time, ISO, Kind, By, With, Words, Offers, Responded, Href string
	Lacks                                                           string
	Files                                                           []string
}

var (
	_ = sample(func() page {
		return chronologyPage{School: true, Back: "/b", Table: "/t", What: "w", Who: "w", AsOf: "d", Lacks: []string{"l"}, Lines: []chronologyLine{{"d", "t", "i", "k", "b", "w", "w", "o", "r", "/h", "l", []string{"f"}}, {Date: "d", Kind: "k"}}}
	})
	_ = sample(func() page { return chronologyPage{} })
)

// chronology gathers the lines for a page or a table.
func (s *Site) chronology(r *http.Request) (p chronologyPage, err error) {
	c, err := s.desk.Plainly(r.Context(), who(r), caseID(r), viewOf(r))
	if err != nil {
		return p, err
	}
	res, in, err := rejectionsOf(c)
	if err != nil {
		return p, err
	}
	x := findRejection(c.Folder, res, r.PathValue("entry"))
	if x == nil {
		return p, fault.New(fault.NotFound, fault.Position{}, "webreject.not_here")
	}
	p = chronologyPage{Frame: s.caseFrame(r, c, "webreject.chronology", "disagree"), School: c.File.Case.Side == fact.SchoolSide}
	p.Back = rejectionPath(c.Folder, "/"+pathEscape(rejectionName(c.Folder, x)))
	p.Table = p.Back + "/chronology.csv"
	p.What, p.Who = p.speak().rejectionTitle(x), p.speak().rejectionWhat(c, x)
	p.AsOf = p.T("page.as_of", "date", p.cat.DateFull(c.Brief.AsOf))
	for _, l := range rejection.Chronology(in, x) {
		p.Lines = append(p.Lines, p.speak().chronologyLine(c, &l))
	}
	for _, l := range x.Lacks {
		p.Lacks = append(p.Lacks, p.cat.N("webreject.lack_"+l.Key, l.N))
	}
	return p, nil
}

func (f speaker) chronologyLine(c *desk.Case, l *rejection.Line) chronologyLine {
	y := chronologyLine{Date: f.cat.When(l.On), ISO: l.On.String()}
	if l.On.Exact() {
		y.ISO = l.On.Earliest.String()
	}
	if l.On.HasTime() {
		y.Time = hhmm(l.On.Minute)
	}
	if l.Entry == nil {
		y.Kind, y.Words, y.Href = f.T("webreject.on_plan"), f.planName(c, l.Plan), planPath(c.Folder, l.Plan)
		return y
	}
	e := l.Entry
	y.Kind, y.Href, y.Words, y.Responded = f.kindTitle(e), f.hrefOf(c, e), wordsOfEntry(e), e.Fields.Response
	y.With, y.Offers, y.Files = strings.Join(e.Fields.With, ", "), strings.Join(e.Fields.Offers, "\n"), e.Files
	if e.By != "" {
		y.By = first(f.by(f.signer(e.By)))
	}
	if l.Plan != "" && y.Words == "" {
		y.Words = f.planName(c, l.Plan)
	}
	if len(l.Lacks) > 0 {
		y.Lacks = f.T("webreject.lacks", "fields", f.lackNames(l.Lacks))
	}
	return y
}

// rejectionChronology shows it.
func (s *Site) rejectionChronology(w http.ResponseWriter, r *http.Request) error {
	p, err := s.chronology(r)
	if err != nil {
		return err
	}
	return s.show(w, r, http.StatusOK, p)
}

// rejectionTable gives it as a table for a spreadsheet.
func (s *Site) rejectionTable(w http.ResponseWriter, r *http.Request) error {
	p, err := s.chronology(r)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	b.WriteString("\uFEFF")
	out := csv.NewWriter(&b)
	out.UseCRLF = true
	var head []string
	for _, x := range []string{"date", "time", "kind", "by", "with", "summary", "offers", "response", "files", "lacks"} {
		head = append(head, p.T("webreject.csv_"+x))
	}
	out.Write(head)
	for _, l := range p.Lines {
		out.Write(harmlessAll(l.ISO, l.Time, l.Kind, l.By, l.With, l.Words, l.Offers, l.Responded, strings.Join(l.Files, "; "), l.Lacks))
	}
	for _, l := range p.Lacks {
		out.Write(harmlessAll("", "", p.T("webreject.csv_missing"), "", "", l, "", "", "", ""))
	}
	out.Flush()
	giveTable(w, "stayput-chronology", b.Bytes())
	return nil
}
