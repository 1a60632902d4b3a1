package servicelog

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/fault"
	"stayput/intake/caseload"
	"stayput/plan"
)

// A SEISKind is which of the spreadsheets of SEIS a file is.
type SEISKind string

// The spreadsheets that are read.
const (
	SEISServices       SEISKind = "services"
	SEISGoals          SEISKind = "goals"
	SEISAccommodations SEISKind = "accommodations"
)

// A SEISGoal is one goal and the row it stands in.
type SEISGoal struct {
	Row  int
	Goal plan.Goal
}

// A SEISSupport is one accommodation, modification or other support and the row it
// stands in.
type SEISSupport struct {
	Row     int
	Support plan.Support
}

// The headers of the goal and the accommodation spreadsheet, folded. Those that
// must be there come first.
var (
	seisGoals       = []string{"seis id", "last name", "first name", "goal", "baseline", "area of need", "annual goal", "birthdate", "iep date", "purpose s of goal", "standard", "person responsible"}
	seisGoalsNeeded = 4

	seisSupports = []string{"seis id", "last name", "first name", "category", "non exhaustive list to consider for instruction", "other text box 1", "other text box 2",
		"list of accommodations to consider for assessment", "to support student personnel", "dob", "iep date", "start date", "end date", "frequency", "duration", "location"}
	seisSupportsNeeded = 5
)

// ReadSEISFile reads the service, goal or accommodation spreadsheet that SEIS
// writes, whichever it is, by its header. A file of SEIS with another layout is
// refused by its name.
func ReadSEISFile(name string, data io.ReaderAt, size int64) (SEISKind, *SEISReport, error) {
	rep, err := ReadSEIS(name, data, size)
	if err == nil {
		return SEISServices, rep, nil
	}
	key := ""
	if all := fault.All(err); len(all) > 0 {
		key = all[0].Key
	}
	kind, read := SEISGoals, readSEISGoals
	switch key {
	case "servicelog.seis_other_goals":
	case "servicelog.seis_other_accommodations":
		kind, read = SEISAccommodations, readSEISSupports
	default:
		return "", nil, err
	}
	tables, from1904, err := tablesOf(name, data, size)
	if err != nil {
		return "", nil, err
	}
	var first error
	for _, t := range tables {
		rep, err := read(name, t, from1904)
		if err == nil {
			return kind, rep, nil
		}
		first = cmpErr(first, err)
	}
	return "", nil, first
}

// tablesOf are the tables of a file: of a workbook its visible sheets.
func tablesOf(name string, data io.ReaderAt, size int64) ([]table, bool, error) {
	head, err := sniff(name, data, size)
	if err != nil {
		return nil, false, err
	}
	if !bytes.HasPrefix(head, []byte("PK")) {
		all, err := io.ReadAll(io.NewSectionReader(data, 0, size))
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, false, refuse(name, 0, "file.unreadable").Wrap(err)
		}
		text, _, ok := caseload.DecodeText(all)
		if !ok {
			return nil, false, refuse(name, 0, "servicelog.not_text")
		}
		return []table{csvTable{name, text}}, false, nil
	}
	b, err := readBook(name, data, size)
	if err == nil {
		var sheets []sheetOf
		if sheets, err = b.sheets(); err == nil {
			var out []table
			for _, s := range sheets {
				out = append(out, sheetTable{b: b, part: s.part})
			}
			return out, b.from1904, nil
		}
	}
	return nil, false, sheetTable{b: &book{name: name}}.fail(err)
}

// A seisRow is one row below the header.
type seisRow struct {
	n     int
	cells []cell
	col   map[string]int
	rep   *SEISReport
	name  string
	dates rowReader
}

func (r *seisRow) cell(head string) cell {
	i, ok := r.col[head]
	if !ok || i >= len(r.cells) {
		return cell{}
	}
	return r.cells[i]
}

// text is a cell without numbers that nobody may keep.
func (r *seisRow) text(head string, most int) string {
	s, _ := caseload.HideNumbers(strings.Clone(cut(r.cell(head).text, most)))
	return s
}

func (r *seisRow) day(head string) day.Date {
	c := r.cell(head)
	if c.empty() {
		return 0
	}
	d, ok := r.dates.day(c, caseload.MonthFirst)
	if !ok {
		return 0
	}
	return d
}

func (r *seisRow) warn(key string, pairs ...string) {
	pairs = append(pairs, "row", strconv.Itoa(r.n), "who", initials(r.text("first name", 100), r.text("last name", 100)))
	r.rep.Warnings = append(r.rep.Warnings, fault.New(fault.Invalid, fault.Position{File: r.name, Line: r.n}, key, pairs...))
}

// child is the child of a row, or nil with a warning when the row names none.
func (r *seisRow) child(born string) *SEISPlan {
	id := r.text("seis id", 60)
	if id == "" {
		r.warn("servicelog.seis_no_id")
		return nil
	}
	i := slices.IndexFunc(r.rep.Plans, func(p SEISPlan) bool { return p.SEISID == id })
	if i < 0 {
		i = len(r.rep.Plans)
		r.rep.Plans = append(r.rep.Plans, SEISPlan{SEISID: id, First: r.text("first name", 100), Last: r.text("last name", 100), Born: r.day(born)})
	}
	p := &r.rep.Plans[i]
	if on := r.day("iep date"); on != 0 {
		p.IEPDate = on
	}
	return p
}

// eachSEIS finds the header and gives each row below it.
func eachSEIS(name string, t table, from1904 bool, heads []string, needed int, each func(*seisRow)) (*SEISReport, error) {
	r := &seisRow{rep: &SEISReport{}, name: name, dates: rowReader{f: &File{from1904: from1904}}}
	var found map[string]int
	looked := 0
	err := t.each(func(n int, cells []cell) bool {
		if r.col == nil {
			looked++
			here := map[string]int{}
			for i, c := range cells {
				h := caseload.Fold(headText(c))
				if caseload.RefusedHeader(h) != "" || !slices.Contains(heads, h) {
					continue
				}
				if _, twice := here[h]; !twice {
					here[h] = i
				}
			}
			if len(here) > len(found) {
				found = here
			}
			if !slices.ContainsFunc(heads[:needed], func(h string) bool { _, ok := here[h]; return !ok }) {
				r.col = here
			}
			return looked < slack || r.col != nil
		}
		r.rep.Rows++
		r.n, r.cells = n, cells
		each(r)
		return true
	})
	if err != nil {
		return nil, err
	}
	if r.col == nil {
		var missing []string
		for _, h := range heads[:needed] {
			if _, ok := found[h]; !ok {
				missing = append(missing, h)
			}
		}
		return nil, refuse(name, 0, "servicelog.seis_parts_layout", "missing", strings.Join(missing, ", "))
	}
	return r.rep, nil
}

// The longest text of a goal and of a support.
const (
	mostGoal    = MaxCell
	mostSupport = 2000
)

func readSEISGoals(name string, t table, from1904 bool) (*SEISReport, error) {
	return eachSEIS(name, t, from1904, seisGoals, seisGoalsNeeded, func(r *seisRow) {
		text := r.text("goal", mostGoal)
		if text == "" {
			r.warn("servicelog.seis_no_goal")
			return
		}
		p := r.child("birthdate")
		if p == nil {
			return
		}
		if len(text) >= mostGoal-3 {
			r.warn("servicelog.seis_cut")
		}
		g := plan.Goal{Number: r.text("annual goal", 40), Area: r.text("area of need", 200), Text: text, Baseline: r.text("baseline", mostGoal),
			Purposes: parts(r.text("purpose s of goal", 1000)), Standard: r.text("standard", 1000), Responsible: parts(r.text("person responsible", 500))}
		p.Goals = append(p.Goals, SEISGoal{Row: r.n, Goal: g})
	})
}

func readSEISSupports(name string, t table, from1904 bool) (*SEISReport, error) {
	return eachSEIS(name, t, from1904, seisSupports, seisSupportsNeeded, func(r *seisRow) {
		boxes := strings.Trim(r.text("other text box 1", mostSupport)+"; "+r.text("other text box 2", mostSupport), "; ")
		class, test := r.text("non exhaustive list to consider for instruction", mostSupport), r.text("list of accommodations to consider for assessment", mostSupport)
		both := other(class) && other(test)
		if other(class) {
			class = boxes
		}
		if other(test) {
			if test = boxes; both {
				test = "" // one text cannot be told from the other
			}
		}
		if class == "" && test == "" {
			class = boxes
		}
		if class == "" && test == "" {
			r.warn("servicelog.seis_no_support")
			return
		}
		p := r.child("dob")
		if p == nil {
			return
		}
		if both {
			r.warn("servicelog.seis_both_other")
		}
		s := plan.Support{Type: supportType(r.text("category", 200), r.text("to support student personnel", 100)), For: r.text("to support student personnel", 100),
			From: r.day("start date"), To: r.day("end date"), Frequency: r.text("frequency", 200), Duration: r.text("duration", 200), Location: r.text("location", 300)}
		for _, head := range []string{"start date", "end date"} {
			if c := r.cell(head); !c.empty() && r.day(head) == 0 {
				r.warn("servicelog.seis_date", "value", cut(c.text, 40))
			}
		}
		if s.From != 0 && s.To != 0 && s.To < s.From {
			r.warn("servicelog.seis_dates_turned")
			s.From, s.To = 0, 0
		}
		if class != "" {
			x := s
			x.Text = class
			p.Supports = append(p.Supports, SEISSupport{r.n, x})
		}
		if test != "" {
			x := s
			x.Text, x.Test = test, "assessment"
			p.Supports = append(p.Supports, SEISSupport{r.n, x})
		}
	})
}

// other reports the entry of a list that says: see the box beside it.
func other(s string) bool {
	f := caseload.Fold(s)
	return f == "other" || f == "others" || f == "other see box" || f == "otro"
}

// supportType is what sort of support a category names.
func supportType(category, whom string) plan.SupportType {
	f, w := caseload.Fold(category), caseload.Fold(whom)
	switch {
	case strings.Contains(f, "modification"):
		return "modification"
	case strings.Contains(f, "accommodation"):
		return "accommodation"
	case strings.Contains(w, "personnel") && !strings.Contains(w, "student"), strings.Contains(w, "staff"):
		return "support_for_staff"
	case strings.Contains(f, "support"):
		return "supplementary_aid"
	}
	return ""
}

// parts are the pieces of a cell that lists several things.
func parts(s string) []string {
	var out []string
	for p := range strings.FieldsFuncSeq(s, func(c rune) bool { return c == ';' || c == '\n' || c == ',' }) {
		if p = strings.TrimSpace(p); p != "" && len(out) < 20 {
			out = append(out, p)
		}
	}
	return out
}

// SameChild reports that two names are the same by their words, in any order.
func SameChild(a, b string) bool { return sameChild(caseload.Fold(a), caseload.Fold(b)) }

// Of finds the child of a name, or nil. Several of one name are none.
func (r *SEISReport) Of(name string) *SEISPlan {
	var found *SEISPlan
	for i := range r.Plans {
		p := &r.Plans[i]
		if SameChild(name, p.First+" "+p.Last) {
			if found != nil {
				return nil
			}
			found = p
		}
	}
	return found
}

// Initials are the first letters of the child's name.
func (p *SEISPlan) Initials() string { return initials(p.First, p.Last) }
