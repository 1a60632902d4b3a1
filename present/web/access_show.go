package web

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"stayput/day"
	"stayput/desk"
	"stayput/locale"
	"stayput/people"
)

// An accessPage is the access log: who read what, when, with which device.
type accessPage struct {
	Frame
	All      bool // of everybody; else one's own lines
	Days     []accessDay
	Fields   []Field
	Filtered bool
	Older    string
	First    string // back to the latest; "" on the first page
	CSV      string
}

func (accessPage) template() string { return "access_show" }

// An accessDay is what was read on one day.
type accessDay struct {
	Name  string
	Lines []accessLine
}

// An accessLine is one line of the access log in plain words.
type accessLine struct{ Time, ISO, Who, Did, Case, Href, Page, Device string }

var (
	_ = sample(func() page {
		return accessPage{All: true, Filtered: true, Older: "/access?from=3", First: "/access", CSV: "/access.csv",
			Fields: []Field{{Name: "person", Label: "x", Kind: "select", Options: []Option{{Value: "a", Label: "b"}}}},
			Days:   []accessDay{{"d", []accessLine{{"t", "i", "w", "d", "c", "/cases/c1", "p", "v"}, {Time: "t", Did: "d"}}}}}
	})
	_ = sample(func() page { return accessPage{} })
)

// How many lines one page shows, and a table holds at most.
const (
	accessLines = 60
	accessTable = 50_000
)

// accessFilter reads what is asked for from the address of a page. What is no day
// is not taken for one.
func accessFilter(r *http.Request) (f desk.AccessFilter, from int64) {
	q := r.URL.Query()
	f.Person, f.Case = people.PersonID(clean(q.Get("person"))), people.CaseID(clean(q.Get("case")))
	if d, err := day.Parse(q.Get("day")); err == nil {
		f.Day = d
	}
	from, _ = strconv.ParseInt(q.Get("from"), 10, 64)
	return f, max(from, 0)
}

// accessShow shows the access log, the latest first.
func (s *Site) accessShow(w http.ResponseWriter, r *http.Request) error {
	f, from := accessFilter(r)
	got, err := s.desk.Accesses(r.Context(), who(r), f, from, accessLines)
	if err != nil {
		return err
	}
	p := accessPage{Frame: s.frame(r, "records.access", "settings"), All: got.All, Filtered: f != desk.AccessFilter{}}
	if err := s.accessFields(r, &p, f, got.All); err != nil {
		return err
	}
	for i := range got.Lines {
		x := &got.Lines[i]
		name := p.cat.DateFull(dayOf(x.At))
		if n := len(p.Days); n == 0 || p.Days[n-1].Name != name {
			p.Days = append(p.Days, accessDay{Name: name})
		}
		d := &p.Days[len(p.Days)-1]
		d.Lines = append(d.Lines, p.speak().accessLine(x, &got))
	}
	link := func(path string, from int64) string {
		v := url.Values{}
		for _, n := range []string{"person", "case", "day"} {
			if x := r.URL.Query().Get(n); x != "" {
				v.Set(n, x)
			}
		}
		if from > 0 {
			v.Set("from", strconv.FormatInt(from, 10))
		}
		if len(v) == 0 {
			return path
		}
		return path + "?" + v.Encode()
	}
	p.CSV = link("/access.csv", 0)
	if got.Next > 0 {
		p.Older = link("/access", got.Next)
	}
	if from > 0 {
		p.First = link("/access", 0)
	}
	return s.show(w, r, http.StatusOK, p)
}

// accessFields are the questions of the filter.
func (s *Site) accessFields(r *http.Request, p *accessPage, f desk.AccessFilter, all bool) error {
	if all {
		ps, err := s.desk.AccessPeople(r.Context(), who(r))
		if err != nil {
			return err
		}
		who := Field{Name: "person", Label: p.T("records.access_who"), Kind: "select", Options: []Option{{Label: p.T("records.access_anybody")}}}
		for _, x := range ps {
			who.Options = append(who.Options, Option{Value: string(x.ID), Label: p.speak().nameOr(x.Name), On: x.ID == f.Person})
		}
		p.Fields = append(p.Fields, who)
	}
	cases, err := s.desk.CaseTitles(r.Context(), who(r))
	if err != nil {
		return err
	}
	which := Field{Name: "case", Label: p.T("records.access_case"), Kind: "select", Options: []Option{{Label: p.T("records.access_any_case")}}}
	for _, c := range cases {
		which.Options = append(which.Options, Option{Value: string(c.ID), Label: caseTitle(p.cat, c), On: c.ID == f.Case})
	}
	on := Field{Name: "day", Label: p.T("records.access_day"), Kind: "date"}
	if f.Day != 0 {
		on.Value = f.Day.String()
	}
	p.Fields = append(p.Fields, which, on)
	return nil
}

// accessLine puts a line into words.
func (f speaker) accessLine(x *desk.Seen, all *desk.Accesses) accessLine {
	at := x.At.Local()
	l := accessLine{Time: f.cat.Time(int16(at.Hour()*60 + at.Minute())), ISO: at.Format(time.RFC3339), Who: f.nameOr(all.Names[x.Person]), Did: f.didWord(x)}
	if c := all.Titles[x.Case]; c != nil {
		l.Case, l.Href = caseTitle(f.cat, c), casePath(c)
	}
	if x.Action == "lost" {
		l.Who = ""
		return l
	}
	l.Page = f.pageWord(x.Page)
	l.Device = all.Devices[x.Device]
	switch {
	case l.Device != "":
	case x.Device == "" && x.Page == "":
	case x.Device == "":
		l.Device = f.T("records.device_here")
	default:
		l.Device = f.T("records.device_other")
	}
	return l
}

// didWord says in plain words what was done; an action without words of its own is
// shown by its name.
func (f speaker) didWord(x *desk.Seen) string {
	if x.Action == "lost" {
		n, _ := strconv.Atoi(x.Page)
		return f.N("records.lost", n)
	}
	if key := "records.did_" + x.Action; f.cat.Has(key) {
		return f.cat.T(key)
	}
	return x.Action
}

// pageWord is how a page or command is called.
func (f speaker) pageWord(name string) string {
	if key := "records.on_" + name; f.cat.Has(key) {
		return f.cat.T(key)
	}
	return name
}

// nameOr is a person's name, or a word for somebody who gave none.
func (f speaker) nameOr(name string) string {
	if name == "" {
		return f.T("records.nameless")
	}
	return name
}

// accessTableFile gives the lines as a table for a spreadsheet.
func (s *Site) accessTableFile(w http.ResponseWriter, r *http.Request) error {
	f, _ := accessFilter(r)
	data, err := s.accessCSV(r, f)
	if err != nil {
		return err
	}
	giveTable(w, "stayput-access-"+s.today().String(), data)
	return nil
}

func (s *Site) accessCSV(r *http.Request, f desk.AccessFilter) ([]byte, error) {
	fr := s.wordsOf(r)
	var b bytes.Buffer
	b.WriteString("\uFEFF")
	out := csv.NewWriter(&b)
	out.UseCRLF = true
	out.Write(fr.speak().head("when", "who", "did", "case", "page", "device"))
	got, err := s.desk.Accesses(r.Context(), who(r), f, 0, accessTable)
	if err != nil {
		return nil, err
	}
	for i := range got.Lines {
		x := &got.Lines[i]
		l := fr.speak().accessLine(x, &got)
		out.Write(harmlessAll(x.At.Local().Format("2006-01-02 15:04:05"), l.Who, l.Did, l.Case, l.Page, l.Device))
	}
	out.Flush()
	return b.Bytes(), out.Error()
}

// wordsOf is a frame for words alone: it takes no notes away from the next page.
func (s *Site) wordsOf(r *http.Request) Frame {
	cat, _ := locale.For(s.lang(r))
	return Frame{Lang: s.lang(r), cat: cat, assets: s.assets, site: s, who: who(r)}
}

// head is the first line of a table.
func (f speaker) head(names ...string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = f.cat.T("records.csv_" + n)
	}
	return out
}

func harmlessAll(row ...string) []string {
	for i := range row {
		row[i] = harmless(row[i])
	}
	return row
}

// giveTable answers with a table for a spreadsheet.
func giveTable(w http.ResponseWriter, name string, data []byte) {
	h := w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8; header=present")
	h.Set("Content-Disposition", disposition("attachment", name+".csv"))
	h.Set("Content-Length", strconv.Itoa(len(data)))
	h.Set("Cache-Control", "private, no-store")
	w.WriteHeader(http.StatusOK)
	w.Write(data)
}
