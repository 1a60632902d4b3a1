package desk_test

import (
	"strings"
	"testing"
	"time"

	"stayput/desk"
	"stayput/fault"
	"stayput/people"
)

const wordyPlans = `
stayput: 1
case: {title: Sample, jurisdiction: us-ca, side: family, sample: yes}
record:
  - {id: ask, on: 2026-02-02, kind: evaluation_requested, by: parent, note: shared words}
plans:
  - id: iep-2025
    kind: iep
    effective_start: 2025-03-28
    services: [{id: slp, code: "415", name: Terapia de lenguaje y dicción, minutes: 30, times: 2, per: week}]
    goals: [{id: g1, text: "By March 2026 Teo will read 85 words a minute in three of four probes."}]
  - id: iep-2026
    kind: iep
    effective_start: 2026-03-28
    services: [{id: slp, code: "415", name: Speech, minutes: 30, times: 2, per: week}]
    accommodations: [{id: time, text: Extra time on tests}]
    goals: [{id: g1, text: "By March 2027 Teo will read 95 words a minute in three of four probes."}]
`

// The words of a plan are found, the latest version first: all words, each as the
// beginning of a word, whatever its accents.
func TestSearchPlans(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, wordyPlans)
	for _, x := range []struct{ query, want string }{
		{"speech", "iep-2026/slp"},
		{"read words", "iep-2026/g1 iep-2025/g1"},
		{"85 word", "iep-2025/g1"},
		{"diccion", "iep-2025/slp"},
		{"DICCIÓN terapia", "iep-2025/slp"},
		{"tests extra", "iep-2026/time"},
		{"speech tests", ""}, // not in one part
		{"xtra", ""},
		{"", ""},
		{" - * \" ", ""},
		{"shared", ""}, // an entry, not a plan
	} {
		found, err := h.SearchPlans(t.Context(), h.who, c, x.query)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, f := range found {
			for _, p := range f.Parts {
				got = append(got, f.Plan.ID+"/"+p.ID)
			}
		}
		if strings.Join(got, " ") != x.want {
			t.Errorf("%q: %v, want %s", x.query, got, x.want)
		}
	}
}

// Who may not see the case finds nothing of its plans, and who sees some entries
// alone sees no plan.
func TestSearchPlansRights(t *testing.T) {
	h := newHouse(t)
	c := h.open(t, wordyPlans)
	if _, err := h.SearchPlans(t.Context(), h.neighbor(t), c, "speech"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("of another space: %v", err)
	}
	reader := h.join(t, people.Member{Role: people.Reader}, people.Grant{Case: c, Role: people.Reader})
	if found, err := h.SearchPlans(t.Context(), reader, c, "speech"); err != nil || len(found) != 1 {
		t.Errorf("a reader of the case: %v, %v", found, err)
	}
	guest, err := h.Redeem(t.Context(), h.invite(t, h.who, desk.Terms{Case: c, Role: people.Reader, Entries: []string{h.see(t, c).Name("ask")}, Until: h.at().Add(90 * 24 * time.Hour)}), "mediator")
	if err != nil {
		t.Fatal(err)
	}
	if found, err := h.SearchPlans(t.Context(), guest, c, "speech"); err != nil || len(found) != 0 {
		t.Errorf("some entries alone: %v, %v", found, err)
	}
}
