package progress

import (
	"strings"
	"testing"

	"stayput/day"
	"stayput/derive/progress"
	"stayput/locale"
	"stayput/measure"
)

var start = day.Must(2025, 9, 8)

func derive(levels ...float64) progress.Result {
	var ps []measure.Probe
	for i, v := range levels {
		ps = append(ps, measure.Probe{On: start.Add(7 * (i + 1)), Value: measure.Number(v)})
	}
	g := progress.Goal{Baseline: progress.Say(measure.Number(45)), BaselineOn: start, Target: progress.Say(measure.Number(60)), By: start.Add(210)}
	return progress.Derive(g, ps, progress.Around{AsOf: start.Add(7 * len(levels))})
}

func TestVerdict(t *testing.T) {
	en, _ := locale.For("en")
	es, _ := locale.For("es")
	today := start.Add(60)
	few := derive(46, 47, 48)
	if s := Verdict(en, few, today); !strings.HasPrefix(s, "Not enough data (3 of 6)") {
		t.Error(s)
	}
	if s := Verdict(es, few, today); !strings.HasPrefix(s, "Faltan datos (3 de 6)") {
		t.Error(s)
	}
	said := map[string]bool{}
	for _, r := range []progress.Result{few, derive(46, 48, 50, 52, 54, 56), derive(45, 45, 45, 45, 45, 45), derive(45.5, 46, 46.5, 47, 47.5, 48), derive(44, 48, 43, 50, 45, 49, 47, 48), derive(60, 60, 60)} {
		s := Verdict(en, r, today)
		if said[s] || !strings.HasPrefix(s, Word(en, r)) {
			t.Errorf("%s: %s", Word(en, r), s)
		}
		said[s] = true
	}
	if s := Verdict(en, derive(45, 45, 45, 45, 45, 45), start.Add(300)); !strings.Contains(s, "has come") {
		t.Error(s)
	}
	r := derive(46, 48, 50, 52, 54, 56)
	r.Verdict, r.Missing = progress.NotEnoughData, []string{progress.NeedTarget}
	if s := Verdict(en, r, today); !strings.Contains(s, "the level to be reached") {
		t.Error(s)
	}
}

// Every word that the engine can say has a text in both languages.
func TestWords(t *testing.T) {
	for _, lang := range locale.Languages {
		cat, _ := locale.For(lang)
		var said []string
		for _, k := range []string{progress.NeedTarget, progress.NeedBaseline, progress.NeedLineStart, progress.NeedBy, progress.NeedOrder, progress.NeedWay, progress.NeedOneUnit, progress.NeedMorePoints, progress.NeedSameKind} {
			said = append(said, Missing(cat, progress.Result{Missing: []string{k}})...)
		}
		for _, k := range []string{progress.NoValueThatDay, progress.UnusableValue, progress.NoDate, progress.AfterAsOf, progress.SameDay, progress.NoSchoolThatDay, progress.OtherKind, progress.FewTrials, progress.TrialsDiffer, progress.UnitsDiffer, progress.OnlyNewest, progress.TrendsDiffer, progress.LevelsAreNoScale, progress.WatchedUnequally, progress.NotWatched} {
			said = append(said, Trouble(cat, progress.Trouble{Key: k, On: start}))
		}
		for _, a := range []progress.Advice{progress.RaiseGoal, progress.ChangeTeaching, progress.KeepGoing, progress.TooFew} {
			said = append(said, FourPoint(cat, progress.Result{FourPoint: progress.FourPoint{Advice: a, Have: 3, Need: 6}}))
		}
		for _, v := range []progress.Verdict{progress.Behind, progress.OnTrack, progress.Ahead, progress.Met} {
			said = append(said, Word(cat, progress.Result{Verdict: v}), Verdict(cat, progress.Result{Verdict: v, Firm: true}, 0))
			if v != progress.Met {
				said = append(said, Verdict(cat, progress.Result{Verdict: v}, 0))
			}
		}
		for _, s := range []progress.ReportStatus{progress.ReportGiven, progress.ReportLate, progress.ReportNotFound, progress.ReportNotDue} {
			said = append(said, Report(cat, s))
		}
		for _, r := range progress.Reckonings {
			said = append(said, Reckoning(cat, r))
		}
		for _, p := range progress.Prompts {
			said = append(said, Prompt(cat, p))
		}
		said = append(said, Cautions(cat)...)
		xs := []float64{1, 2, 3, 4, 5, 6, 7, 8}
		rows, says := Comparison(cat, progress.Indices(xs[:3], xs[:3], xs[3:], xs[3:], false))
		if len(rows) != 12 || says != "" {
			t.Errorf("%d rows, %q", len(rows), says)
		}
		for _, r := range rows {
			said = append(said, r.Name)
		}
		_, says = Comparison(cat, progress.Comparison{M: 2, N: 4})
		said = append(said, says)
		_, says = Comparison(cat, progress.Comparison{Enough: true, Corrected: progress.Corrected{SignTurns: true}})
		said = append(said, says)
		for _, s := range said {
			if strings.Contains(s, "progress.") || strings.ContainsAny(s, "{}") || strings.TrimSpace(s) == "" {
				t.Errorf("%s: %q", lang, s)
			}
		}
	}
}
