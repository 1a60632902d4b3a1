package web

import (
	"fmt"
	"html/template"
	"math"
	"net/url"
	"slices"

	"stayput/derive/progress"
	"stayput/measure"
	"stayput/present/chart"
	sayprogress "stayput/present/progress"
)

// A behaviorView is what sightings come to.
type behaviorView struct {
	Count        string
	Rows         []behaviorRow
	Wide, Narrow template.HTML
	Name         string // of what is drawn
	Others       []goalLink
	Troubles     []string
	Notes        string // how many notes there are, and whether they are tallied
	Tallies      []behaviorTally
	Lines        []sightLine
	More         int
	Short        bool // on the page of a goal: paper has no room for every line
}

// A behaviorRow is one way of counting.
type behaviorRow struct{ Name, N, Median, Last, Trend string }

// A goalLink leads somewhere.
type goalLink struct{ Label, Href string }

// A behaviorTally is what was noted before, of, or after the behavior.
type behaviorTally struct {
	Title string
	Rows  []goalNumber
}

// A sightLine is one sighting as it was written down.
type sightLine struct{ Day, ISO, Count, Minutes, Lasted, Before, What, After, By, Href string }

func sampleBehavior() *behaviorView {
	return &behaviorView{Count: "c", Rows: []behaviorRow{{"n", "1", "2", "3", "4"}}, Wide: "<svg></svg>", Narrow: "<svg></svg>", Name: "n", Others: []goalLink{{"l", "/h"}}, Troubles: []string{"t"}, Notes: "n",
		Tallies: []behaviorTally{{"t", []goalNumber{{"w", "2", "3"}}}}, Lines: []sightLine{{"d", "2026-01-02", "1", "2", "3", "b", "w", "a", "y", "/x"}, {Day: "d", ISO: "2026-01-02"}}, More: 2}
}

// mostSightings is how many lines of sightings a page shows.
const mostSightings = 60

// behavior puts sightings of one goal, or of none, into words. how is the way that
// is drawn; at is the page that offers the others, "" for none.
func (f speaker) behavior(k *carryLook, key string, seen []measure.Sighting, how, at string) *behaviorView {
	v := &behaviorView{Count: f.N("webgoals.seen_n", len(seen)), Short: at != ""}
	watched := 0.0
	for _, x := range seen {
		if x.Minutes > 0 {
			watched += x.Minutes
		}
	}
	if watched > 0 {
		v.Count += " " + f.T("webgoals.seen_minutes", "n", chart.Number(watched))
	}
	results := map[progress.Reckoning]progress.Result{}
	var can []progress.Reckoning
	if key != "" { // different behaviors do not add up
		for _, way := range progress.Reckonings {
			probes, _ := progress.FromSightings(key, seen, way)
			if len(probes) == 0 {
				continue
			}
			res := progress.Derive(progress.Goal{ID: key}, probes, k.around())
			res.Troubles = slices.DeleteFunc(res.Troubles, func(t progress.Trouble) bool { return t.Key == progress.SameDay })
			if len(res.Points) == 0 {
				continue
			}
			can, results[way] = append(can, way), res
			v.Rows = append(v.Rows, f.behaviorRow(way, &res))
		}
	}
	if len(can) > 0 {
		f.drawBehavior(v, k, key, seen, can, results, how, at)
	}
	f.tallies(v, seen)
	may := f.May("add_entry")
	for i := len(seen) - 1; i >= 0; i-- {
		if len(v.Lines) >= mostSightings {
			v.More = i + 1
			break
		}
		x := &seen[i]
		l := sightLine{Day: f.cat.DateShort(x.On), ISO: x.On.String(), Count: amount(x.Count), Minutes: amount(x.Minutes), Lasted: lasted(x.Seconds), Before: x.Before, What: x.What, After: x.After, By: x.By}
		if _, known := k.logs.Mark(x.ID); may && known {
			l.Href = behaviorPath(k.c.Folder) + "/" + pathEscape(x.ID)
		}
		v.Lines = append(v.Lines, l)
	}
	return v
}

// behaviorRow is one way of counting in numbers.
func (f speaker) behaviorRow(way progress.Reckoning, res *progress.Result) behaviorRow {
	level := func(v float64) string { return chart.Level(f.cat, res.Kind, v) }
	var all []float64
	for _, q := range res.Points {
		all = append(all, q.Level)
	}
	m, _ := progress.Median(all)
	row := behaviorRow{Name: sayprogress.Reckoning(f.cat, way), N: count(len(all)), Median: level(m), Last: orDash(res.Current, level), Trend: f.T("webgoals.so_many_need", "have", len(all), "need", progress.NeedPoints)}
	if res.SlopePerWeek.Known {
		row.Trend = f.T("webgoals.a_week", "n", chart.Rate(res.SlopePerWeek.V))
	}
	return row
}

// drawBehavior draws one way of counting: the one that was asked for, else a rate,
// which can be compared when somebody watched for different lengths of time.
func (f speaker) drawBehavior(v *behaviorView, k *carryLook, key string, seen []measure.Sighting, can []progress.Reckoning, results map[progress.Reckoning]progress.Result, how, at string) {
	way := can[0]
	if slices.Contains(can, progress.RatePerHour) && len(results[progress.RatePerHour].Points) == len(results[way].Points) {
		way = progress.RatePerHour
	}
	if slices.Contains(can, progress.Reckoning(how)) {
		way = progress.Reckoning(how)
	}
	res := results[way]
	res.Missing = nil
	v.Name = sayprogress.Reckoning(f.cat, way)
	pic := chart.Picture{ID: "behavior-" + key, Name: v.Name, Unit: v.Name, AsOf: k.c.Brief.AsOf, Result: res}
	v.Wide, v.Narrow = drawn(chart.Goal(f.cat, pic, chart.Wide)), drawn(chart.Goal(f.cat, pic, chart.Narrow))
	if at != "" {
		for _, x := range can {
			if x != way {
				v.Others = append(v.Others, goalLink{sayprogress.Reckoning(f.cat, x), at + "?by=" + url.QueryEscape(string(x)) + "#behavior"})
			}
		}
	}
	_, troubles := progress.FromSightings(key, seen, way)
	n := map[string]int{}
	all := append(troubles, res.Troubles...)
	for _, t := range all {
		n[t.Key]++
	}
	for _, t := range all {
		if n[t.Key] > 1 { // said once, without a day
			n[t.Key], t.On = -1, 0
		}
		if n[t.Key] == 1 || t.On == 0 && n[t.Key] == -1 {
			n[t.Key] = -2
			v.Troubles = append(v.Troubles, sayprogress.Trouble(f.cat, progress.Trouble{Key: t.Key, On: t.On, Count: max(t.Count, 1)}))
		}
	}
}

// tallies count the notes of what came before, what was done and what followed.
func (f speaker) tallies(v *behaviorView, seen []measure.Sighting) {
	abc := progress.Tallies(seen)
	switch {
	case abc.Notes == 0:
		return
	case !abc.Enough:
		v.Notes = f.T("webgoals.abc_few", "have", abc.Notes, "need", progress.NeedNotes)
		return
	}
	v.Notes = f.T("webgoals.abc", "n", abc.Notes)
	for _, x := range []struct {
		title string
		rows  []progress.Tally
	}{{"webgoals.s_before", abc.Before}, {"webgoals.s_what", abc.What}, {"webgoals.s_after", abc.After}} {
		t := behaviorTally{Title: f.T(x.title)}
		for i, row := range x.rows {
			if i == 8 {
				break
			}
			t.Rows = append(t.Rows, goalNumber{Name: row.Words, Value: f.T("webgoals.so_many_of", "n", row.N, "of", row.Of)})
		}
		if len(t.Rows) > 0 {
			v.Tallies = append(v.Tallies, t)
		}
	}
}

// amount is a number that was measured, or nothing.
func amount(v float64) string {
	if v < 0 {
		return ""
	}
	return chart.Number(v)
}

// lasted is a length of time as minutes and seconds.
func lasted(seconds float64) string {
	if seconds < 0 {
		return ""
	}
	n := int(math.Round(seconds))
	return fmt.Sprintf("%d:%02d", n/60, n%60)
}
