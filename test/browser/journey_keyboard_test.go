package browser

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// A new user at a desk, with a keyboard and nothing else, goes from the one-time
// link to her own case: three entries, the school's calendar, a right deadline.
//
// The days, counted on a calendar of 2025 and 2026:
//
//	The request of Monday, October 6, 2025. The plan within 15 days: October 7 is
//	the first day, October 21 the fifteenth.
//
//	The signed plan handed in on Tuesday, October 28. The meeting within 60 days,
//	days in a break of more than 5 school days left out:
//	  October 29 to 31        3 days
//	  November               30 days, 33 in all. Thanksgiving, November 24 to 28,
//	                         is five school days: not more than 5, so it counts.
//	  December 1 to 21       21 days, 54 in all. The break begins on Monday 22.
//	  December 22 to January 5: left out, 11 school days.
//	  January 6 to 11         6 days, 60 in all: Sunday, January 11, 2026.
//	Whoever takes the weekend of December 20 and 21 for a part of the break counts
//	52 up to December 19, and then January 6 to 13: Tuesday, January 13.
//
//	Without a calendar: 60 days without any break end on December 27 (3 + 30 + 27),
//	so the date is December 27 or later.
func TestKeyboardJourney(t *testing.T) {
	t.Parallel()
	p := serve(t)
	b := newTab(t, p)
	b.do(size(1280, 900))
	b.enter(p.link)

	// What happened?
	b.picture("keyboard-1-start")
	b.skip()
	b.toLink("I asked the school for help")
	b.enterKey()
	b.skip()
	b.toLink("A first evaluation, in writing")
	b.enterKey()
	b.skip()
	b.toField("on")
	b.press("10062025")
	b.toField("words")
	b.press("Email to the principal: please evaluate my son.")
	b.toField("state")
	b.press("Calif")
	if s := b.back(); s.Name != "words" {
		t.Errorf("one stop back from the state is %+v, not the words", s)
	}
	b.toButton("More")
	b.press(" ") // unfolds
	b.toField("child")
	b.press("Leo")
	if got := b.value("[name=on]") + " " + b.value("[name=state]"); got != "2025-10-06 us-ca" {
		t.Fatalf("the form holds %q", got)
	}
	b.picture("keyboard-2-typed")
	b.toButton("Save and see the dates")
	b.enterKey()
	home := b.path()
	if !strings.HasPrefix(home, "/cases/") {
		t.Fatalf("the form led to %s: %s", home, b.text("main"))
	}
	b.picture("keyboard-3-case")
	b.says("Leo", "California", "Request for an evaluation", "calendar")

	// Where is the date? It has bounds, and the page asks for the calendar.
	b.toLink("Dates")
	b.enterKey()
	b.picture("keyboard-4-dates")
	b.says("Assessment plan within 15 days", "Oct 21, 2025 to ")

	// The plan came. The date itself offers to write that down.
	b.skip()
	b.toLink("Assessment plan within 15 days")
	b.enterKey()
	b.picture("keyboard-5-date")
	b.skip()
	b.toLink("Request for consent to evaluate (assessment plan)")
	b.enterKey()
	b.skip()
	b.toField("words")
	b.press("The assessment plan came by mail.")
	b.next() // the day stands after the words; today is filled in, and typing replaces it
	b.press("10202025")
	b.toButton("Save")
	b.enterKey()
	if b.path() != home {
		t.Fatalf("saving led to %s: %s", b.path(), b.text("main"))
	}

	// Consent, by way of "something else" and the list of everything.
	b.skip()
	b.toLink("Something else")
	b.enterKey()
	b.skip()
	b.toField("kind")
	b.press("Consent: Signed consent to ev")
	if got := b.value("[name=kind]"); got != "evaluation_consent_received" {
		t.Fatalf("typing chose %q", got)
	}
	b.toField("words")
	b.press("Signed, and handed in at the front office.")
	b.next()
	b.press("10282025")
	b.picture("keyboard-6-consent")
	b.toButton("Save")
	b.enterKey()
	b.picture("keyboard-7-case")
	b.toLink("Dates")
	b.enterKey()
	b.picture("keyboard-8-dates")
	b.says("Dec 27, 2025 to ")

	// The school's calendar, typed: its first and last day, and its breaks.
	b.open(home)
	b.skip()
	b.toLink("Add the school's first day, last day and breaks")
	b.enterKey()
	b.picture("keyboard-9-calendar")
	b.skip()
	b.toField("name")
	b.press("Oakland Unified")
	b.toField("year")
	b.press("2025")
	b.toField("first")
	b.press("08112025")
	b.toField("last")
	b.press("05282026")
	for _, row := range [][3]string{
		{"0", "11242025", "11282025"}, // Thanksgiving
		{"1", "12222025", "01052026"}, // winter, with the staff day after it
		{"2", "04062026", "04102026"}, // spring
	} {
		b.toField("a" + row[0])
		b.press(row[1])
		b.toField("b" + row[0])
		b.press(row[2])
	}
	b.tabTo("whether the list is whole", func(s stop) bool { return s.Name == "complete" })
	b.press(kb.ArrowUp)
	b.press(kb.ArrowUp)
	if s := b.look(); !strings.Contains(s.Text, "Yes") {
		t.Fatalf("the arrows led to %+v", s)
	}
	b.picture("keyboard-9-calendar")
	b.toButton("Save")
	b.enterKey()
	b.picture("keyboard-10-saved")

	// The right deadline, on the page of dates and on its own.
	b.open(home)
	b.picture("keyboard-11-case")
	b.toLink("Dates")
	b.enterKey()
	b.picture("keyboard-12-dates")
	b.says("Late (1)", "January 11, 2026", "January 13")
	b.skip()
	b.toButton("Done (2)")
	b.press(" ")
	b.says("Assessment plan within 15 days", "October 21")
	b.open(b.path())
	b.skip()
	b.toLink("IEP meeting within 60 days of the signed plan")
	b.enterKey()
	b.picture("keyboard-13-date")
	b.says("January 11, 2026", "January 13", "October 28, 2025",
		"Oct 29 to Dec 21, 2025 54 yes", "Jan 6 to Jan 11, 2026 6 yes", "Oct 29 to Dec 19, 2025 52 yes", "Jan 6 to Jan 13, 2026 8 yes")

	// All three stand in the record.
	b.toLink("Record")
	b.enterKey()
	b.picture("keyboard-14-record")
	b.says("3 entries", "October 6, 2025", "October 20, 2025", "October 28, 2025")
}
