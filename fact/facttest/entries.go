// Package facttest writes the facts of tests down in short lines. What is no fact ends
// the test at once.
package facttest

import (
	"fmt"
	"strings"

	"stayput/day"
	"stayput/fact"
)

// Day is a day as 2025-03-03; "" is none.
func Day(s string) day.Date {
	if s == "" {
		return 0
	}
	d, err := day.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// Entries reads entries, one to a line: "id kind date field=value ...". Fields have the
// names of a case file; lists have commas between their values.
func Entries(text string) []fact.Entry {
	var out []fact.Entry
	for _, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		if len(words) < 3 {
			panic(fmt.Sprintf("facttest: %q is not \"id kind date\"", line))
		}
		when, err := day.ParseWhen(words[2])
		if err != nil {
			panic(err)
		}
		e := fact.Entry{ID: words[0], Kind: fact.MustLookup(words[1]), On: when}
		for _, w := range words[3:] {
			name, value, _ := strings.Cut(w, "=")
			set(&e, name, value)
		}
		out = append(out, e)
	}
	return out
}

// set fills in one field.
func set(e *fact.Entry, name, value string) {
	f := &e.Fields
	switch name {
	case "re":
		e.Re = value
	case "by":
		e.By = value
	case "filed_by":
		f.FiledBy = value
	case "until":
		f.Until = Day(value)
	case "plan":
		f.Plan = value
	case "parts":
		f.Parts = strings.Split(value, ",")
	case "except":
		f.Except = strings.Split(value, ",")
	case "about":
		f.About = strings.Split(value, ",")
	case "conditions":
		f.Conditions = value
	case "transfer_from":
		f.TransferFrom = value
	case "granted":
		f.Granted = tri(value)
	case "result":
		f.Result = tri(value)
	case "written":
		f.Written = tri(value)
	case "initial":
		f.Initial = tri(value)
	case "received":
		f.Received = tri(value)
	case "expedited":
		f.Expedited = tri(value)
	case "prior_notice":
		f.PriorNotice = tri(value)
	default:
		panic("facttest: no field " + name)
	}
}

func tri(s string) fact.Tri {
	switch s {
	case "yes":
		return fact.Yes
	case "no":
		return fact.No
	}
	panic("facttest: neither yes nor no: " + s)
}

// Entry is one entry of a day, with what else is set on it.
func Entry(id, date, kind string, set ...func(*fact.Entry)) fact.Entry {
	e := fact.Entry{ID: id, On: day.On(Day(date)), Kind: fact.MustLookup(kind)}
	for _, f := range set {
		f(&e)
	}
	return e
}
