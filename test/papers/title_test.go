package papers

import (
	"strings"
	"testing"

	"stayput/law/pack"
	"stayput/law/packs"
	"stayput/locale"
	"stayput/paper"
	"stayput/present/letter"
)

// straight are quotation marks as the packs write them.
var straight = strings.NewReplacer("’", "'", "‘", "'", "“", "\"", "”", "\"", "«", "\"", "»", "\"")

// A paper quotes the titles of rules to the district, the State, a hearing office or, from
// a school, to a parent: of all papers of all families, in both languages, none holds a
// title that speaks to its reader, and what a plan lacks is said to nobody either.
func TestTitlesInPapersSpeakToNobody(t *testing.T) {
	spoken, neutral := map[string][]string{}, map[string]map[string]bool{}
	for _, lang := range paper.Languages {
		neutral[lang] = map[string]bool{}
		for _, id := range packs.IDs() {
			words, err := packs.Words(id, lang)
			if err != nil {
				t.Fatal(err)
			}
			for rule, x := range words {
				if strings.HasPrefix(rule, "holiday.") {
					continue
				}
				if pack.Addresses(lang, x.Title) != "" {
					spoken[lang] = append(spoken[lang], straight.Replace(x.Title))
				}
				if x.Neutral != "" {
					neutral[lang][straight.Replace(x.Neutral)] = false
				}
			}
		}
	}
	found := 0
	for _, f := range families(t) {
		for _, p := range all(t) {
			for _, lang := range paper.Languages {
				l := draftOf(t, f, p, lang, paper.Formal)
				var text []string
				for _, b := range l.Blocks {
					text = append(text, letter.Plain(b))
				}
				whole := straight.Replace(strings.Join(text, "\n"))
				for _, title := range spoken[lang] {
					if strings.Contains(whole, title) {
						t.Errorf("%s/%s/%s quotes %q", f.Name, p.ID, lang, title)
					}
				}
				for title := range neutral[lang] {
					if strings.Contains(whole, title) {
						found++
						neutral[lang][title] = true
					}
				}
				for _, u := range l.Used {
					if (strings.HasPrefix(u.Field, "late[") || strings.HasPrefix(u.Field, "claims[")) && strings.HasSuffix(u.Field, ".what") && pack.Addresses(lang, u.Said) != "" {
						t.Errorf("%s/%s/%s: %s says %q", f.Name, p.ID, lang, u.Field, u.Said)
					}
				}
			}
		}
	}
	if found < 10 {
		t.Errorf("neutral titles stand in %d papers of all families: the records are too small for this test", found)
	}
}

// Of every rule of every State, a paper gets a title that speaks to nobody: the families
// above live in a few States only.
func TestEveryTitleForAPaper(t *testing.T) {
	book, err := packs.Book()
	if err != nil {
		t.Fatal(err)
	}
	f := families(t)[0]
	for _, lang := range paper.Languages {
		cat, _ := locale.For(lang)
		o, n := letter.For(f.Brief, cat, paper.Plain, packs.Texts(lang)), 0
		for _, id := range book.IDs() {
			for _, r := range book.Pack(id).Rules {
				title := o.Title(r.ID)
				if w := pack.Addresses(lang, title); w != "" || title == "" || title == string(r.ID) {
					t.Errorf("%s in %s: %q (%s)", r.ID, lang, title, w)
				}
				n++
			}
		}
		if n < 1000 {
			t.Errorf("only %d rules", n)
		}
	}
}

// What a plan lacks is a phrase in a complaint, which names the part of the plan.
func TestWhatAPlanLacksNamesThePart(t *testing.T) {
	p, err := paper.Get("state-complaint")
	if err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[string]string{
		"en": "In the plan, as far as it was entered: how progress toward goals is measured is not stated (",
		"es": "En el plan, hasta donde se anotó: no consta cómo se mide el progreso hacia las metas (",
	} {
		cat, _ := locale.For(lang)
		there := false
		for _, f := range families(t) {
			for _, b := range draftOf(t, f, p, lang, paper.Plain).Blocks {
				s := letter.Plain(b)
				there = there || strings.Contains(s, want)
				if strings.Contains(s, strings.TrimSuffix(cat.T("plan_says.goal_no_measure"), ".")) {
					t.Errorf("%s: a complaint says %q", f.Name, s)
				}
			}
		}
		if !there {
			t.Errorf("%s: no complaint says %q", lang, want)
		}
	}
}
