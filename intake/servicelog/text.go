package servicelog

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"stayput/fault"
	"stayput/intake/caseload"
	"stayput/plan/session"
)

// maxLines is how many lines of a pasted text are read.
const maxLines = 5000

var (
	monthName = `(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec|ene|abr|ago|set|dic|january|february|march|april|june|july|august|september|october|november|december|` +
		`enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre)\.?`
	// A date as logs write it, at the beginning of a line or anywhere in it.
	textDate = regexp.MustCompile(`(?i)\b(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.\-]\d{1,2}[/.\-](?:\d{4}|\d{2})\b|` + monthName + ` \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2} (?:de )?` + monthName + ` (?:de |del )?\d{4})`)
	// A length of time.
	textMinutes = regexp.MustCompile(`(?i)(?:^|[\s:,(;–—-])(-?\d{1,5}(?:[.,]\d)?\s*(?:min(?:ute|uto)?s?\b\.?)|\d{1,2}(?:[.,]\d{1,2})?\s*(?:h|hrs?|hours?|horas?)\b(?:\s*\d{1,2}\s*min(?:ute|uto)?s?)?)`)
	textStart   = regexp.MustCompile(`(?i)\b(\d{1,2}:\d{2}\s*(?:[ap]\.?m\.?)?)\s*(?:-|–|—|to|a)\s*(\d{1,2}:\d{2}\s*(?:[ap]\.?m\.?)?)`)
	textBy      = regexp.MustCompile(`(?:\b(?:by|with|provider:?|con|por|terapeuta:?)\s+|[–—-]\s*)((?:Ms|Mr|Mrs|Dr|Sra?|Srta|Mx)\.?\s+\p{Lu}[\p{L}'’-]+|\p{Lu}\.\s*\p{Lu}[\p{L}'’-]+)`)
	makeUpFor   = regexp.MustCompile(`(?i)(?:make-?\s?up|makeup|made up|repone|repuesta|reposici[oó]n)[^.;\n]{0,40}?\b(?:for|of|from|de|del|por)\b(?:\s+(?:the|la|el|sesi[oó]n|session|missed|on|del|de))*\s+`)
)

// ReadText reads a provider's log that was pasted: one session on a line, a date
// in it, in any order the rest: minutes, what came of it, the service, who. A line
// without a date belongs to the session above when it holds neither minutes nor an
// outcome; else it is a row that cannot be read, and said so.
func ReadText(text string, o Options) *Report {
	rep := &Report{}
	if len(text) > MaxText {
		rep.Problems = fault.List{refuse("", 0, "servicelog.text_too_long")}
		return rep
	}
	r := &rowReader{f: &File{}, o: o, rep: rep, words: map[string]string{}}
	var lines []string
	for l := range strings.SplitSeq(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"), "\n") {
		lines = append(lines, strings.TrimSpace(caseload.CleanText(l)))
	}
	if len(lines) > maxLines {
		rep.Problems = fault.List{refuse("", 0, "servicelog.text_too_long")}
		return rep
	}
	services := make([][2]string, 0, len(o.Services))
	for said, key := range o.Services {
		if f := caseload.Fold(said); f != "" {
			services = append(services, [2]string{f, key})
		}
	}
	slices.SortFunc(services, func(a, b [2]string) int { // the longest name first: it says most
		return cmp.Or(cmp.Compare(len(b[0]), len(a[0])), strings.Compare(a[0], b[0]))
	})
	for i, line := range lines {
		if line == "" || strings.Trim(line, "-=_*•· ") == "" {
			continue
		}
		line, _ = caseload.HideNumbers(cut(line, MaxCell))
		row := Row{N: i + 1, State: Ready, Said: line}
		row.Log.From = cmp.Or(o.From, session.Provider)
		if r.line(&row, line, services) {
			rep.Rows = append(rep.Rows, row)
		}
	}
	r.dates()
	rep.settle(o)
	if len(rep.Rows) == 0 {
		rep.Problems = fault.List{refuse("", 0, "servicelog.text_empty")}
	}
	return rep
}

// line reads one line; false says that it went to the row above.
func (r *rowReader) line(row *Row, line string, services [][2]string) bool {
	l := &row.Log
	rest := line
	if m := makeUpFor.FindStringIndex(rest); m != nil {
		if d := textDate.FindStringIndex(rest[m[1]:]); d != nil && d[0] == 0 {
			if on, ok := r.day(cell{text: rest[m[1] : m[1]+d[1]]}, caseload.ByColumn); ok {
				row.MakesOn = on
			}
			rest = rest[:m[1]] + " " + rest[m[1]+d[1]:]
		}
	}
	date := textDate.FindStringIndex(rest)
	if date != nil {
		text := rest[date[0]:date[1]]
		switch caseload.OrderOf(text) {
		case caseload.DayFirst:
			r.first = true
		case caseload.MonthFirst:
			r.month = true
		}
		row.dateText = text
		rest = rest[:date[0]] + " " + rest[date[1]:]
	}
	minutes := textMinutes.FindAllStringSubmatch(rest, 3)
	o, known := readOutcome(rest)
	if date == nil {
		if len(minutes) == 0 && !known {
			if n := len(r.rep.Rows); n > 0 && r.rep.Rows[n-1].dateText != "" {
				x := &r.rep.Rows[n-1].Log
				x.Note = cut(strings.TrimSpace(x.Note+"\n"+line), 2000)
				return false
			}
		}
		row.refuse("no_date")
		return true
	}
	if m := textStart.FindStringSubmatch(rest); m != nil {
		from, to := readStart(cell{text: m[1]}), readStart(cell{text: m[2]})
		l.Start = from
		if len(minutes) == 0 && from.Said && to.Said && to.N > from.N {
			l.Minutes = to
			l.Minutes.N -= from.N
		}
		rest = strings.Replace(rest, m[0], " ", 1)
	}
	switch {
	case len(minutes) == 1:
		var bad flaw
		if l.Minutes, bad = readMinutes(cell{text: strings.TrimSpace(minutes[0][1])}); bad != "" {
			row.flawed(bad, minutes[0][1])
		}
	case len(minutes) > 1:
		row.refuse("minutes_several")
	}
	if m := textBy.FindStringSubmatch(rest); m != nil {
		l.Provider = m[1]
	}
	folded := " " + caseload.Fold(rest) + " "
	for _, s := range services {
		if strings.Contains(folded, " "+s[0]+" ") {
			l.Service = s[1]
			break
		}
	}
	if l.Service == "" {
		if l.Service = r.o.Service; l.Service == "" {
			row.refuse("no_service")
		}
	}
	l.Delivery = readDelivery(onlyDelivery(folded))
	l.Note = strings.Join(strings.Fields(rest), " ")
	said := ""
	if known && l.Minutes.N > 0 && (o == "" || o == unclear) {
		known = false // "holiday crafts, 30 minutes" is a session
		row.note("outcome_guessed", "value", cut(l.Note, 60))
	}
	if known {
		said = rest
		if o.Missed() && l.Minutes.N > 0 {
			row.note("outcome_guessed", "value", cut(l.Note, 60))
		}
		if o.Missed() {
			l.Reason = l.Note
		}
	}
	row.outcome(cut(said, 500), "")
	return true
}

// onlyDelivery leaves the words that say how a session was given.
func onlyDelivery(folded string) string {
	var out []string
	for _, w := range strings.Fields(folded) {
		switch w {
		case "group", "grupo", "grupal", "individual", "consult":
			out = append(out, w)
		}
	}
	return strings.Join(out, " ")
}
