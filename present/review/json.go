package review

import (
	"encoding/json"
	"io"

	"stayput/derive/plan/compare"
	"stayput/derive/plan/review"
	"stayput/locale"
	"stayput/plan"
)

// A jsonFinding is a finding as the contract of `review` has it.
type jsonFinding struct {
	Plan     string            `json:"plan"`
	Item     string            `json:"item"` // the first of items; "" when it is about the whole plan
	Items    []string          `json:"items"`
	Finding  string            `json:"finding"`
	Severity string            `json:"severity"`
	Message  string            `json:"message"`
	Ask      string            `json:"ask"`
	Values   map[string]string `json:"values,omitempty"`
	Citation string            `json:"citation,omitempty"`
	Rule     string            `json:"rule,omitempty"`
	Checked  string            `json:"checked,omitempty"`
	Rank     int               `json:"rank"`
	First    bool              `json:"first"` // one of those shown first
}

// ReviewJSON writes findings under the key `review`.
func ReviewJSON(w io.Writer, cat *locale.Catalog, fs []review.Finding) error {
	return write(w, map[string]any{"review": reviewJSON(cat, fs)})
}

// reviewJSON are the findings as the contract has them. They may be of several
// plans, each in its own order.
func reviewJSON(cat *locale.Catalog, fs []review.Finding) []jsonFinding {
	out := []jsonFinding{}
	place := map[string]int{}
	for i := range fs {
		f := &fs[i]
		j := jsonFinding{Plan: f.Plan, Items: f.Items, Finding: f.Name, Severity: string(f.Severity), Message: Says(cat, f), Ask: Asks(cat, f),
			Values: f.Args, Citation: f.Citation, Rule: string(f.Rule), Checked: f.Checked.Level, Rank: f.Rank, First: place[f.Plan] < review.Top}
		place[f.Plan]++
		if len(f.Items) > 0 {
			j.Item = f.Items[0]
		} else {
			j.Items = []string{}
		}
		out = append(out, j)
	}
	return out
}

type jsonField struct {
	Field  string `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

type jsonWeek struct {
	Before *string `json:"before"` // null: not there, or the amount is not said
	After  *string `json:"after"`
}

type jsonChange struct {
	Change string      `json:"change"`
	Part   string      `json:"part"`
	Before string      `json:"before,omitempty"`
	After  string      `json:"after,omitempty"`
	Name   string      `json:"name"`
	Fields []jsonField `json:"fields,omitempty"`
	Week   *jsonWeek   `json:"minutes_a_week,omitempty"`
}

type jsonTotal struct {
	Name      string   `json:"name"`
	Code      string   `json:"code,omitempty"`
	ESY       bool     `json:"esy"`
	Week      jsonWeek `json:"minutes_a_week"`
	Uncertain bool     `json:"uncertain"` // some line does not say how much
}

// CompareJSON writes a comparison. Minutes are exact: a whole number, a decimal,
// or a whole number and a fraction.
func CompareJSON(w io.Writer, c *compare.Comparison) error {
	rate := func(r plan.Rate, known bool) *string {
		if !known {
			return nil
		}
		s := r.String()
		return &s
	}
	changes, totals := []jsonChange{}, []jsonTotal{}
	for _, x := range c.Changes {
		j := jsonChange{Change: string(x.Kind), Part: string(x.Part), Before: x.Before, After: x.After, Name: x.Name}
		for _, f := range x.Fields {
			j.Fields = append(j.Fields, jsonField{f.Name, f.Before, f.After})
		}
		if a := x.Amount; a != nil {
			j.Week = &jsonWeek{rate(a.Before, a.KnownBefore), rate(a.After, a.KnownAfter)}
		}
		changes = append(changes, j)
	}
	for _, t := range c.Totals {
		totals = append(totals, jsonTotal{t.Name, t.Code, t.ESY, jsonWeek{rate(t.Before, t.InBefore), rate(t.After, t.InAfter)}, t.UncertainBefore || t.UncertainAfter})
	}
	return write(w, map[string]any{"before": c.Before, "after": c.After, "convention": c.Convention, "changes": changes, "totals": totals})
}

func write(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
