package guide

import (
	"slices"
	"strings"
	"testing"

	"stayput/fact"
)

// Both sides find their words, short enough to be said aloud, and what to do after.
func TestSayings(t *testing.T) {
	g := For("en")
	sides := map[fact.Side]int{}
	at := map[Moment]int{}
	for i := range g.Sayings {
		x := &g.Sayings[i]
		sides[x.Side]++
		for _, m := range x.At {
			if !x.Has(m) {
				t.Errorf("%s is not where it is: %s", x.ID, m)
			}
			at[m]++
		}
		if i := x.Log.Kind.Info(); i.By != "" && x.Log.By != "" && i.By != x.Log.By {
			t.Errorf("%s: done by %s, but %s is done by %s", x.ID, x.Log.By, i.Name, i.By)
		}
		if len(x.Law) > 1 {
			t.Errorf("%s: %d lines of law", x.ID, len(x.Law))
		}
	}
	if sides[fact.FamilySide] < 20 || sides[fact.SchoolSide] < 12 || len(g.Sayings) < 24 {
		t.Errorf("%v", sides)
	}
	for _, m := range Moments {
		if at[m] < 3 {
			t.Errorf("only %d situations at %s", at[m], m)
		}
	}
	for _, l := range Languages {
		for _, x := range For(l).Sayings {
			if !strings.Contains(x.Say, "“") || strings.Count(x.Say, "“") != strings.Count(x.Say, "”") {
				t.Errorf("%s %s: what is said stands in quotes: %s", l, x.ID, x.Say)
			}
			if n := len(sentences(x.Say)); n > 4 {
				t.Errorf("%s %s: %d sentences to say", l, x.ID, n)
			}
			if n := len(words(x.Say)); n > 60 {
				t.Errorf("%s %s: %d words to say", l, x.ID, n)
			}
		}
	}
	if x := For("es").Saying("sign_today"); x == nil || x.Side != fact.FamilySide || !x.Has(AtMeeting) || x.Has(InHall) || !strings.Contains(x.Say, "leerlo") {
		t.Errorf("Saying(sign_today) = %v", x)
	}
	if g.Saying("nothing") != nil || g.Training("nothing") != nil {
		t.Error("what is not there was found")
	}
}

// The situations that were asked for are all there.
func TestSayingsAskedFor(t *testing.T) {
	g := For("en")
	for _, id := range strings.Fields("not_here sign_today next_year tears no_interpreter draft_at_table member_missing computer no_date lazy time_up early_pickup no_staff parents_angry advocate_comes cannot_answer no_needed parents_record") {
		if g.Saying(id) == nil {
			t.Errorf("no situation %s", id)
		}
	}
}

// An outline can be led as it stands: goals, steps that fit an evening, something to
// hand out, three questions with answers, law with its source.
func TestTrainings(t *testing.T) {
	g := For("en")
	sides := map[fact.Side]int{}
	for i := range g.Trainings {
		x := &g.Trainings[i]
		sides[x.Side]++
		if n := x.Minutes(); n < 45 || n > 90 {
			t.Errorf("%s takes %d minutes", x.ID, n)
		}
		if len(x.Goals) < 3 || len(x.Steps) < 4 || len(x.Handout) < 4 || len(x.Questions) != 3 || len(x.Law) < 2 {
			t.Errorf("%s: %d goals, %d steps, %d to hand out, %d questions, %d lines of law", x.ID, len(x.Goals), len(x.Steps), len(x.Handout), len(x.Questions), len(x.Law))
		}
		shown := 0
		for _, s := range x.Steps {
			shown += len(s.Show)
		}
		if shown < 4 {
			t.Errorf("%s shows %d things", x.ID, shown)
		}
		for _, p := range x.Law {
			if p.Citation == "" || p.Checked == "" {
				t.Errorf("%s: law without its source: %s", x.ID, p.Text)
			}
		}
	}
	if sides[fact.FamilySide] < 5 || sides[fact.SchoolSide] < 5 {
		t.Errorf("%v", sides)
	}
	if x := For("es").Training("first_meeting"); x == nil || x.Minutes() != 10+15+10+20+10+10 || !slices.Contains(x.Handout, Ref{ToSaying, "sign_today"}) {
		t.Errorf("Training(first_meeting) = %v", x)
	}
}
