package progress

import (
	"math"
	"strconv"
	"strings"

	"stayput/derive/joined"
	"stayput/derive/progress"
	"stayput/locale"
	"stayput/measure"
)

// Joined is what can be said of one stretch of weeks in which less was given than
// promised, a sentence each: how much less, the trends, how sure their difference
// is, and that it proves no cause. services are the names of what was promised.
func Joined(cat *locale.Catalog, s joined.Stretch, services []string, kind measure.Kind) []string {
	n := strconv.Itoa
	what := cat.List(services)
	if what == "" {
		what = cat.T("progress.joined.service")
	}
	out := []string{cat.N("progress.joined.short", s.Weeks, "what", what, "first", cat.Date(s.From), "last", cat.Date(s.To), "percent", n(int(math.Round(s.Short()*100))),
		"given", places(s.Given, 0), "promised", places(s.Promised, 0))}
	if s.Reported >= 0.5 {
		out = append(out, cat.T("progress.joined.reported", "n", places(s.Reported, 0)))
	}
	if s.Excused >= 0.5 {
		out = append(out, cat.T("progress.joined.excused", "n", places(s.Excused, 0)))
	}
	if s.Unknown >= 0.5 {
		out = append(out, cat.T("progress.joined.unknown", "n", places(s.Unknown, 0)))
	}
	if s.Finding == joined.TooFew {
		before, during := s.Missing()
		out = append(out, cat.T("progress.joined.too_few", "need", n(joined.NeedEach), "have_before", n(s.HaveBefore), "have", n(s.Have)))
		switch {
		case before > 0 && during > 0:
			out = append(out, cat.T("progress.joined.missing_both", "before", n(before), "during", n(during)))
		case before > 0:
			out = append(out, cat.T("progress.joined.missing_before", "before", n(before)))
		case during > 0:
			out = append(out, cat.T("progress.joined.missing_during", "during", n(during)))
		}
		return out
	}
	out = append(out, cat.T("progress.joined.trend", "before", rate(cat, s.Before.V, kind), "during", rate(cat, s.During.V, kind), "n_before", n(s.HaveBefore), "n", n(s.Have),
		"first", cat.Date(s.BeforeFrom), "last", cat.Date(s.BeforeTo), "method", cat.T("progress.method."+string(s.Method))))
	key := "progress.joined." + string(s.Finding)
	if s.Method == progress.ByTheilSen {
		key += "_steps"
	}
	out = append(out, cat.T(key, "by", rate(cat, s.Difference.V, kind), "low", places(s.Low.V, 2), "high", rate(cat, s.High.V, kind)))
	if len(s.Changed) > 0 {
		var days []string
		for _, d := range s.Changed {
			days = append(days, cat.Date(d))
		}
		out = append(out, cat.T("progress.joined.changed", "dates", cat.List(days)))
	}
	return append(out, cat.T("progress.joined.no_cause"))
}

// JoinedNone is what is said where there is no such stretch.
func JoinedNone(cat *locale.Catalog, r joined.Result) string {
	s := cat.T("progress.joined.none", "weeks", strconv.Itoa(joined.InARow), "percent", strconv.Itoa(int(math.Round(r.Level*100))))
	if r.Unknown > 0 {
		s += " " + cat.N("progress.joined.no_log", r.Unknown, "weeks", strconv.Itoa(r.Weeks))
	}
	return s
}

// rate is a slope with what it counts: points of a percentage, or the number.
func rate(cat *locale.Catalog, v float64, kind measure.Kind) string {
	if kind == measure.Share {
		return cat.T("progress.joined.points", "n", places(v, 2))
	}
	return places(v, 2)
}

func places(v float64, n int) string {
	s := strconv.FormatFloat(v, 'f', n, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	if s == "-0" {
		s = "0"
	}
	return strings.Replace(s, "-", "−", 1)
}
