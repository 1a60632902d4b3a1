package lawtest_test

import (
	"os"
	"testing"

	"stayput/fault"
	"stayput/law"
	"stayput/law/pack"
	"stayput/law/packs"
	"stayput/lawtest"
)

// Every worked example of every pack, read from the YAML that authors edit, is
// worked out by the engine and counted again by the plain counter.
func TestExamples(t *testing.T) {
	fsys := os.DirFS("../law/packs")
	ids, err := pack.Packs(fsys)
	if err != nil || len(ids) < 2 {
		t.Fatalf("packs %v: %v", ids, err)
	}
	var all []*law.Pack
	sources := map[string]*pack.Source{}
	for _, id := range ids {
		s, err := pack.Open(fsys, id)
		if err != nil {
			t.Fatal(err)
		}
		p, err := pack.Read(s)
		if err != nil {
			t.Fatal(err)
		}
		byLang := map[string]pack.Words{}
		for _, lang := range pack.Languages {
			w, err := pack.ReadWords(s, lang)
			if err != nil {
				t.Fatal(err)
			}
			byLang[lang] = w
		}
		for _, e := range fault.All(pack.CheckWords(p, byLang)) {
			t.Error(e)
		}
		sources[id] = s
		all = append(all, p)
	}
	run := &lawtest.Runner{Book: law.NewBook(all...), Calendars: packs.Calendars()}
	for _, id := range ids {
		xs, err := lawtest.Examples(sources[id])
		for _, e := range fault.All(err) {
			t.Error(e)
		}
		if len(xs) == 0 {
			t.Errorf("%s has no examples", id)
		}
		for i := range xs {
			ds, err := run.Run(&xs[i])
			if err != nil {
				t.Errorf("%s: %s: %v", xs[i].At, xs[i].ID, err)
			}
			for _, d := range ds {
				t.Errorf("%s: %s: %s %s %s: want %q, got %q (hand count: %s)", d.At, d.Example.ID, d.Rule, d.Entry, d.Field, d.Want, d.Got, d.Example.Count)
			}
		}
		for _, r := range lawtest.Uncovered(run.Book.Pack(id), xs) {
			t.Errorf("%s: %s has a number and no worked example", r.At, r.ID)
		}
	}
}
