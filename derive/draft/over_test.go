package draft_test

import (
	"testing"

	"stayput/derive/draft"
	"stayput/fact"
	"stayput/paper"
)

func by(who string) func(*fact.Entry) {
	return func(e *fact.Entry) { e.Fields.FiledBy = who }
}

// A hearing case that was settled on April 1 is no open case, and neither is one that was
// decided; one whose decision went to court is.
func TestACaseThatIsOver(t *testing.T) {
	filed := entry("filed", "2026-03-02", "due_process_filed", by("parent"))
	for name, x := range map[string]struct {
		es   []fact.Entry
		open bool
	}{
		"open":      {[]fact.Entry{filed}, true},
		"settled":   {[]fact.Entry{filed, entry("end", "2026-04-01", "settlement_signed", re("filed"))}, false},
		"withdrawn": {[]fact.Entry{filed, entry("end", "2026-04-01", "due_process_withdrawn", re("filed"))}, false},
		"decided":   {[]fact.Entry{filed, entry("end", "2026-06-01", "hearing_decision_issued", re("filed"))}, false},
		"in court":  {[]fact.Entry{filed, entry("end", "2026-06-01", "hearing_decision_issued", re("filed")), entry("court", "2026-07-01", "civil_action_filed", re("end"))}, true},
		"again":     {[]fact.Entry{filed, entry("end", "2026-04-01", "settlement_signed", re("filed")), entry("new", "2026-07-06", "due_process_filed", by("parent"))}, true},
	} {
		in := input(t, "2026-08-03", fact.Case{}, x.es...)
		in.Paper, _ = paper.Get("stay-put-letter")
		f := draft.Gather(in)
		if _, open := f.Fields["dueprocess.filed"]; open != x.open {
			t.Errorf("%s: the case is open: %v, want %v", name, open, x.open)
		}
		if !f.Fields["dispute.filed"].Any() {
			t.Errorf("%s: the newest case has no day", name)
		}
	}
}

// The school's answer names the second of two requests for the records. The first, of
// January 5, was due by February 19, 45 days later: no paper says that nothing came.
func TestPerhapsAnswered(t *testing.T) {
	first := entry("first", "2026-01-05", "records_access_requested")
	alone := draft.Gather(input(t, "2026-06-01", fact.Case{}, first))
	if len(alone.Lists["late"]) != 1 {
		t.Fatalf("a request without an answer: %d late, want 1", len(alone.Lists["late"]))
	}
	for given, days := range map[string]int{"2026-01-28": 0, "2026-02-19": 0, "2026-02-26": 7} {
		f := draft.Gather(input(t, "2026-06-01", fact.Case{}, first, entry("second", "2026-01-20", "records_access_requested"), entry("given", given, "records_access_given", re("second"))))
		for _, list := range []string{"late", "claims"} {
			rows := f.Lists[list]
			switch {
			case days == 0 && len(rows) != 0:
				t.Errorf("given %s: %s has %d rows, want none", given, list, len(rows))
			case days > 0 && (len(rows) != 1 || rows[0].Values["days"].Number != days || rows[0].Values["due"].Date != on("2026-02-19")):
				t.Errorf("given %s: %s is %+v, want one row, due February 19, %d days late", given, list, rows, days)
			}
		}
	}
}
