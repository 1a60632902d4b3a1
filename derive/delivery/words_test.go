package delivery_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"stayput/derive/delivery"
	"stayput/derive/delivery/comp"
	"stayput/intake/servicelog"
	"stayput/locale"
	"stayput/plan/session"
)

// Whatever these packages can say has a text in both languages.
func TestEverythingHasWords(t *testing.T) {
	var keys []string
	put := func(prefix string, words ...string) {
		for _, w := range words {
			keys = append(keys, prefix+w)
		}
	}
	for _, o := range session.Outcomes() {
		put("delivery.outcome.", string(o))
	}
	for _, o := range session.Tellers() {
		put("delivery.teller.", string(o))
	}
	put("delivery.column.", delivery.Columns()...)
	put("comp.method.", comp.Methods()...)
	put("comp.explain.", comp.Methods()...)
	for _, c := range comp.Cases() {
		put("comp.case.", c.ID)
	}
	for _, x := range servicelog.Targets() {
		put("servicelog.target.", string(x))
	}
	put("", delivery.Screening, comp.Caution)
	found := func(glob, pattern, prefix string) {
		files, err := filepath.Glob(glob)
		if err != nil || len(files) == 0 {
			t.Fatal(glob, err)
		}
		n := 0
		for _, f := range files {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(string(text), -1) {
				put(prefix, m[1])
				n++
			}
		}
		if n == 0 {
			t.Errorf("nothing in %s matches %s", glob, pattern)
		}
	}
	found("*.go", `\.notice\("(\w+)"`, "delivery.notice.")
	found("spread.go", `flaw(?: =|:) "(\w+)"`, "delivery.notice.")
	found("spread.go", `p\.key, p\.other = "(\w+)"`, "delivery.spread.")
	found("spread.go", `p\.key = "(\w+)"`, "delivery.spread.")
	found("result.go", `Signal\{"(\w+)"`, "delivery.signal.")
	found("comp/comp.go", `step\("(\w+)"`, "comp.step.")
	found("comp/comp.go", `m\.Unknown = append\(m\.Unknown, "(\w+)"`, "comp.unknown.")
	found("comp/comp.go", `keys = append\(keys, "(\w+)"`, "comp.unknown.")
	found("comp/cases.go", `Weight = "(\w+)"`, "comp.weight.")
	found("../../intake/servicelog/*.go", `"(servicelog\.\w+[a-z])"`, "")
	found("../../intake/servicelog/rows.go", `ow\.(?:note|refuse)\("(\w+)"`, "servicelog.row.")
	found("../../intake/servicelog/rows.go", `\br\.(?:note|refuse)\("(\w+)"`, "servicelog.row.")
	found("../../intake/servicelog/text.go", `\.(?:note|refuse)\("(\w+)"`, "servicelog.row.")
	found("../../intake/servicelog/words.go", `"(minutes_\w+)"`, "servicelog.row.")
	found("../../intake/servicelog/rows.go", `State = "(\w+)"`, "servicelog.state.")
	for _, lang := range []string{"en", "es"} {
		c, ok := locale.For(lang)
		if !ok {
			t.Fatal(lang)
		}
		for _, k := range keys {
			if !c.Has(k) {
				t.Errorf("%s has no text for %s", lang, k)
			}
		}
	}
	t.Logf("%d keys", len(keys))
}
