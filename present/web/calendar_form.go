package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/desk"
)

// A calForm is what a person says of a school year.
type calForm struct {
	Form                  string // the random name of the form
	Case                  string
	Name, Year            string
	First, Last, Complete string
	Sort                  string // regular or extended
	Pupils                string
	Rows                  []calRow
	Errors                map[string]string // by the name of a field
}

// A calRow is one break or closure of it.
type calRow struct {
	N                        int
	Name, From, To           string
	Kind, Grades             string
	Gone                     bool
	Old                      bool   // it was there before
	Span                     string // its days, for the line it folds into
	Track, Recorded          string
	ErrFrom, ErrTo           string
	NameID, FromID, ToID     string
	KindField, GradesOptions []Option
}

// extended reports that the calendar is for the extended school year.
func (c *calForm) extended() bool { return c.Sort == "extended" }

// Human is the row's number as people count.
func (r calRow) Human() int { return r.N + 1 }

// How many rows a form has.
const (
	fewRows  = 4
	newRows  = 12
	mostRows = 150
)

var gradeGroups = []string{"elementary", "middle", "high", "secondary", "preschool", "tk", "k"}

// readCalForm reads what was sent.
func (s *Site) readCalForm(f *Form) calForm {
	c := calForm{
		Form: f.Text("form", 40), Case: f.Text("case", 100), Name: f.Text("name", 150), Year: f.Text("year", 10),
		First: f.Text("first", 30), Last: f.Text("last", 30), Complete: f.Text("complete", 10), Pupils: f.Text("pupils", 5), Sort: f.Text("sort", 10),
		Errors: map[string]string{},
	}
	n, _ := strconv.Atoi(f.Text("rows", 5))
	n = min(max(n, 0), mostRows)
	for i := range n {
		at := strconv.Itoa(i)
		c.Rows = append(c.Rows, calRow{
			N: i, Name: f.Text("n"+at, 200), From: f.Text("a"+at, 30), To: f.Text("b"+at, 30), Kind: f.Text("k"+at, 20), Grades: f.Text("g"+at, 100),
			Gone: f.Ticked("x" + at), Old: f.Ticked("o" + at), Track: f.Text("t"+at, 50), Recorded: f.Text("r"+at, 20),
		})
	}
	return c
}

// more adds empty rows, up to a number of rows in all.
func (c *calForm) more(n, most int) {
	for range n {
		if len(c.Rows) >= most {
			return
		}
		c.Rows = append(c.Rows, calRow{N: len(c.Rows)})
	}
}

// closures are the rows as closures; what cannot be is said at its field. today
// is noted with those that are new, zero is not.
func (f speaker) closures(c *calForm, first, last, today day.Date) []day.Closure {
	var out []day.Closure
	unsaid := map[int]bool{}
	for i := range c.Rows {
		x := &c.Rows[i]
		if x.Gone || x.Name == "" && x.From == "" && x.To == "" || x.From == "" && x.To == "" && !x.Old && i < fewRows && isSuggested(f.Frame, x.Name) {
			continue
		}
		at := strconv.Itoa(i)
		say := func(field, key string, pairs ...any) {
			t := f.T(key, pairs...)
			c.Errors[field+at] = t
			switch field {
			case "a":
				x.ErrFrom = t
			case "b":
				x.ErrTo = t
			}
		}
		a, okA := readDay(x.From)
		b, okB := readDay(x.To)
		switch {
		case x.From == "":
			say("a", "webdates.err_from")
			continue
		case !okA:
			say("a", "webdates.bad_day", "got", x.From)
			continue
		case x.To == "":
			b = a
		case !okB:
			say("b", "webdates.bad_day", "got", x.To)
			continue
		case b < a:
			say("b", "webdates.err_reversed", "from", f.cat.Date(a), "to", f.cat.Date(b))
			continue
		case b-a > 200:
			say("b", "webdates.err_long")
			continue
		}
		if first != 0 && b < first || last != 0 && a > last {
			say("a", "webdates.err_outside")
			continue
		}
		// A break that begins before school does or ends after it is cut there.
		if first != 0 {
			a = max(a, first)
		}
		if last != 0 {
			b = min(b, last)
		}
		k, said := day.ParseClosureKind(x.Kind)
		y := day.Closure{Span: day.Span{First: a, Last: b}, Name: x.Name, Kind: k, Track: x.Track}
		if y.Name == "" {
			y.Name = f.T("webdates.no_name")
			if said {
				y.Name = f.kindName(k)
			}
		}
		for _, g := range strings.Split(x.Grades, ",") {
			if g = strings.TrimSpace(g); g != "" {
				y.Grades = append(y.Grades, g)
			}
		}
		if d, err := day.Parse(x.Recorded); err == nil {
			y.Recorded = d
		} else if !x.Old {
			y.Recorded = today
		}
		unsaid[len(out)] = !said
		out = append(out, y)
	}
	guessKinds(out, unsaid)
	slices.SortStableFunc(out, func(a, b day.Closure) int { return int(a.First) - int(b.First) })
	return out
}

func isSuggested(f Frame, name string) bool {
	for _, k := range suggested {
		if f.cat.T(k) == name {
			return true
		}
	}
	return false
}

// suggested are the breaks that nearly every school has.
var suggested = []string{"webdates.break_fall", "webdates.break_winter", "webdates.break_spring"}

// ends reads the first and the last day; either may be unknown.
func (f speaker) ends(c *calForm) (first, last day.Date) {
	for _, x := range []struct {
		name, text string
		to         *day.Date
	}{{"first", c.First, &first}, {"last", c.Last, &last}} {
		if x.text == "" {
			continue
		}
		d, ok := readDay(x.text)
		if !ok {
			c.Errors[x.name] = f.T("webdates.bad_day", "got", x.text)
		}
		*x.to = d
	}
	switch {
	case len(c.Errors) > 0 || first == 0 || last == 0:
	case last < first:
		c.Errors["last"] = f.T("webdates.err_reversed", "from", f.cat.Date(first), "to", f.cat.Date(last))
	case last-first >= 400:
		c.Errors["last"] = f.T("webdates.err_year_long")
	}
	return first, last
}

// fieldsOf are the form's rows with what the template needs.
func (f speaker) dress(c *calForm) {
	for i := range c.Rows {
		x := &c.Rows[i]
		x.N = i
		at := strconv.Itoa(i)
		x.NameID, x.FromID, x.ToID = "f-n"+at, "f-a"+at, "f-b"+at
		x.Span = ""
		if a, ok := readDay(x.From); ok && x.Old {
			b, ok := readDay(x.To)
			if !ok || b < a {
				b = a
			}
			x.Span = f.cat.Span(day.Span{First: a, Last: b})
		}
		x.KindField = []Option{{Value: "", Label: f.T("webdates.kind_guess"), On: x.Kind == ""}}
		for _, k := range day.ClosureKinds() {
			x.KindField = append(x.KindField, Option{Value: k, Label: f.cat.T("webdates.kind_" + k), On: k == x.Kind})
		}
		x.GradesOptions = []Option{{Value: "", Label: f.T("webdates.grades_all"), On: x.Grades == ""}}
		known := x.Grades == ""
		for _, g := range gradeGroups {
			on := strings.EqualFold(g, x.Grades)
			known = known || on
			x.GradesOptions = append(x.GradesOptions, Option{Value: g, Label: f.cat.T("webdates.grades_" + g), On: on})
		}
		if !known {
			x.GradesOptions = append(x.GradesOptions, Option{Value: x.Grades, Label: x.Grades, On: true})
		}
	}
}

// rowFields are the fields with something wrong, for the list above the form.
func (f speaker) rowFields(c *calForm) []Field {
	var out []Field
	for i := range c.Rows {
		at := strconv.Itoa(i)
		name := c.Rows[i].Name
		if name == "" {
			name = f.T("webdates.row", "n", i+1)
		}
		for _, k := range []string{"a", "b"} {
			if e := c.Errors[k+at]; e != "" {
				out = append(out, Field{Name: k + at, Label: name, Error: e})
			}
		}
	}
	return out
}

// fields are the questions above the rows.
func (f speaker) calFields(c *calForm, years []string, edit bool) []Field {
	out := []Field{{Name: "name", Label: f.T("webdates.q_name"), Hint: f.T("webdates.q_name_hint"), Value: c.Name, Max: 150, Required: true, Error: c.Errors["name"]}}
	sort := Field{Name: "sort", Label: f.T("webdates.q_sort"), Hint: f.T("webdates.q_sort_hint"), Kind: "radio"}
	for _, v := range []string{"regular", "extended"} {
		sort.Options = append(sort.Options, Option{Value: v, Label: f.cat.T("webdates.sort_" + v), On: v == "extended" == c.extended()})
	}
	out = append(out, sort)
	if !edit {
		y := Field{Name: "year", Label: f.T("webdates.q_year"), Kind: "select", Required: true, Error: c.Errors["year"]}
		for _, l := range years {
			y.Options = append(y.Options, Option{Value: l, Label: l, On: l == c.Year})
		}
		out = append(out, y)
	}
	ends := []Field{{Name: "first", Label: f.T("webdates.q_first"), Kind: "date", Value: c.First, Error: c.Errors["first"]},
		{Name: "last", Label: f.T("webdates.q_last"), Kind: "date", Value: c.Last, Error: c.Errors["last"]}}
	for i := range ends {
		if ends[i].Required = c.extended(); !c.extended() {
			ends[i].Hint = f.T("webdates.q_unknown")
		}
	}
	return append(out, ends...)
}

func (f speaker) completeField(c *calForm) Field {
	x := Field{Name: "complete", Label: f.T("webdates.q_complete"), Hint: f.T("webdates.q_complete_hint"), Kind: "radio", Required: true, Error: c.Errors["complete"]}
	for _, v := range []string{"yes", "no", "unknown"} {
		x.Options = append(x.Options, Option{Value: v, Label: f.cat.T("webdates.complete_" + v), On: c.Complete == v || v == "unknown" && c.Complete == ""})
	}
	return x
}

// years are the school years one may make a calendar for: around today, and the
// one that was asked for.
func yearsAround(today day.Date, asked string) []string {
	var out []string
	for k := -1; k <= 1; k++ {
		out = append(out, labelOf(today.AddYears(k)))
	}
	if goodLabel(asked) && !slices.Contains(out, asked) {
		out = append(out, asked)
		slices.Sort(out)
	}
	return out
}

// goodLabel reports a name of a school year such as 2026-27.
func goodLabel(s string) bool {
	if len(s) != 7 || s[4] != '-' {
		return false
	}
	y, err := strconv.Atoi(s[:4])
	z, err2 := strconv.Atoi(s[5:])
	return err == nil && err2 == nil && y >= 1975 && y <= 2099 && z == (y+1)%100
}

// today is the civil day where the program runs, or where the child of c lives.
func (s *Site) calToday(c *desk.Case) day.Date {
	if c != nil {
		return c.Today
	}
	y, m, d := s.now().Date()
	return day.Must(y, m, d)
}

// unprocessable is the status of a form that has something wrong.
func formStatus(c *calForm) int {
	if len(c.Errors) > 0 {
		return http.StatusUnprocessableEntity
	}
	return http.StatusOK
}
