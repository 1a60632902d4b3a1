package packet

import (
	"strings"

	"stayput/derive/draft"
	"stayput/fact"
)

// rooms are the entries of which only the day is told (draft.Rooms).
func rooms(in draft.Input) map[*fact.Entry]bool { return draft.Rooms(in.View) }

// words are an entry's own words.
func words(e *fact.Entry) string {
	if e.Fields.Summary != "" {
		return e.Fields.Summary
	}
	return e.Note
}

func joined(ss []string) string { return strings.Join(ss, "; ") }
