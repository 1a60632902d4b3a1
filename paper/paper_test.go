package paper

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"stayput/fault"
)

// Every built-in paper reads without a complaint, bears the name of its file, and its
// texts have no doubled spaces and no field left in words.
func TestData(t *testing.T) {
	odd := regexp.MustCompile(`  |[{}]| [,.;:]|\bTODO\b`)
	for _, id := range IDs() {
		t.Run(id, func(t *testing.T) {
			p, err := Get(id)
			if err != nil {
				var l fault.List
				if errors.As(err, &l) {
					for _, e := range l {
						t.Errorf("%s:%d:%d %s %v", e.At.File, e.At.Line, e.At.Column, e.Key, e.Args)
					}
					return
				}
				t.Fatal(err)
			}
			if p.ID != id {
				t.Errorf("the file is called %s, the paper %s", id, p.ID)
			}
			p.texts(func(where fault.Position, lang string, s Text) {
				for _, x := range s {
					if m := odd.FindString(x.Words); m != "" {
						t.Errorf("line %d, %s: %q in %q", where.Line, lang, m, x.Words)
					}
				}
			})
		})
	}
}

// texts calls f for every wording of the body.
func (p *Paper) texts(f func(where fault.Position, lang string, t Text)) {
	each := func(at fault.Position, w Wording) {
		for _, l := range Languages {
			for _, g := range Registers {
				f(at, l, w.In(l, g))
			}
		}
	}
	var walk func([]Part)
	walk = func(ps []Part) {
		for i := range ps {
			q := &ps[i]
			if q.Text != nil {
				each(q.At, q.Text)
			}
			for _, it := range q.Items {
				each(q.At, it)
			}
			for _, c := range q.Cols {
				each(q.At, c.Cell)
			}
			walk(q.Parts)
		}
	}
	walk(p.Body)
}

// What is wrong in a paper is refused with the line and column where it stands.
func TestRefused(t *testing.T) {
	src, err := Source("demand-pwn")
	if err != nil {
		t.Fatal(err)
	}
	good := string(src)
	for name, c := range map[string]struct {
		old, new, key string
	}{
		"an unknown field":     {"{no.on} the school", "{no.onn} the school", "paper.unknown_field"},
		"an open brace":        {"{no.on} the school", "{no.on the school", "paper.open_brace"},
		"a missing language":   {"      es: \"Lo que me dijeron", "      fr: \"Lo que me dijeron", "yaml.missing_key"},
		"a missing register":   {"        formal: \"On {no.on}", "        forml: \"On {no.on}", "yaml.missing_key"},
		"an unknown content":   {"holds: [ask]", "holds: [asks]", "yaml.unknown_word"},
		"an unknown condition": {"known.no.words", "has.words", "paper.unknown_condition"},
		"an unknown list":      {"each: gaps", "each: gapes", "yaml.unknown_word"},
		"a question unasked":   {" {?said}\"\n      es", "\"\n      es", ""},
		"an unknown key":       {"group: answer", "group: answer\ngrup: x", "yaml.unknown_key"},
		"law called practice":  {"citation: \"34 CFR 300.503(c)\"", "citation: practice", "paper.practice"},
	} {
		t.Run(name, func(t *testing.T) {
			bad := strings.Replace(good, c.old, c.new, 1)
			if bad == good {
				t.Fatal("nothing was changed")
			}
			_, err := Read("x.yaml", []byte(bad))
			if c.key == "" {
				if err != nil {
					t.Fatal(err) // the question is still asked in Spanish
				}
				return
			}
			var l fault.List
			if !errors.As(err, &l) || !slices.ContainsFunc(l, func(e *fault.Error) bool { return e.Key == c.key && e.At.Line > 0 && e.At.Column > 0 }) {
				t.Fatalf("%v", err)
			}
		})
	}
	for _, bad := range []string{"", "x", "[]", "paper: a", strings.Repeat("a: b\n", 3), "paper: demand-pwn\nbody: {}\n", "\x00"} {
		if _, err := Read("x.yaml", []byte(bad)); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
	without := strings.ReplaceAll(good, "  - holds: [ask]\n", "  - holds: []\n")
	without = strings.Replace(without, "  - holds: [ask, list_elements]\n", "  - holds: [list_elements]\n", 1)
	if _, err := Read("x.yaml", []byte(without)); err == nil || !strings.Contains(err.Error(), "ask") {
		t.Errorf("a content that stands nowhere: %v", err)
	}
	if _, err := Get("demand-pnw"); fault.KindOf(err) != fault.NotFound {
		t.Error(err)
	}
}

// FuzzRead: whatever the file, there is a paper or an error and no panic.
func FuzzRead(f *testing.F) {
	src, _ := Source("demand-pwn")
	f.Add(src)
	f.Add([]byte("paper: a\nbody: [{text: {en: '{', es: a}}]"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if p, err := Read("f", data); (p == nil) == (err == nil) {
			t.Error(p, err)
		}
	})
}
