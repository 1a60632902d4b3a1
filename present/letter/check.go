package letter

import (
	"strings"
	"unicode"

	"stayput/paper"
)

// A State is how a content stands in an edited text.
type State string

// The states.
const (
	Present State = "present"
	Blank   State = "blank"   // something in it is still to be filled in
	Weak    State = "weak"    // what held it was changed a good deal: look again
	Missing State = "missing" // nothing of it is left, or nothing ever held it
	Told    State = "told"    // who writes says that it is there
	Moot    State = "moot"    // not needed in this case
)

// A Finding is a content of a paper and how it stands.
type Finding struct {
	Item     *paper.Item
	Required bool
	State    State
}

// Check says how each content of a paper stands in a text. held are the texts that held
// it as drafted, told the contents of which the writer says that they are there.
func Check(p *paper.Paper, held map[string][]string, told map[string]bool, text string) []Finding {
	now := count(text)
	var out []Finding
	one := func(it *paper.Item, required bool) {
		f := Finding{Item: it, Required: required, State: Missing}
		best := 0
		for _, was := range held[it.ID] {
			if s, share := stands(was, text, now); share >= best {
				f.State, best = s, share
			}
		}
		if was, known := held[it.ID]; known && len(was) == 0 {
			f.State = Moot
		}
		if told[it.ID] && f.State != Present {
			f.State = Told
		}
		out = append(out, f)
	}
	for i := range p.Contents.Required {
		one(&p.Contents.Required[i], true)
	}
	for i := range p.Contents.Recommended {
		one(&p.Contents.Recommended[i], false)
	}
	return out
}

// stands is how what was drafted stands in a text, and how much of it is left in percent.
func stands(was, text string, now map[string]int) (State, int) {
	for rest := was; ; {
		i := strings.Index(rest, "[[")
		if i < 0 {
			break
		}
		j := strings.Index(rest[i:], "]]")
		if j < 0 {
			break
		}
		if strings.Contains(text, rest[i:i+j+2]) {
			return Blank, 100
		}
		was = strings.Replace(was, rest[i:i+j+2], " ", 1)
		rest = rest[i+j+2:]
	}
	words := fields(was)
	if len(words) == 0 {
		return Present, 100
	}
	left, need := 0, map[string]int{}
	for _, w := range words {
		need[w]++
		if need[w] <= now[w] {
			left++
		}
	}
	switch share := left * 100 / len(words); {
	case share >= 70:
		return Present, share
	case share >= 35:
		return Weak, share
	default:
		return Missing, share
	}
}

func fields(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func count(s string) map[string]int {
	out := map[string]int{}
	for _, w := range fields(s) {
		out[w]++
	}
	return out
}

// A Change is a fact that the record says otherwise now.
type Change struct {
	Field    string
	Was, Now string // Now is "" when the record does not hold it any more
	Entries  []string
}

// Stale lists what the record says otherwise than when the paper was drafted. Today's
// date and the day by which an answer is asked are the paper's own.
func Stale(was, now []Used) []Change {
	said := map[string]Used{}
	for _, u := range now {
		said[u.Field] = u
	}
	var out []Change
	for _, u := range was {
		if u.Field == "today" || u.Field == "reply.by" {
			continue
		}
		if n := said[u.Field]; n.Said != u.Said {
			out = append(out, Change{u.Field, u.Said, n.Said, u.Entries})
		}
	}
	return out
}
