package progress

import (
	"strconv"
	"strings"

	"stayput/day"
	"stayput/derive/progress"
	"stayput/locale"
)

// Word is the verdict in a word or two.
func Word(cat *locale.Catalog, r progress.Result) string {
	return cat.T("progress.verdict." + string(r.Verdict))
}

// Verdict is the verdict as a sentence, with how sure it is: "Not enough data
// (3 of 6)". asOf is the day of the reading.
func Verdict(cat *locale.Catalog, r progress.Result, asOf day.Date) string {
	switch {
	case r.Verdict == progress.NotEnoughData && r.Have < r.Need:
		return cat.T("progress.says.not_enough_data", "have", strconv.Itoa(r.Have), "need", strconv.Itoa(r.Need))
	case r.Verdict == progress.NotEnoughData:
		return cat.T("progress.says.not_enough_other", "missing", strings.Join(Missing(cat, r), "; "))
	case r.Verdict == progress.Behind && r.By != 0 && asOf >= r.By:
		return cat.T("progress.says.behind_ended")
	case !r.Firm:
		return cat.T("progress.says." + string(r.Verdict) + "_open")
	}
	return cat.T("progress.says." + string(r.Verdict))
}

// Missing names what a verdict needs and does not have.
func Missing(cat *locale.Catalog, r progress.Result) []string {
	var out []string
	for _, key := range r.Missing {
		out = append(out, cat.T("progress.missing."+key))
	}
	return out
}

// FourPoint is what the four-point rule says, as a prompt to talk.
func FourPoint(cat *locale.Catalog, r progress.Result) string {
	f := r.FourPoint
	return cat.T("progress.four_point."+string(f.Advice), "have", strconv.Itoa(f.Have), "need", strconv.Itoa(f.Need))
}

// Cautions stand beside every trend and every comparison: that few probes can
// mislead, and that no number here proves a cause.
func Cautions(cat *locale.Catalog) []string {
	return []string{cat.T("progress.caution"), cat.T("progress.no_cause")}
}

// A Row is one index with the name of its method.
type Row struct{ Name, Value string }

// Comparison is the rows of a comparison, and what has to be said of it: that
// there are too few points, or that the correction turned the sign.
func Comparison(cat *locale.Catalog, c progress.Comparison) (rows []Row, says string) {
	if !c.Enough {
		return nil, cat.T("progress.too_few_to_compare", "m", strconv.Itoa(c.M), "n", strconv.Itoa(c.N), "need_m", strconv.Itoa(progress.NeedBefore), "need_n", strconv.Itoa(progress.NeedAfter))
	}
	for _, i := range c.Indices {
		if i.Value.Known {
			rows = append(rows, Row{cat.T("progress.index." + string(i.Name)), strings.Replace(strconv.FormatFloat(i.Value.V, 'f', 2, 64), "-", "−", 1)})
		}
	}
	if c.Corrected.SignTurns {
		says = cat.T("progress.sign_turns")
	}
	return rows, says
}

// Trouble is a sentence about the probes, with its day when it has one.
func Trouble(cat *locale.Catalog, t progress.Trouble) string {
	s := cat.T("progress.trouble."+t.Key, "count", strconv.Itoa(t.Count))
	if t.On != 0 {
		return cat.DateShort(t.On) + ": " + s
	}
	return s
}

// Report is the word for an owed progress report.
func Report(cat *locale.Catalog, s progress.ReportStatus) string {
	return cat.T("progress.report." + string(s))
}

// Reckoning is the name of a way to count a behavior; Prompt is that of a level
// of help.
func Reckoning(cat *locale.Catalog, r progress.Reckoning) string {
	return cat.T("progress.reckoning." + string(r))
}

// Prompt is the name of a level of help among progress.Prompts.
func Prompt(cat *locale.Catalog, level string) string { return cat.T("progress.prompt." + level) }
