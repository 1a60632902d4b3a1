package letter_test

import (
	"slices"
	"strings"
	"testing"

	"stayput/day"
	"stayput/derive/draft"
	"stayput/fact"
	"stayput/format/document"
	"stayput/law"
	"stayput/locale"
	"stayput/paper"
	"stayput/present/letter"
)

func cat(t testing.TB, lang string) *locale.Catalog {
	t.Helper()
	c, ok := locale.For(lang)
	if !ok {
		t.Fatal(lang)
	}
	return c
}

func on(s string) day.Date {
	d, err := day.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func date(s, entry string) draft.Value {
	return draft.Value{Sort: paper.Date, Date: on(s), Entries: []string{entry}}
}

func said(s string) draft.Value { return draft.Value{Sort: paper.Said, Said: s} }

// facts are those of a no of February 20, 2025.
func facts() *draft.Facts {
	return &draft.Facts{Fields: map[string]draft.Value{
		"today": date("2025-03-01", ""), "reply.by": date("2025-03-15", ""), "child.name": said("Ana  L.\n"), "child.born": date("2015-04-02", ""), "sender.name": said("Eva L."),
		"sender.email": said("eva@example.org"), "to.name": said("D. Sample"), "no.on": date("2025-02-20", "no"), "request.on": date("2025-02-03", "ask"),
		"request.what": {Sort: paper.Named, Named: draft.Named{Kind: fact.MustLookup("evaluation_requested")}, Entries: []string{"ask"}},
	}, Lists: map[string][]draft.Row{}}
}

func options(t testing.TB, lang string, r paper.Register) letter.Options {
	return letter.Options{Cat: cat(t, lang), Register: r, Case: &fact.Case{}, Title: func(id law.RuleID) string { return string(id) }}
}

func text(l *letter.Letter) string {
	var out []string
	for _, b := range l.Blocks {
		out = append(out, letter.Plain(b))
	}
	return strings.Join(out, "\n\n")
}

func TestCompose(t *testing.T) {
	p, err := paper.Get("demand-pwn")
	if err != nil {
		t.Fatal(err)
	}
	l := letter.Compose(p, facts(), options(t, "en", paper.Plain))
	s := text(l)
	for _, want := range []string{"Eva L.\neva@example.org", "March 1, 2025", "D. Sample", "Re: Request for prior written notice\nAna L., born April 2, 2015", "Dear D. Sample:",
		"On February 20, 2025 the school said no to my request for an evaluation of February 3, 2025.", "Please send it by March 15, 2025."} {
		if !strings.Contains(s, want) {
			t.Errorf("no %q in\n%s", want, s)
		}
	}
	if len(l.Blanks) != 0 {
		t.Errorf("blanks %q", l.Blanks)
	}
	if i := slices.IndexFunc(l.Used, func(u letter.Used) bool { return u.Field == "no.on" }); i < 0 || l.Used[i].Said != "February 20, 2025" || !slices.Equal(l.Used[i].Entries, []string{"no"}) {
		t.Errorf("%+v", l.Used)
	}
	es := text(letter.Compose(p, facts(), options(t, "es", paper.Formal)))
	if want := "El 20 de febrero de 2025 el distrito negó mi solicitud de evaluación con fecha del 3 de febrero de 2025."; !strings.Contains(es, want) {
		t.Errorf("no %q in\n%s", want, es)
	}
}

// What the record does not hold is a blank with its question, and nothing else.
func TestBlanks(t *testing.T) {
	p, _ := paper.Get("demand-pwn")
	l := letter.Compose(p, &draft.Facts{Fields: map[string]draft.Value{"today": date("2025-03-01", "")}}, options(t, "en", paper.Plain))
	s := text(l)
	for _, q := range []string{"[[Your name]]", "[[Your child’s full name]]", "[[Your child’s date of birth]]", "[[What did you ask for, and when?]]"} {
		if !strings.Contains(s, q) {
			t.Errorf("no %s in\n%s", q, s)
		}
	}
	if !l.Gaps["request_refused"] || l.Gaps["ask"] {
		t.Errorf("%v", l.Gaps)
	}
	if strings.Contains(s, "0001") || strings.Contains(s, "1970") {
		t.Errorf("a made-up date in\n%s", s)
	}
}

func state(fs []letter.Finding, id string) letter.State {
	for _, f := range fs {
		if f.Item.ID == id {
			return f.State
		}
	}
	return "none"
}

func TestCheck(t *testing.T) {
	p, _ := paper.Get("demand-pwn")
	l := letter.Compose(p, facts(), options(t, "en", paper.Plain))
	s := text(l)
	check := func(s string, told ...string) []letter.Finding {
		m := map[string]bool{}
		for _, x := range told {
			m[x] = true
		}
		return letter.Check(p, l.Held, m, s)
	}
	for _, id := range []string{"child_identity", "request_refused", "ask"} {
		if got := state(check(s), id); got != letter.Present {
			t.Errorf("%s is %s", id, got)
		}
	}
	cut := strings.Replace(s, "On February 20, 2025 the school said no to my request for an evaluation of February 3, 2025.", "", 1)
	if got := state(check(cut), "request_refused"); got == letter.Present {
		t.Errorf("taken out, and %s", got)
	}
	if got := state(check(cut, "request_refused"), "request_refused"); got != letter.Told {
		t.Errorf("told, and %s", got)
	}
	kept := strings.Replace(s, "the school said no", "your school said no", 1)
	if got := state(check(kept), "request_refused"); got != letter.Present {
		t.Errorf("one word changed, and %s", got)
	}
	for _, f := range check("") {
		if f.State != letter.Missing {
			t.Errorf("of nothing, %s is %s", f.Item.ID, f.State)
		}
	}
	thin := letter.Compose(p, &draft.Facts{}, options(t, "en", paper.Plain))
	if got := state(letter.Check(p, thin.Held, nil, text(thin)), "request_refused"); got != letter.Blank {
		t.Errorf("with a blank it is %s", got)
	}
}

func TestStale(t *testing.T) {
	p, _ := paper.Get("demand-pwn")
	was := letter.Compose(p, facts(), options(t, "en", paper.Plain)).Used
	f := facts()
	f.Fields["no.on"] = date("2025-02-21", "no2")
	f.Fields["today"], f.Fields["reply.by"] = date("2025-03-02", ""), date("2025-03-16", "")
	delete(f.Fields, "request.on")
	got := letter.Stale(was, letter.Compose(p, f, options(t, "en", paper.Plain)).Used)
	by := map[string]letter.Change{}
	for _, c := range got {
		by[c.Field] = c
	}
	if c := by["request.on"]; c.Was != "February 3, 2025" || c.Now != "" {
		t.Errorf("%+v", got)
	}
	if _, today := by["today"]; today {
		t.Error("another day is no change of the record")
	}
	if n := letter.Stale(was, was); len(n) != 0 {
		t.Errorf("%+v", n)
	}
}

func TestDates(t *testing.T) {
	en := letter.Dates(cat(t, "en"), "On March 3, 2025 and march 4 2025, on 2025-03-05, 3/6/2025 and 3/7/25; not on February 30, 2025 or 13/45/2025.")
	for s, d := range map[string]string{"March 3, 2025": "2025-03-03", "march 4 2025": "2025-03-04", "2025-03-05": "2025-03-05", "3/6/2025": "2025-03-06", "3/7/25": "2025-03-07"} {
		if en[s] != on(d) {
			t.Errorf("%s: %v", s, en[s])
		}
	}
	if len(en) != 5 {
		t.Errorf("%v", en)
	}
	es := letter.Dates(cat(t, "es"), "El 3 de marzo de 2025, el 1º de abril del 2025 y el 15/3/2025.")
	for s, d := range map[string]string{"3 de marzo de 2025": "2025-03-03", "1º de abril del 2025": "2025-04-01", "15/3/2025": "2025-03-15"} {
		if es[s] != on(d) {
			t.Errorf("%s: %v", s, es[s])
		}
	}
}

// A date or an amount that somebody typed and that the record does not hold is pointed
// out; those of the record, and those of the law in the paper's own words, are not.
func TestUnknown(t *testing.T) {
	p, _ := paper.Get("demand-pwn")
	f := facts()
	f.Lists["missed"] = []draft.Row{{Key: "a", Values: map[string]draft.Value{"on": date("2025-01-13", "s")}}}
	l := letter.Compose(p, f, options(t, "en", paper.Plain))
	c := cat(t, "en")
	if got := letter.Unknown(c, p, f, l.Used, text(l)); len(got) != 0 {
		t.Errorf("as drafted: %q", got)
	}
	got := letter.Unknown(c, p, f, l.Used, text(l)+" On January 13, 2025 and March 9, 2025 she missed 240 minutes, for $1,200.00.")
	if !slices.Equal(got, []string{"March 9, 2025", "240 minutes", "$1,200.00"}) {
		t.Errorf("%q", got)
	}
}

// Words of the record can hold anything; they stay words.
func TestHostileWords(t *testing.T) {
	p, _ := paper.Get("demand-pwn")
	f := facts()
	f.Fields["child.name"] = said("# {sign: x} [[y]] | <script> " + strings.Repeat("Å", 500) + "\x00\u202e")
	l := letter.Compose(p, f, options(t, "en", paper.Plain))
	if !slices.ContainsFunc(l.Blocks, func(b document.Block) bool { return strings.Contains(letter.Plain(b), "<script>") }) {
		t.Error("the name is gone")
	}
}

// A paper that runs over a long record thousands of times ends, and what is cut off is far
// longer than a draft may be.
func TestComposeEnds(t *testing.T) {
	src, err := paper.Source("demand-pwn")
	if err != nil {
		t.Fatal(err)
	}
	bomb := string(src) + strings.Repeat("  - list: {each: events, en: \"{words}\", es: \"{words}\"}\n", 2500)
	p, err := paper.Read("bomb.yaml", []byte(bomb))
	if err != nil {
		t.Fatal(err)
	}
	f := facts()
	for i := range 1000 {
		f.Lists["events"] = append(f.Lists["events"], draft.Row{Key: string(rune('a' + i)), Values: map[string]draft.Value{"words": said(strings.Repeat("word ", 200))}})
	}
	n := len(text(letter.Compose(p, f, options(t, "en", paper.Plain))))
	if n < 1_000_000 || n > 20_000_000 {
		t.Errorf("%d bytes", n)
	}
}

// An office's own wording of a content is said where a paper names it.
func TestOwnContentIsSaid(t *testing.T) {
	src, err := paper.Source("pwn")
	if err != nil {
		t.Fatal(err)
	}
	p, err := paper.Get("pwn")
	if err != nil {
		t.Fatal(err)
	}
	it := p.Contents.Required[0]
	own, err := paper.Read("pwn.yaml", []byte(strings.Replace(string(src), it.Is["en"], "our own words", 1)))
	if err != nil {
		t.Fatal(err)
	}
	var s paper.Shelf
	s.Put(own)
	o := options(t, "en", paper.Plain)
	v := draft.Value{Sort: paper.Named, Named: draft.Named{Item: [2]string{"pwn", it.ID}}}
	if got := letter.Value(o, "what", v); got != it.Is["en"] {
		t.Errorf("the built-in one: %q", got)
	}
	if o.Papers = &s; letter.Value(o, "what", v) != "our own words" {
		t.Errorf("%q", letter.Value(o, "what", v))
	}
}
