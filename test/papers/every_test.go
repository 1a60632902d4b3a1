package papers

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"stayput/format/markup"
	"stayput/law"
	"stayput/law/packs"
	"stayput/locale"
	"stayput/paper"
	"stayput/present/letter"
)

// draftOf is a paper of a family in a language and a register.
func draftOf(t testing.TB, f *Family, p *paper.Paper, lang string, r paper.Register) *letter.Letter {
	t.Helper()
	cat, ok := locale.For(lang)
	if !ok {
		t.Fatal(lang)
	}
	words := packs.Texts(lang)
	o := letter.For(f.Brief, cat, r, words)
	return letter.Compose(p, Facts(f, p, o, words), o)
}

func all(t testing.TB) (out []*paper.Paper) {
	t.Helper()
	for _, id := range paper.IDs() {
		p, err := paper.Get(id)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, p)
	}
	return out
}

// mostBlanks is how many gaps the body of a letter may have when the record holds
// nothing; who, when and to whom are asked besides.
const mostBlanks = 6

// asked is how many different questions blanks ask.
func asked(blanks []string) int {
	blanks = slices.Clone(blanks)
	slices.Sort(blanks)
	return len(slices.Compact(blanks))
}

// Every paper, of every family, in both languages and registers: each required content is
// held by some text, complete or with an honest blank; nothing of the machinery shows;
// a person's edits begin from a text that reads back to the same document.
func TestEveryPaper(t *testing.T) {
	odd := regexp.MustCompile(`[{}]|%!|<nil>|letter\.[a-z]|webpaper\.|\b0001\b|  |: \.|\(\)`)
	for _, f := range families(t) {
		for _, p := range all(t) {
			for _, lang := range paper.Languages {
				for _, r := range paper.Registers {
					name := fmt.Sprintf("%s/%s/%s/%s", f.Name, p.ID, lang, r)
					l := draftOf(t, f, p, lang, r)
					var text []string
					for _, b := range l.Blocks {
						text = append(text, letter.Plain(b))
					}
					whole := strings.Join(text, "\n")
					for _, line := range text {
						if m := odd.FindString(line); m != "" {
							t.Errorf("%s: %q in %q", name, m, line)
						}
					}
					for _, x := range letter.Check(p, l.Held, nil, whole) {
						if x.Required && x.State != letter.Present && x.State != letter.Blank && x.State != letter.Moot {
							t.Errorf("%s: the required content %s is %s", name, x.Item.ID, x.State)
						}
					}
					if n := asked(l.Blanks); p.Form.Framed() && n > mostBlanks+7 {
						t.Errorf("%s: %d questions: %q", name, n, l.Blanks)
					}
					md := markup.Format(l.Blocks)
					back, bad := markup.Parse(md)
					if len(bad) > 0 {
						t.Errorf("%s: %v", name, bad)
					}
					if again := markup.Format(back); again != md {
						t.Errorf("%s: what is edited is not what was drafted:\n%s\n---\n%s", name, md, again)
					}
				}
			}
		}
	}
}

// Each of the papers that the law packs and next steps may name exists.
func TestNamedPapersExist(t *testing.T) {
	have := map[string]bool{}
	for _, id := range paper.IDs() {
		have[id] = true
	}
	for _, id := range law.Documents {
		if !have[id] {
			t.Errorf("there is no paper %s", id)
		}
	}
}
