package servicelog

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"stayput/day"
	"stayput/fault"
	"stayput/plan"
	"stayput/plan/session"
)

// First and last year a session may be of: a mistyped century is caught.
const (
	firstKept    = 1990
	lastKept     = 2100
	mostKept     = 4000 // characters of one text
	mostRefusals = 100  // problems that are listed of one file
)

var dayTime = regexp.MustCompile(`^([01]?\d|2[0-3]):([0-5]\d)$`)

// add reads one session. What is wrong with it goes to problems; one with a
// problem is not added.
func (k *Kept) add(cells map[string]keptCell, at fault.Position, problems *fault.List) {
	before := len(*problems)
	fail := func(name, key string, pairs ...string) {
		c := cells[name]
		if c.At == (fault.Position{}) {
			c.At = at
		}
		*problems = append(*problems, fault.New(fault.Invalid, c.At, "carry.file."+key, append([]string{"got", cut(strings.TrimSpace(c.Text), 60), "column", name}, pairs...)...))
	}
	text := func(name string) string {
		s := cells[name].Text
		switch {
		case utf8.RuneCountInString(s) > mostKept:
			fail(name, "too_long", "most", strconv.Itoa(mostKept))
			return ""
		case strings.IndexFunc(s, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' && r != '\r' }) >= 0:
			fail(name, "control")
			return ""
		}
		return s
	}
	word := func(name string, known []string) string {
		s := text(name)
		if s != "" && !slices.Contains(known, s) {
			fail(name, "unknown_word", "nearest", fault.Nearest(s, known), "expected", strings.Join(known, ", "))
			return ""
		}
		return s
	}
	minutes := func(name string) plan.Count {
		s := text(name)
		if s == "" {
			return plan.Count{}
		}
		n, err := strconv.Atoi(s)
		if err != nil || n < 0 || n > session.MaxMinutes {
			fail(name, "not_minutes", "most", strconv.Itoa(session.MaxMinutes))
			return plan.Count{}
		}
		return plan.CountOf(n)
	}
	l := session.Log{ID: text("id"), Service: text("service"), Minutes: minutes("minutes"), Planned: minutes("planned"), Reason: text("reason"), Provider: text("provider"),
		Setting: text("setting"), Makes: text("makes"), Answers: text("answers"), Note: text("note")}
	on := text("on")
	switch d, err := day.Parse(on); {
	case on == "":
		fail("on", "no_day")
	case err != nil:
		fail("on", "not_a_day")
	case d.Year() < firstKept || d.Year() > lastKept:
		fail("on", "year", "first", strconv.Itoa(firstKept), "last", strconv.Itoa(lastKept))
	default:
		l.On = d
	}
	if strings.TrimSpace(cells["service"].Text) == "" {
		fail("service", "no_service")
	}
	outcome := text("outcome")
	switch o, ok := readOutcome(outcome); {
	case outcome == "":
		fail("outcome", "no_outcome")
	case o == unclear:
		fail("outcome", "outcome_unclear")
	case !ok || o == "":
		words := wordsOf(session.Outcomes())
		fail("outcome", "unknown_word", "nearest", fault.Nearest(outcome, words), "expected", strings.Join(words, ", "))
	default:
		l.Outcome = o
	}
	if s := text("start"); s != "" {
		if m := dayTime.FindStringSubmatch(s); m != nil {
			l.Start = plan.CountOf(atoi(m[1])*60 + atoi(m[2]))
		} else {
			fail("start", "not_a_time")
		}
	}
	l.Delivery = plan.Delivery(word("delivery", plan.Delivery("").Words()))
	l.From = session.Teller(word("from", wordsOf(session.Tellers())))
	if l.Outcome.Given() && l.Minutes.Said && l.Minutes.N == 0 {
		fail("minutes", "zero_given")
	}
	if len(*problems) > before {
		return
	}
	k.Logs = append(k.Logs, l)
	k.places = append(k.places, at)
}

func wordsOf[T ~string](ts []T) []string {
	out := make([]string, len(ts))
	for i, t := range ts {
		out[i] = string(t)
	}
	return out
}

// settle looks at the sessions together: names that stand there twice and names
// that are not there are refused, and a make-up that says a day instead of a name
// is tied to the one session missed on that day. What stands there twice without
// a name is a warning.
func (k *Kept) settle(problems *fault.List) {
	byID := map[string]int{}
	for i := range k.Logs {
		id := k.Logs[i].ID
		if id == "" {
			continue
		}
		if j, twice := byID[id]; twice {
			*problems = append(*problems, fault.New(fault.Invalid, k.places[i], "carry.file.same_id", "id", cut(id, 60), "line", strconv.Itoa(k.places[j].Line)))
			continue
		}
		byID[id] = i
	}
	for i := range k.Logs {
		l := &k.Logs[i]
		if _, known := byID[l.Makes]; l.Makes != "" && !known {
			j, ok := k.missedOn(l)
			if !ok {
				*problems = append(*problems, fault.New(fault.Invalid, k.places[i], "carry.file.makes_nothing", "got", cut(l.Makes, 60)))
				continue
			}
			if m := &k.Logs[j]; m.ID == "" {
				m.ID = k.newID(m, byID)
				byID[m.ID] = j
			}
			l.Makes = k.Logs[j].ID
		}
		if _, known := byID[l.Answers]; l.Answers != "" && !known {
			*problems = append(*problems, fault.New(fault.Invalid, k.places[i], "carry.file.answers_nothing", "got", cut(l.Answers, 60)))
		}
	}
	first := map[session.Log]int{}
	for i, l := range k.Logs {
		if l.ID != "" {
			continue
		}
		if j, twice := first[l]; twice {
			k.Warnings = append(k.Warnings, fault.New(fault.Invalid, k.places[i], "carry.file.twice", "line", strconv.Itoa(k.places[j].Line)))
			continue
		}
		first[l] = i
	}
}

// missedOn is the one session of l's service that was missed on the day that l
// says it makes up.
func (k *Kept) missedOn(l *session.Log) (int, bool) {
	d, err := day.Parse(l.Makes)
	if err != nil {
		return 0, false
	}
	found, n := 0, 0
	for i := range k.Logs {
		if m := &k.Logs[i]; m.On == d && strings.EqualFold(m.Service, l.Service) && m.Outcome != session.MakeUp && m.Outcome != session.Delivered {
			found = i
			n++
		}
	}
	return found, n == 1
}

// newID is a name for a session that another one names by its day.
func (k *Kept) newID(l *session.Log, taken map[string]int) string {
	id := l.Service + "-" + l.On.String()
	for n := 2; ; n++ {
		if _, ok := taken[id]; !ok {
			return id
		}
		id = l.Service + "-" + l.On.String() + "-" + strconv.Itoa(n)
	}
}
