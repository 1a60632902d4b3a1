package web

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"stayput/guide"
	"stayput/locale"
	"stayput/paper"
	"stayput/people"
)

var cardHref = regexp.MustCompile(`<li><p><a href="([^"]+)"><b>`)

// found are the links of the library that a search gives, in their order.
func (h *house) found(query string) (out []string) {
	h.t.Helper()
	body := h.get("/search?q="+url.QueryEscape(query)).is(h.t, http.StatusOK).body
	i := strings.Index(body, `id="library"`)
	if i < 0 {
		return nil
	}
	for _, m := range cardHref.FindAllStringSubmatch(body[i:], -1) {
		out = append(out, strings.ReplaceAll(m[1], "&amp;", "&"))
	}
	return out
}

// Each part of the library is found, with and without accents, and each link opens the
// very card.
func TestFindLibrary(t *testing.T) {
	h := build(t, "").enter() // no case: a paper leads to the library
	for _, x := range []struct {
		lang, query string
		want        []string
	}{
		{"en", "we don't do that here", []string{"/law/say?only=not_here"}},
		{"en", "prior written notice", []string{"/law/papers?only=pwn", "/law/papers?only=demand-pwn", "/law/glossary#term-pwn"}},
		{"en", "independent evaluation", []string{"/law/papers?only=request-iee"}},
		{"en", "how do I ask for my records", []string{"/law/papers?only=request-records"}},
		{"en", "300.322(e)", []string{"/law/say?only=jargon"}},
		{"en", "Disability Rights California", []string{"/law/resources#help-us-ca-drc"}},
		{"en", "PACER", []string{"/law/resources#help-us-mn-pacer"}},
		{"en", "getting started", []string{"/help/start"}},
		{"es", "evaluacion", []string{"/law/papers?only=request-initial-evaluation"}},
		{"es", "EVALUACIÓN", []string{"/law/papers?only=request-initial-evaluation"}},
		{"es", "evaluacio\u0301n", []string{"/law/papers?only=request-initial-evaluation"}},
		{"es", "interprete", []string{"/law/say?only=no_interpreter"}},
		{"es", "para empezar", []string{"/help/start"}},
	} {
		h.speaks(x.lang, people.Plain)
		got := h.found(x.query)
		for _, w := range x.want {
			if !slices.Contains(got, w) {
				t.Errorf("%s %q does not find %s, but %q", x.lang, x.query, w, got)
			}
		}
	}
	for _, lang := range []string{"en", "es"} {
		h.speaks(lang, people.Plain)
		g := guide.For(lang)
		for _, q := range []string{g.Trainings[0].Title, g.Myths[0].Myth, g.Terms[0].Term, g.Sayings[0].Hear, g.Topics[0].Title} {
			if len(h.found(q)) == 0 {
				t.Errorf("%s %q is not found", lang, q)
			}
		}
		seen := map[string]bool{}
		for _, q := range []string{"evalua", "iep", "reun", "meet", "plan"} {
			for _, at := range h.found(q) {
				path, anchor, _ := strings.Cut(at, "#")
				if seen[at] {
					continue
				}
				seen[at] = true
				if b := h.get(path).is(t, http.StatusOK).body; anchor != "" && !strings.Contains(b, `id="`+anchor+`"`) {
					t.Errorf("%s: no such place", at)
				}
			}
		}
		if len(seen) < 20 {
			t.Errorf("%s: only %d links", lang, len(seen))
		}
	}
}

// Every card is found by its own title.
func TestFindEvery(t *testing.T) {
	h := build(t, "").enter()
	for _, lang := range []string{"en", "es"} {
		h.speaks(lang, people.Plain)
		f := speaks(lang)
		for _, part := range append([]shelfPart{{"papers", f.paperCards(nil)}}, f.libraryParts()...) {
			if len(part.cards) == 0 {
				t.Errorf("%s: nothing in %s", lang, part.id)
			}
			for i := range part.cards {
				c := &part.cards[i]
				if words := f.askedFor(c.Title); c.score(words) == 0 {
					t.Errorf("%s: %q is not found by %q", lang, c.Title, words)
				}
			}
		}
	}
	if n := len(paper.IDs()); n < 57 {
		t.Errorf("%d papers", n)
	}
}

// What has the words in its title comes before what has them in its text.
func TestFindRank(t *testing.T) {
	h := build(t, "").enter()
	h.speaks("en", people.Plain)
	for query, first := range map[string]string{
		"request for records":  "/law/papers?only=request-records",
		"What a date means":    "/help/dates",
		"we don't do that":     "/law/say?only=not_here",
		"prior written notice": "/law/",
	} {
		if got := h.found(query); len(got) == 0 || !strings.HasPrefix(got[0], first) {
			t.Errorf("%q finds %q first", query, got)
		}
	}
}

// In a case, a paper leads to its new-paper page, and a card comes back to the case; a
// paper that is not written there leads to the library.
func TestFindInCase(t *testing.T) {
	h, c := paperHouse(t, "family")
	id := strings.TrimPrefix(c, "/cases/")
	h.get(c+"/record?q=notice").is(t, http.StatusOK).says(t, `href="/search?in=`+id+`&amp;q=notice"`)
	got := h.found("prior written notice") // the only case is the one
	for _, w := range []string{c + "/papers/new/demand-pwn", "/law/papers?only=pwn"} {
		if !slices.Contains(got, w) {
			t.Errorf("%s is not in %q", w, got)
		}
	}
	if got := h.found("we don't do that here"); !slices.Contains(got, "/law/say?only=not_here&case="+id) {
		t.Errorf("%q", got)
	}
	// Of two cases, neither is the one, unless the person comes from it.
	h.openText(strings.Replace(strings.Replace(paperCase, "SIDE", "family", 1), "Sample: papers", "Sample: other", 1))
	if got := h.found("prior written notice"); !slices.Contains(got, "/law/papers?only=demand-pwn") {
		t.Errorf("%q", got)
	}
	h.get("/search?q=prior+written+notice&in="+id).is(t, http.StatusOK).says(t, c+"/papers/new/demand-pwn", `name="in" value="`+id+`"`)
	h.get("/search?q=prior+written+notice&in=nonesuch").is(t, http.StatusOK).says(t, "/law/papers?only=demand-pwn")
	h.get("/law/papers?only=demand-pwn").is(t, http.StatusOK).says(t, c+"/papers/new/demand-pwn", "Sample: other", "34 CFR")
	a := h.get("/law/papers?only=pwn").is(t, http.StatusOK).says(t, "You have no case here in which this paper is written")
	lacks(t, a.body, "/papers/new/pwn")
}

// Nothing found, and hostile words.
func TestFindNothing(t *testing.T) {
	h := build(t, "").enter()
	h.speaks("en", people.Plain)
	h.get("/search?q=zqxzqx").is(t, http.StatusOK).says(t, "Nothing found")
	for _, q := range []string{"<script>alert(1)</script>", "\x00\xff\xfe", strings.Repeat("a ", 5000), strings.Repeat("é", 5000), "%", "' OR 1=1 --", "({[.*+?", "\u202e\u0301\u0301", "the of and", "   ", "-"} {
		a := h.get("/search?q="+url.QueryEscape(q)).is(t, http.StatusOK)
		if strings.Contains(a.body, "<script>alert") || len(a.body) > 150_000 {
			t.Errorf("%.20q: %d bytes", q, len(a.body))
		}
		h.get("/law/papers?q="+url.QueryEscape(q)).is(t, http.StatusOK)
	}
	for _, only := range []string{"nonesuch", "../pwn", "<script>", strings.Repeat("x", 3000)} {
		h.get("/law/papers?only="+url.QueryEscape(only)).is(t, http.StatusNotFound)
	}
	h.get("/law/papers?q=zqxzqx").is(t, http.StatusOK).says(t, "0 papers hold")
}

// An office's own papers are called by its own titles wherever a paper is named: one it
// added, and one that takes the place of a built-in one.
func TestOwnTitles(t *testing.T) {
	h, c := paperHouse(t, "family")
	own := func(id, was, en, es string) {
		t.Helper()
		src, err := paper.Source("demand-pwn")
		if err != nil {
			t.Fatal(err)
		}
		s := strings.Replace(string(src), "paper: demand-pwn", "paper: "+id, 1)
		for _, x := range [][2]string{{"title: Request for prior written notice\n", "title: " + en + "\n"}, {was, "title: " + es + "\n"}} {
			if strings.Count(s, x[0]) != 1 {
				t.Fatalf("%q stands there %d times", x[0], strings.Count(s, x[0]))
			}
			s = strings.Replace(s, x[0], x[1], 1)
		}
		shelf, err := h.site.desk.OwnPapers(t.Context(), h.who())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.site.desk.SaveOwnPaper(t.Context(), h.who(), id+".yaml", []byte(s), shelf.Version); err != nil {
			t.Fatal(err)
		}
	}
	d, err := paper.Get("demand-pwn")
	if err != nil {
		t.Fatal(err)
	}
	spanish := "title: " + d.Title["es"] + "\n"
	own("our-letter", spanish, "Zebra letter", "Carta de la cebra")
	own("demand-pwn", spanish, "Giraffe notice", "Aviso de la jirafa")
	own("request-records", spanish, "Okapi request", "Petición del okapi")
	h.get(c+"/papers").is(t, http.StatusOK).says(t, "Zebra letter", "Giraffe notice", c+"/papers/new/our-letter")
	lacks(t, h.get(c+"/papers").body, ">Request for prior written notice<")
	h.get(c+"/papers/new/our-letter").is(t, http.StatusOK).says(t, "<h1>Zebra letter</h1>")
	at := h.begin(c, "our-letter")
	h.get(at).is(t, http.StatusOK).says(t, "Zebra letter")
	h.get(at+"/as/look").is(t, http.StatusOK).says(t, "Zebra letter")
	h.get("/law/papers").is(t, http.StatusOK).says(t, "Zebra letter", "Giraffe notice")
	h.get("/law/papers?only=our-letter").is(t, http.StatusOK).says(t, "<h1>Zebra letter</h1>")
	h.get("/law/say?cards=all").is(t, http.StatusOK).says(t, "Giraffe notice", `href="/law/papers?only=demand-pwn"`)
	named := false
	for _, x := range guide.For("en").Trainings {
		p := h.get("/law/training/"+x.ID).is(t, http.StatusOK).body + h.get("/law/training/"+x.ID+"?as=handout").is(t, http.StatusOK).body
		lacks(t, p, ">Request for prior written notice<")
		named = named || strings.Contains(p, "Okapi request")
	}
	if !named {
		t.Error("no training names the office's own paper")
	}
	if got := h.found("zebra"); !slices.Equal(got, []string{c + "/papers/new/our-letter"}) {
		t.Errorf("zebra: %q", got)
	}
	if got := h.found("giraffe"); !slices.Equal(got, []string{c + "/papers/new/demand-pwn"}) {
		t.Errorf("giraffe: %q", got)
	}
	h.speaks("es", people.Plain)
	if got := h.found("jirafa"); len(got) != 1 {
		t.Errorf("jirafa: %q", got)
	}
	// The built-in one is back when the own one is taken away; what was added is gone.
	for _, id := range []string{"demand-pwn", "our-letter"} {
		if err := h.site.desk.DropOwnPaper(t.Context(), h.who(), id); err != nil {
			t.Fatal(err)
		}
	}
	h.get("/law/papers?only=our-letter").is(t, http.StatusNotFound)
	if got := h.found("jirafa"); len(got) != 0 {
		t.Errorf("jirafa: %q", got)
	}
	h.get("/law/papers?only=demand-pwn").is(t, http.StatusOK).says(t, d.Title["es"])
	h.get(at).is(t, http.StatusOK).says(t, "Carta de la cebra") // what was begun keeps its name
}

func speaks(lang string) speaker {
	cat, _ := locale.For(lang)
	return Frame{Lang: lang, cat: cat}.speak()
}

func BenchmarkFindLibrary(b *testing.B) {
	f := speaks("en")
	f.foundInLibrary("evaluation", findIn{})
	for b.Loop() {
		f.foundInLibrary("prior written notice", findIn{})
	}
}
