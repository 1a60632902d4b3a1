package papers

import (
	"slices"
	"testing"

	"stayput/day"
	"stayput/derive/draft"
	"stayput/paper"
)

func on(s string) day.Date {
	d, err := day.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// asOf is a Sunday: November 22, 2026.
var asOf = on("2026-11-22")

func families(t testing.TB) []*Family {
	t.Helper()
	var out []*Family
	for _, name := range Families {
		f, err := Open("../..", name, asOf)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out = append(out, f)
	}
	return out
}

// Every field and every list that a text may name has a value in some record: none is a
// promise that nobody keeps.
func TestEveryField(t *testing.T) {
	fields, lists := map[string]bool{}, map[string]bool{}
	for _, f := range families(t) {
		for _, id := range []string{"", "demand-pwn", "request-iep-meeting", "state-complaint", "meeting-notice", "follow-up-letter"} {
			in := f.In
			in.Office = draft.Office{Name: "office", How: "by mail"}
			in.Gaps = []draft.Gap{{Paper: "pwn", Item: "basis", Law: "34 CFR 300.503(b)", Entry: "report"}, {Paper: "pwn", Item: "why", Law: "34 CFR 300.503(b)", Entry: "report", Weak: true, Quote: "The team decided.", Lack: "why"}}
			if id != "" {
				p, err := paper.Get(id)
				if err != nil {
					continue
				}
				in.Paper = p
			}
			if id == "state-complaint" {
				in.About = "no-eval"
			}
			if id == "request-iep-meeting" {
				in.About = "met" // of the family that has it
			}
			out := draft.Gather(in)
			for k := range out.Fields {
				fields[k] = true
			}
			for k, rows := range out.Lists {
				lists[k] = true
				for _, r := range rows {
					for f := range r.Values {
						lists[k+"."+f] = true
					}
				}
			}
		}
	}
	var never []string
	for k := range paper.Fields {
		if !fields[k] {
			never = append(never, k)
		}
	}
	for k, of := range paper.Lists {
		for f := range of {
			if !lists[k+"."+f] {
				never = append(never, k+"."+f)
			}
		}
	}
	slices.Sort(never)
	if len(never) > 0 {
		t.Errorf("nobody sets %v", never)
	}
}
