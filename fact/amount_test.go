package fact_test

import (
	"testing"

	"stayput/fact"
)

func TestAmount(t *testing.T) {
	for in, want := range map[string]string{
		"1250": "1250", "1,250.00": "1250", "$80.5": "80.50", " $ 7 ": "7", "007.05": "7.05", "0": "0", "0.00": "0", "999999999.99": "999999999.99",
	} {
		if got, ok := fact.Amount(in); !ok || got != want {
			t.Errorf("Amount(%q) = %q, %v; want %q", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "$", "-5", "1,25", "12,50.00", "1.234", "1.", ".5", "1e3", "1250 dollars", "1,2345", "1000000000", "٣"} {
		if got, ok := fact.Amount(in); ok {
			t.Errorf("Amount(%q) = %q; want a refusal", in, got)
		}
	}
}
