package letter_test

import (
	"slices"
	"strings"
	"testing"

	"stayput/day"
	"stayput/derive/delivery"
	"stayput/derive/draft"
	"stayput/fact"
	"stayput/format/document"
	"stayput/paper"
	"stayput/present/letter"
)

// A child without a name begins a sentence with a capital letter, and Spanish joins "de
// el" and "a el".
func TestNameless(t *testing.T) {
	facts := &draft.Facts{Fields: map[string]draft.Value{"today": date("2025-03-01", "")}}
	compose := func(id, lang string, side fact.Side) string {
		p, err := paper.Get(id)
		if err != nil {
			t.Fatal(err)
		}
		o := options(t, lang, paper.Plain)
		o.Case = &fact.Case{Side: side}
		return text(letter.Compose(p, facts, o))
	}
	es := compose("meeting-notice", "es", fact.SchoolSide)
	for _, bad := range []string{" de el ", " a el ", " de el\n"} {
		if strings.Contains(es+"\n", bad) {
			t.Errorf("%q in\n%s", bad, es)
		}
	}
	for _, want := range []string{"reunión del IEP del estudiante", "conocen al estudiante"} {
		if !strings.Contains(es, want) {
			t.Errorf("no %q in\n%s", want, es)
		}
	}
	en := compose("504-evaluation-request", "en", fact.FamilySide)
	if !strings.Contains(en, "\nMy child may also need") || strings.Contains(en, "\nmy child") {
		t.Error(en)
	}
}

// A letter to the other side goes to whom it stands for, where nobody is named.
func TestOtherSide(t *testing.T) {
	p, _ := paper.Get("follow-up-letter")
	for role, want := range map[paper.Role]string{"special_education_director": "Dear Director of Special Education:", "parent": "Dear Parent:", "": "To whom it may concern:"} {
		l := letter.Compose(p, &draft.Facts{To: role}, options(t, "en", paper.Plain))
		if s := text(l); !strings.Contains(s, want) || role != "" && strings.Contains(s, "Other party") {
			t.Errorf("%s:\n%s", role, s)
		}
	}
}

// Each issue of a complaint has its number and begins with a capital letter; a month stays a
// month.
func TestIssues(t *testing.T) {
	p, _ := paper.Get("due-process-complaint")
	n := func(i int) draft.Value { return draft.Value{Sort: paper.Number, Number: i} }
	f := &draft.Facts{Lists: map[string][]draft.Row{"claims": {
		{Key: "a", Values: map[string]draft.Value{"number": n(1), "what": {Sort: paper.Named, Named: draft.Named{Kind: fact.MustLookup("evaluation_refused")}}, "words": said("Not now.")}},
		{Key: "b", Values: map[string]draft.Value{"number": n(2), "what": {Sort: paper.Named, Named: draft.Named{Key: "letter.claim_late", Rule: "us.x"}}}},
	}}}
	for lang, want := range map[string][]string{
		"en": {"Issue 1. Refusal to evaluate", "What was said or written down then: “Not now.”", "Issue 2. Us.x: late"},
		"es": {"Asunto 1. Negativa a evaluar", "Lo que se dijo o se anotó entonces: «Not now.»", "Asunto 2. Us.x: con atraso"},
	} {
		s := text(letter.Compose(p, f, options(t, lang, paper.Plain)))
		for _, w := range want {
			if !strings.Contains(s, w) {
				t.Errorf("no %q in\n%s", w, s)
			}
		}
	}
	month, err := day.ParseWhen("2025-01")
	if err != nil {
		t.Fatal(err)
	}
	if s := letter.Value(options(t, "en", paper.Plain), "on", draft.Value{Sort: paper.Named, Named: draft.Named{Key: "letter.when", When: month}}); s != "January 2025" {
		t.Errorf("a month reads %q", s)
	}
}

// A long column gets more room, and no column so little that a word breaks; many columns
// stay alike.
func TestWidths(t *testing.T) {
	p, _ := paper.Get("comp-ed-request")
	minutes := func(n int64) draft.Value {
		return draft.Value{Sort: paper.Minutes, Minutes: delivery.Minutes(n), Entries: []string{"a"}}
	}
	f := &draft.Facts{Lists: map[string][]draft.Row{"shortfalls": {{Key: "a", Values: map[string]draft.Value{
		"name": said("Speech and language"), "from": date("2025-09-18", "a"), "to": date("2026-11-20", "a"), "promised": minutes(1), "given": minutes(1), "short": minutes(1), "reported": minutes(1)}}}}}
	l := letter.Compose(p, f, options(t, "en", paper.Plain))
	i := slices.IndexFunc(l.Blocks, func(b document.Block) bool { _, is := b.(document.Table); return is })
	if i < 0 {
		t.Fatal("no table")
	}
	w, sum := l.Blocks[i].(document.Table).Widths, 0
	for _, x := range w {
		sum += x
	}
	if len(w) != 6 || w[1] <= w[2] || w[0] <= w[2] || slices.Min(w)*15 < 2*sum {
		t.Errorf("widths %v", w)
	}
}
