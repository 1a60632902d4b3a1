package goal

import (
	"strings"
	"testing"
)

// Every heading of the word files is known to the rules, and every heading that
// the rules know has words in at least one language.
func TestWordFiles(t *testing.T) {
	used := map[string]bool{}
	for name, text := range map[string]string{"words.en.txt": englishWords, "words.es.txt": spanishWords} {
		heading := ""
		for i, line := range strings.Split(text, "\n") {
			line = strings.TrimSpace(line)
			if line == "" || line[0] == '#' {
				continue
			}
			if line[0] == '[' {
				heading = strings.Trim(line, "[]")
				_, isVerb := verbHeadings[heading]
				if _, ok := headings[heading]; !ok && !isVerb && heading != "verb vague" && heading != "irregular" && heading != "number" {
					t.Errorf("%s:%d: nothing reads [%s]", name, i+1, heading)
				}
				used[heading] = true
				continue
			}
			for _, item := range strings.Split(line, ",") {
				item = strings.TrimSpace(item)
				if strings.Contains(item, "+") && !strings.HasPrefix(heading, "verb ") {
					t.Errorf("%s:%d: %q pairs a verb under [%s]", name, i+1, item, heading)
				}
				if (heading == "number" || heading == "irregular") != strings.Contains(item, "=") && item != "" {
					t.Errorf("%s:%d: %q under [%s]", name, i+1, item, heading)
				}
			}
		}
	}
	for h := range headings {
		if !used[h] {
			t.Errorf("no words for %q", h)
		}
	}
}

func TestSlipsOfTyping(t *testing.T) {
	w := vocabulary()
	for _, x := range []struct {
		l            *lexicon
		typed, meant string
	}{
		{w.en, "meassured", "measured"}, {w.en, "measurd", "measured"}, {w.en, "sentances", "sentences"}, {w.en, "oppurtunities", "opportunities"}, {w.en, "recieve", "receive"},
		{w.es, "escrivira", "escribira"}, {w.es, "rejistro", "registro"}, {w.es, "oja", "hoja"}, {w.es, "beces", "veces"}, {w.es, "resolvera", "resolvera"},
	} {
		got, ok := exact(x.l, w.en, x.typed)
		if !ok {
			got = mend(x.l, w.en, x.typed)
		}
		if got.word != x.meant {
			t.Errorf("%s: %s, want %s", x.typed, got.word, x.meant)
		}
	}
}

func TestNumbers(t *testing.T) {
	for text, want := range map[string]kind{
		"4/5": aRatio, "6/2027": aDate, "5/14/2027": aDate, "5.14.2027": aDate, "2027-05-14": aDate, "2027": aYear, "2026-27": aYear, "80%": aPercent, "80 %": aPercent,
		"2-3": aNumber, "1,200": aNumber, "2.5": aNumber, "5-step": aCompound, "3rd": aWord, "10:30": aCompound, "2x30": aWord,
	} {
		ts := split(text)
		if len(ts) != 1 || ts[0].kind != want {
			t.Errorf("%s: %+v, want one token of kind %d", text, ts, want)
		}
	}
	if ts := split("1,200"); ts[0].a != 1200 {
		t.Errorf("1,200 is %v", ts[0].a)
	}
}
