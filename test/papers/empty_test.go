package papers

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stayput/derive/delivery"
	"stayput/derive/draft"
	"stayput/fact"
	"stayput/format/document"
	"stayput/law"
	"stayput/locale"
	"stayput/paper"
	"stayput/present/letter"
)

// slips are what a text looks like from which something fell out.
var slips = map[string]*regexp.Regexp{
	"two spaces":         regexp.MustCompile(`[ \x{a0}]{2,}`),
	"doubled signs":      regexp.MustCompile(`,,|;;|::|\.\.(?:$|[^.])|[,;:]\s*[.,;:]|\.\s+[.,;]|\?\s*\.|\(\s*[.,;:)]`),
	"space before signs": regexp.MustCompile(`\s[.,;:)](?:\s|$)`),
	"empty quotes":       regexp.MustCompile(`“\s*”|«\s*»`),
	"a dangling word":    regexp.MustCompile(`(?:^|\s)(?:and|or|the|my|your|y|o|e|mi|su)(?:[.;:)]|$)|\s(?:of|de|del|by|por|from|desde)(?:[.;)]|$)`),
	"a sign to begin":    regexp.MustCompile(`^\s*[.,;:)]`),
}

// bare of blanks: a blank stands for words that are still to come.
var blank = regexp.MustCompile(`\[\[[^\]]*\]\]`)

// emptiness tells what in a paper stands empty or is cut off.
func emptiness(bs []document.Block) (out []string) {
	text := func(where, s string) {
		if strings.TrimSpace(s) == "" {
			out = append(out, where+" is empty")
		}
		said := blank.ReplaceAllString(s, "Word")
		for _, line := range strings.Split(said, "\n") {
			for name, r := range slips {
				if m := r.FindString(line); m != "" {
					out = append(out, fmt.Sprintf("%s: %s %q in %q", where, name, m, s))
				}
			}
		}
	}
	colon := func(s string) bool { return strings.HasSuffix(strings.TrimSpace(s), ":") }
	for i, b := range bs {
		var next document.Block
		if i+1 < len(bs) {
			next = bs[i+1]
		}
		_, table := next.(document.Table)
		_, list := next.(document.List)
		_, sign := next.(document.Signature)
		p, words := next.(document.Paragraph)
		asks := words && len(p.Runs) > 0 && p.Runs[0].Blank
		switch x := b.(type) {
		case document.Heading:
			text("a heading", x.Text)
			h, is := next.(document.Heading)
			if next == nil || is && h.Level <= x.Level {
				out = append(out, fmt.Sprintf("nothing under the heading %q", x.Text))
			}
		case document.Paragraph:
			s := letter.Plain(x)
			text("a paragraph", s)
			if colon(s) && !table && !list && !sign && !asks && !greets.MatchString(s) {
				out = append(out, fmt.Sprintf("nothing after %q", s))
			}
		case document.List:
			if len(x.Items) == 0 {
				out = append(out, "a list is empty")
			}
			for _, it := range x.Items {
				s := letter.Plain(it)
				text("an item", s)
				if colon(s) {
					out = append(out, fmt.Sprintf("nothing after the item %q", s))
				}
			}
		case document.Table:
			text("a caption", x.Caption)
			if len(x.Rows) == 0 {
				out = append(out, fmt.Sprintf("the table %q has no rows", x.Caption))
			}
			for _, h := range x.Head {
				text("a head", h)
			}
			for _, row := range x.Rows {
				for j, cell := range row {
					s := ""
					for _, p := range cell {
						s += letter.Plain(p)
					}
					text(fmt.Sprintf("a cell of %q under %q", x.Caption, x.Head[j]), s)
				}
			}
		case document.Signature:
			if len(x.Lines) == 0 {
				out = append(out, "no line to sign")
			}
			for _, l := range x.Lines {
				text("a line to sign", l.Label)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// greets is a line with which a letter begins.
var greets = regexp.MustCompile(`^(?:Dear |To whom it may concern|A quien corresponda|Estimad)`)

// Nothing of a paper stands empty: no cell, no item, no list, no label without its value,
// no heading without words under it, and no sentence from which a word fell out. What a
// record does not hold is a blank with a question, or is said not to be noted.
func TestNothingStandsEmpty(t *testing.T) {
	for _, f := range families(t) {
		for _, p := range all(t) {
			for _, lang := range paper.Languages {
				for _, r := range paper.Registers {
					for _, x := range emptiness(draftOf(t, f, p, lang, r).Blocks) {
						t.Errorf("%s/%s/%s/%s: %s", f.Name, p.ID, lang, r, x)
					}
				}
			}
		}
	}
}

// some are values of some of the names, each or none.
func some(t *rapid.T, of string, sorts map[string]paper.Sort) map[string]draft.Value {
	out := map[string]draft.Value{}
	names := make([]string, 0, len(sorts))
	for name := range sorts {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if !rapid.Bool().Draw(t, of+name) {
			continue
		}
		v := draft.Value{Sort: sorts[name], Entries: []string{"e"}}
		switch v.Sort {
		case paper.Date:
			v.Date = asOf
		case paper.Said:
			v.Said = "Words."
		case paper.Named:
			v.Named.Key = "letter.part_new"
		case paper.Number:
			v.Number = 3
		case paper.Minutes:
			v.Minutes, v.Unit = 30*delivery.Minute, "minutes"
		case paper.Money:
			v.Cents = 125000
		case paper.Law:
			v.Law = "34 CFR 300.503"
		}
		out[name] = v
	}
	return out
}

// The same from any part of what a record may hold.
func TestNothingStandsEmptyWhateverIsKnown(t *testing.T) {
	ps := all(t)
	lists := make([]string, 0, len(paper.Lists))
	for name := range paper.Lists {
		lists = append(lists, name)
	}
	slices.Sort(lists)
	rapid.Check(t, func(t *rapid.T) {
		f := &draft.Facts{Fields: some(t, "", paper.Fields), Lists: map[string][]draft.Row{}}
		for _, name := range lists {
			for i := range rapid.IntRange(0, 2).Draw(t, name) {
				key := fmt.Sprint("r", i)
				row := some(t, name+key, paper.Lists[name])
				for _, always := range []string{"what", "law", "quote", "lack"} { // of what a paper lacks, as its reader said
					if s, is := paper.Lists[name][always]; is && (name == "gaps" || name == "weak" || name == "lacking") {
						row[always] = draft.Value{Sort: s, Said: "Words.", Law: rapid.SampledFrom([]string{"", "34 CFR 300.503"}).Draw(t, "law"), Named: draft.Named{Key: "letter.part_new"}}
					}
				}
				f.Lists[name] = append(f.Lists[name], draft.Row{Key: key, Values: row})
			}
		}
		lang := rapid.SampledFrom(paper.Languages).Draw(t, "lang")
		cat, _ := locale.For(lang)
		side := rapid.SampledFrom([]fact.Side{fact.FamilySide, fact.SchoolSide}).Draw(t, "side")
		o := letter.Options{Cat: cat, Register: rapid.SampledFrom(paper.Registers).Draw(t, "register"), Case: &fact.Case{Side: side}, Title: func(id law.RuleID) string { return string(id) }}
		if rapid.Bool().Draw(t, "state") {
			o.States = []string{"us", "us-ca"}
		}
		for _, p := range rapid.Permutation(ps).Draw(t, "papers")[:10] {
			for _, x := range emptiness(letter.Compose(p, f, o).Blocks) {
				t.Errorf("%s/%s/%s: %s", p.ID, lang, o.Register, x)
			}
		}
	})
}

// An offer whose placement nobody named asks for it; a part that is new says so; and that
// the earlier plan was entered without a placement is no reason to call one new.
func TestOfferedParts(t *testing.T) {
	f, err := Open("../..", "test/papers/testdata/rich.yaml", asOf)
	if err != nil {
		t.Fatal(err)
	}
	p, err := paper.Get("offer-of-fape")
	if err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[string][]string{
		"en": {"Placement\n[[What does the plan say about this until now?]]\n[[What do you offer here?]]\n[[What changes?]]", "Reading support\nDoes not appear in the plan\n2 × 30 minutes a week\nNew"},
		"es": {"Colocación\n[[¿Qué dice el plan sobre esto hasta ahora?]]\n[[¿Qué se ofrece aquí?]]\n[[¿Qué cambia?]]", "Reading support\nNo consta en el plan\n2 × 30 minutos por semana\nNuevo"},
	} {
		l := draftOf(t, f, p, lang, paper.Plain)
		s := ""
		for _, b := range l.Blocks {
			s += letter.Plain(b) + "\n"
		}
		for _, w := range want {
			if !strings.Contains(s, w) {
				t.Errorf("%s: no %q in\n%s", lang, w, s)
			}
		}
		if !l.Gaps["formal_clear"] {
			t.Errorf("%s: the offer counts as clear", lang)
		}
	}
}
