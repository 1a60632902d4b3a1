package web

import (
	"html/template"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/locale"
)

// The parts of kit.html, as pages fill them in.
type (
	// A Field is one question of a form.
	Field struct {
		Name, Label, Hint, Kind, Value string // Kind: see kit.html
		Options                        []Option
		Error                          string
		Required                       bool
		Autocomplete, InputMode        string
		Rows, Max                      int
	}
	// An Option is one answer of a Field.
	Option struct {
		Value, Label, Hint string
		On                 bool
	}
	// A Hidden is a value a form carries along.
	Hidden struct{ Name, Value string }
	// A Confirm asks before something is done.
	Confirm struct {
		Question, Text, Action, Button, Back, Tone string
		Hidden                                     []Hidden
	}
	// An Empty stands where there is nothing yet.
	Empty struct{ Icon, Title, Text, Href, Action string }
	// A Tag is a short mark beside something.
	Tag struct{ Tone, Text string }
	// A Cite is where a rule stands.
	Cite struct{ Text, Source, Checked string }
	// A DateBox is a date drawn as a leaf of a calendar.
	DateBox struct {
		ISO, Weekday, Day, Month, Year, Long string
		Or, Tone, Vague                      string
	}
)

// dateBox draws a date.
func dateBox(c *locale.Catalog, d day.Date, tone string) DateBox {
	y, _, n := d.Civil()
	return DateBox{
		ISO: d.String(), Weekday: c.WeekdayShort(d.Weekday()), Day: strconv.Itoa(n),
		Month: strings.Trim(c.DayShort(d), " 0123456789"), Year: strconv.Itoa(y), Long: c.DateFull(d), Tone: tone,
	}
}

// A part is what a template of the kit sees: the page as P, for its words, and
// the part itself as X.
type part struct{ P, X any }

// functions are what templates may call besides the page's own methods.
var functions = template.FuncMap{
	"of": func(p, x any) part { return part{p, x} },
	// fields gathers several Fields, for the list of errors above a form.
	"fields": func(fs ...Field) []Field { return fs },
	"tone":   func(tone, text string) Tag { return Tag{tone, text} },
}
