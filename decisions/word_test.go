package decisions

import (
	"os"
	"slices"
	"strings"
	"testing"

	"stayput/fact"
)

func names(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile("testdata/names.txt")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Fields(string(data))
}

func TestEveryForeignNameMaps(t *testing.T) {
	all := names(t)
	if len(all) < 350 {
		t.Fatalf("only %d names", len(all))
	}
	for _, n := range all {
		i, ok := slices.BinarySearchFunc(table, n, func(r row, n string) int { return strings.Compare(r.name, n) })
		if !ok {
			t.Errorf("%s is not in the table", n)
			continue
		}
		if table[i].kinds == "" {
			t.Errorf("%s maps to nothing", n)
		}
		if strings.Contains(table[i].kinds, " ") && table[i].note == "" {
			w, _ := Find(n)
			if len(w.Kinds) > 2 {
				t.Errorf("%s means several kinds and no note says which", n)
			}
		}
	}
}

func TestTheTableIsSorted(t *testing.T) {
	if !slices.IsSortedFunc(table, func(a, b row) int { return strings.Compare(a.name, b.name) }) {
		t.Error("the table is not sorted by name")
	}
	for i := 1; i < len(table); i++ {
		if table[i].name == table[i-1].name {
			t.Errorf("%s stands twice", table[i].name)
		}
	}
	for _, r := range table {
		for _, k := range strings.Fields(r.kinds) {
			if _, ok := fact.Lookup(k); !ok {
				t.Errorf("%s maps to %s, which is no kind", r.name, k)
			}
		}
		// A word of the vocabulary means itself.
		if _, ok := fact.Lookup(r.name); ok && !slices.Contains(strings.Fields(r.kinds), r.name) {
			t.Errorf("%s is a word of the vocabulary and maps to %s", r.name, r.kinds)
		}
	}
}

// The words that must not be merged stay apart.
func TestWhatIsNotMerged(t *testing.T) {
	for name, never := range map[string]string{
		"iep_offered": "services_consent_requested", "iep_consent_received": "services_consent_received",
		"iep_rejected": "services_consent_refused", "iep_consent_partial": "single_service_refused",
		"records_requested": "ferpa_request_received", "due_process_received": "due_process_filed",
	} {
		w, ok := Find(name)
		if !ok || slices.Contains(w.Kinds, fact.MustLookup(never)) {
			t.Errorf("%s maps to %v", name, w.Kinds)
		}
	}
}

func TestFind(t *testing.T) {
	if w, ok := Find("assessment_plan_given"); !ok || len(w.Kinds) != 2 || w.Kinds[0].String() != "evaluation_consent_requested" {
		t.Errorf("assessment_plan_given: %v", w)
	}
	if w, ok := Find("hearing_record_closed"); !ok || w.Kinds[0].String() != "hearing_record_closed" {
		t.Errorf("a word of the vocabulary is not found: %v", w)
	}
	if _, ok := Find("asessment_plan_given"); ok {
		t.Error("a slip of the pen is found")
	}
	if got := Near("asessment_plan_given"); got != "assessment_plan_given" {
		t.Errorf("nearest: %s", got)
	}
	for _, g := range guesses {
		if _, ok := Find(g.means); !ok && !(&converted{from: map[string]string{}, d: &researched{}}).special(g.means, &told{}, span(1, 1), 0) {
			t.Errorf("the guess %q means %q, which nobody knows", g.words, g.means)
		}
	}
}
