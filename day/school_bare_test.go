package day

import (
	"reflect"
	"testing"
	"time"
)

// A school of which no calendar is known is the same for every child and span, differs by
// its rule, and is made anew when too many are kept.
func TestSchoolWithoutCalendar(t *testing.T) {
	for d := 1; d <= 28; d++ {
		for m := time.January; m <= time.June; m++ {
			rule := YearRule{Month: m, Day: d, DaysAtLeast: 170 + d}
			got, err := NewSchool(nil, View{Grade: "3", Track: "B", Known: Must(2025, 1, 1)}, rule, Span{First: Must(2024, 1, 1), Last: Must(2024, 12, 31)})
			if err != nil {
				t.Fatal(err)
			}
			if got.rule != rule {
				t.Fatalf("the school of %v has the rule %v", rule, got.rule)
			}
			if d > 1 {
				continue // one comparison of each month is enough
			}
			want, err := newSchool(nil, View{Grade: "3", Track: "B", Known: Must(2025, 1, 1)}, rule, Span{First: Must(2024, 1, 1), Last: Must(2024, 12, 31)})
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got.days, want.days) || !reflect.DeepEqual(got.regions, want.regions) || !reflect.DeepEqual(got.unsure, want.unsure) || got.span != want.span {
				t.Errorf("the school of %v is another than one made for this child", rule)
			}
		}
	}
	if n := len(bare.schools); n > mostBare {
		t.Errorf("%d are kept", n)
	}
}
