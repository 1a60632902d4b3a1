package lawtest

import (
	"fmt"
	"io/fs"
	"sort"
	"strings"
	"testing"

	"stayput/day"
	"stayput/fact"
	"stayput/intake/casefile"
	"stayput/law"
)

func TestZZDays(t *testing.T) {
	files, _, book := theirPacks(t)
	calendars, _ := fs.Sub(files, "calendars")
	r := &Runner{Book: book, Calendars: calendars}
	seen := map[string]int{}
	shown := 0
	runs := 0
	one := func(juris string, cals []string, track, grade string, kind fact.Kind, f fact.Fields, d day.Date, only string) {
		l, _, err := book.For(juris)
		if err != nil {
			t.Fatal(err)
		}
		x := &Example{ID: fmt.Sprint(cals, track, d, kind, f.FiledBy, f.Expedited, f.TransferFrom), Calendars: cals}
		x.File = &casefile.File{Case: fact.Case{Jurisdiction: []fact.Dated{{Is: juris}}, Child: fact.Child{Grade: grade, Track: track}},
			Entries: []fact.Entry{{ID: "e", Kind: kind, On: day.On(d), Fields: f}}}
		for _, ri := range l.StartedBy(kind) {
			ru := l.Rules[ri]
			if !ru.Numeric() || ru.Kind == law.Event || only != "" && string(ru.ID) != only {
				continue
			}
			x.Expect = append(x.Expect, Expect{Rule: string(ru.ID), Fields: []Field{{Name: "due"}}})
		}
		if len(x.Expect) == 0 {
			return
		}
		b, err := r.Brief(x)
		if err != nil {
			t.Fatal(err)
		}
		ds, err := r.recount(x, b)
		if err != nil {
			t.Fatal(err)
		}
		runs++
		for _, df := range ds {
			key := df.Rule + " " + fmt.Sprint(cals)
			seen[key]++
			if seen[key] <= 3 && shown < 100 {
				shown++
				m := ""
				if df.Clock != nil {
					m = fmt.Sprint(df.Clock.Missing)
				}
				fmt.Println(df.Rule, x.ID, "engine:", df.Got, "recount:", df.Want, m)
			}
		}
	}
	sets := []struct {
		cals         []string
		track, grade string
	}{
		{[]string{"oakland-usd-2025-26"}, "", ""}, {[]string{"dry-creek-jesd-2025-26"}, "", ""}, {[]string{"hsd-hms-2021-22"}, "", ""},
		{[]string{"sample-summer-a-2025-26", "sample-summer-b-2026-27"}, "", ""}, {[]string{"sample-six-day-break-2023-24"}, "", ""},
		{[]string{"sample-two-breaks-2019-20"}, "", ""}, {[]string{"sample-short-intersession-2024-25"}, "", ""},
		{[]string{"sample-year-round-2025-26", "sample-summer-b-2026-27"}, "A", ""}, {[]string{"sample-year-round-2025-26", "sample-summer-b-2026-27"}, "B", ""},
		{[]string{"sample-year-round-2025-26"}, "", ""},
		{[]string{"los-angeles-usd-2023-24-partial"}, "", ""}, {[]string{"burbank-usd-2025-26-partial"}, "", "3"}, {[]string{"burbank-usd-2025-26-partial"}, "", ""},
		{[]string{"burbank-usd-2019-20-partial"}, "", ""}, {nil, "", ""},
		{[]string{"oakland-usd-2025-26", "sample-summer-b-2026-27"}, "", ""}, {[]string{"sample-fifty-days-2005-06"}, "", ""},
	}
	l, _, _ := book.For("us-ca")
	for _, juris := range []string{"us-ca", "us"} {
		for _, s := range sets {
			lo, hi := day.Must(2025, 6, 1), day.Must(2026, 8, 30)
			if len(s.cals) > 0 {
				ys, err := r.calendar(s.cals[0])
				if err != nil {
					t.Fatal(err)
				}
				lo = ys[0].First - 60
				hi = lo + 460
			}
			for _, in := range fact.Kinds() {
				if len(l.StartedBy(in.Kind)) == 0 {
					continue
				}
				step := day.Date(53)
				switch in.Name {
				case "evaluation_requested", "evaluation_consent_received", "iep_meeting_requested", "removal_started":
					step = 2
				case "due_process_received", "due_process_filed", "records_requested", "hearing_scheduled_date":
					step = 17
				}
				for d := lo; d <= hi; d += step {
					for v := 0; v < 4; v++ {
						f := fact.Fields{Written: fact.Yes, Received: fact.Yes, Eligible: fact.Yes, Result: fact.Yes, Until: d + 20, Days: 5}
						f.FiledBy = []string{"parent", "lea", "parent", "parent"}[v]
						f.Expedited = []fact.Tri{fact.No, fact.No, fact.Yes, fact.No}[v]
						f.TransferFrom = []string{"same_state", "same_plan_area", "other_state", "other_state"}[v]
						if step != 17 && v > 0 && !strings.HasPrefix(in.Name, "transfer") {
							break
						}
						one(juris, s.cals, s.track, s.grade, in.Kind, f, d, "")
					}
				}
			}
		}
	}
	fmt.Println(runs, "runs")
	fmt.Println(r.Recounted())
	for k, v := range r.NotRecounted() {
		ex := v[0]
		fmt.Println(len(v), k, ex)
	}
	var keys []string
	for k := range seen {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		fmt.Println(seen[k], k)
	}
}
