package servicelog

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"stayput/day"
	"stayput/fault"
	"stayput/intake/caseload"
	"stayput/plan"
)

// The headers of the service spreadsheet that SEIS writes, folded. Those that
// tell it from every other file come first.
var seisServices = []string{
	"seis id", "special education service code", "service duration", "service frequency code",
	"ssid", "student legal first name", "student legal last name", "student birth date", "enrollment date", "reporting lea",
	"district of special education accountability", "school of attendance", "grade", "case manager",
	"special education service provider code", "nonpublic agency identifier npa", "special education service location code",
}

// seisNeeded is how many of seisServices must be there.
const seisNeeded = 4

// seisOthers are headers that tell the other spreadsheets SEIS writes.
var seisOthers = []struct{ header, which string }{
	{"annual goal", "goals"}, {"non exhaustive list to consider for instruction", "accommodations"}, {"date of next annual plan review", "student"}, {"student ssid", "testing"},
}

// A SEISPlan is what a SEIS spreadsheet holds of one child: services, goals or
// supports.
type SEISPlan struct {
	SEISID, SSID, First, Last string
	Born                      day.Date
	IEPDate                   day.Date
	Lines                     []SEISLine
	Goals                     []SEISGoal
	Supports                  []SEISSupport
}

// A SEISLine is one line of services and the row it stands in.
type SEISLine struct {
	Row     int
	Service plan.Service
}

// A SEISReport is what a SEIS spreadsheet holds. Warnings name children by
// their initials only.
type SEISReport struct {
	Plans    []SEISPlan // in the order of the file
	Warnings []*fault.Error
	Rows     int
}

// ReadSEIS reads the service spreadsheet that SEIS writes, as XLSX or saved again
// as CSV. It is read by its header; a file whose header is another is refused.
// Rows that cannot be read are kept as warnings.
func ReadSEIS(name string, data io.ReaderAt, size int64) (*SEISReport, error) {
	head, err := sniff(name, data, size)
	if err != nil {
		return nil, err
	}
	if !bytes.HasPrefix(head, []byte("PK")) {
		all, err := io.ReadAll(io.NewSectionReader(data, 0, size))
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, refuse(name, 0, "file.unreadable").Wrap(err)
		}
		text, _, ok := caseload.DecodeText(all)
		if !ok {
			return nil, refuse(name, 0, "servicelog.not_text")
		}
		return readSEIS(name, csvTable{name, text}, false)
	}
	b, err := readBook(name, data, size)
	if err == nil {
		var sheets []sheetOf
		if sheets, err = b.sheets(); err == nil {
			var first error
			for _, s := range sheets {
				rep, err := readSEIS(name, sheetTable{b: b, part: s.part}, b.from1904)
				if err == nil {
					return rep, nil
				}
				first = cmpErr(first, err)
			}
			return nil, first
		}
	}
	return nil, sheetTable{b: &book{name: name}}.fail(err)
}

func readSEIS(name string, t table, from1904 bool) (*SEISReport, error) {
	rep := &SEISReport{}
	col := map[string]int{}
	headRow := 0
	other := ""
	var found []string
	at := map[string]int{} // plans by SEIS ID
	looked := 0
	err := t.each(func(n int, cells []cell) bool {
		if headRow == 0 {
			looked++
			here := map[string]int{}
			for i, c := range cells {
				h := caseload.Fold(headText(c))
				if slices.Contains(seisServices, h) {
					if _, twice := here[h]; !twice {
						here[h] = i
					}
				}
				for _, o := range seisOthers {
					if h == o.header || strings.HasPrefix(h, o.header+" ") {
						other = o.which
					}
				}
			}
			if len(here) > len(found) {
				found = found[:0]
				for h := range here {
					found = append(found, h)
				}
			}
			if !slices.ContainsFunc(seisServices[:seisNeeded], func(h string) bool { _, ok := here[h]; return !ok }) {
				headRow, col = n, here
			}
			return looked < slack
		}
		rep.Rows++
		get := func(h string) cell {
			i, ok := col[h]
			if !ok || i >= len(cells) {
				return cell{}
			}
			return cells[i]
		}
		text := func(h string) string { return strings.Clone(cut(get(h).text, 300)) }
		first, last := text("student legal first name"), text("student legal last name")
		warn := func(key string, pairs ...string) {
			pairs = append(pairs, "row", strconv.Itoa(n), "who", initials(first, last))
			rep.Warnings = append(rep.Warnings, fault.New(fault.Invalid, fault.Position{File: name, Line: n}, key, pairs...))
		}
		id := text("seis id")
		code, label := codeAndLabel(text("special education service code"))
		if id == "" {
			warn("servicelog.seis_no_id")
			return true
		}
		if code == "" && label == "" {
			warn("servicelog.seis_no_service")
			return true
		}
		s := plan.Service{Code: code, Name: label, AsWritten: strings.TrimSpace(text("service duration") + " ; " + text("service frequency code"))}
		freq, freqLabel := codeAndLabel(text("service frequency code"))
		switch freq {
		case "10":
			s.Per = plan.PerDay
		case "20":
			s.Per = plan.PerWeek
		case "30":
			s.Per = plan.PerMonth
		case "40":
			s.Per = plan.PerYear
		default:
			warn("servicelog.seis_frequency", "value", cut(freq+" "+freqLabel, 40))
			return true
		}
		minutes, bad := readMinutes(get("service duration"))
		if bad == "minutes_above_day" { // a total for a month or a year
			if v, err := strconv.ParseFloat(strings.ReplaceAll(get("service duration").text, ",", ""), 64); err == nil && v >= 0 && v <= 366*24*60 && v == float64(int(v)) {
				minutes, bad = plan.CountOf(int(v)), ""
			}
		}
		if bad != "" || !minutes.Said {
			warn("servicelog.seis_duration", "value", cut(get("service duration").text, 40))
			return true
		}
		s.Total = minutes
		_, s.Provider = codeAndLabel(text("special education service provider code"))
		s.LocationCode, s.Location = codeAndLabel(text("special education service location code"))
		if npa := text("nonpublic agency identifier npa"); npa != "" {
			s.Comments = npa
		}
		i, ok := at[id]
		if !ok {
			i = len(rep.Plans)
			at[id] = i
			p := SEISPlan{SEISID: id, SSID: text("ssid"), First: first, Last: last}
			r := rowReader{f: &File{from1904: from1904}}
			if b := get("student birth date"); !b.empty() {
				if d, ok := r.day(b, caseload.MonthFirst); ok {
					p.Born = d
				}
			}
			rep.Plans = append(rep.Plans, p)
		}
		p := &rep.Plans[i]
		s.ID = "seis-" + strconv.Itoa(len(p.Lines)+1)
		p.Lines = append(p.Lines, SEISLine{Row: n, Service: s})
		return true
	})
	switch {
	case err != nil:
		return nil, err
	case headRow == 0 && other != "":
		return nil, refuse(name, 0, "servicelog.seis_other_"+other)
	case headRow == 0:
		var missing []string
		for _, h := range seisServices[:seisNeeded] {
			if !slices.Contains(found, h) {
				missing = append(missing, h)
			}
		}
		return nil, refuse(name, 0, "servicelog.seis_layout", "missing", strings.Join(missing, ", "))
	}
	return rep, nil
}

// codeAndLabel divides "415 - Language and Speech".
func codeAndLabel(s string) (code, label string) {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	code, label = s[:i], strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(s[i:]), "-–— "))
	return code, label
}

// initials are the first letters of a name.
func initials(names ...string) string {
	s := ""
	for _, n := range names {
		if r, size := utf8.DecodeRuneInString(n); size > 0 && r != utf8.RuneError {
			s += string(r) + "."
		}
	}
	if s == "" {
		return "?"
	}
	return s
}
