package packs

import (
	"bytes"
	"os"
	"testing"

	"stayput/day"
	"stayput/law"
	"stayput/law/pack"
)

// The compiled packs are what the YAML beside them says.
func TestCompiledPacksAreCurrent(t *testing.T) {
	fsys := os.DirFS(".")
	ids, err := pack.Packs(fsys)
	if err != nil {
		t.Fatal(err)
	}
	built := IDs()
	if len(built) != len(ids) {
		t.Errorf("built in: %v; folders: %v; run go generate ./law/packs", built, ids)
	}
	for _, id := range ids {
		s, err := pack.Open(fsys, id)
		if err != nil {
			t.Fatal(err)
		}
		for part, want := range Compile(s) {
			got, err := os.ReadFile("compiled/" + id + "." + part + ".bin")
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("%s %s is stale; run go generate ./law/packs", id, part)
			}
		}
	}
}

// Federal law answers every question on consent, stay put and discipline, so that
// no State's silence leaves one open.
func TestFederalLawAnswersEveryQuestion(t *testing.T) {
	b, err := Book()
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range b.IDs() {
		l, _, err := b.For(id)
		if err != nil {
			t.Fatal(err)
		}
		for q := range law.Questions {
			if as := l.Answers(q, day.Must(2026, 1, 15)); len(as) == 0 || as[0].Rule == "" {
				t.Errorf("%s: nobody answers %s", id, q)
			}
		}
	}
}

// What is built in reads as a law for every pack.
func TestBook(t *testing.T) {
	b, err := Book()
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range b.IDs() {
		l, found, err := b.For(id)
		if err != nil || !found || len(l.Rules) < 200 {
			t.Errorf("%s: %v", id, err)
		}
	}
	if _, found, err := b.For("us-zz"); found || err != nil {
		t.Errorf("a jurisdiction without a pack: found %v, %v", found, err)
	}
}
