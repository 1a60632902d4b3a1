package desk

import "testing"

// Each action stands in its own row, under a name that no other has: the build
// fails for a missing row, this for one in another's place.
func TestRowsInOrder(t *testing.T) {
	names := map[string]Action{}
	for i, r := range rights {
		if r.action != Action(i) {
			t.Errorf("row %d, %s, is that of action %d", i, r.name, r.action)
		}
		if other, taken := names[r.name]; taken || r.name == "" {
			t.Errorf("row %d and row %d are both called %q", i, other, r.name)
		}
		names[r.name] = r.action
		if a, ok := ActionNamed(r.name); !ok || a != r.action {
			t.Errorf("%s leads to %d (%v)", r.name, a, ok)
		}
	}
}
