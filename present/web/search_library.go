package web

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"stayput/desk"
	"stayput/guide"
	"stayput/law"
	"stayput/paper"
)

// The library is searched in the language of the page: papers, words to say, help pages,
// the glossary, myths, trainings, and who helps. Words count as in a case: each as the
// beginning of a word, whatever its accents.

type (
	// A foundGroup is what a search found in one part of the library.
	foundGroup struct {
		ID, Title string
		Items     []foundCard
		Rest      []foundCard // beyond the first few
	}
	// A foundCard is one card, page or paper.
	foundCard struct{ Href, Title, Text string }

	// A shelfCard is a foundCard with the words by which it is found.
	shelfCard struct {
		foundCard
		id    string
		title []string // words of its title and of its other names
		alone []string // words of its title
		body  []string
		place string // of who helps: the jurisdiction
	}
	// A shelfPart is one part of the library.
	shelfPart struct {
		id    string
		cards []shelfCard
	}
)

// mostCards is how many cards of a part are shown at once, mostRest how many in all.
const (
	mostCards = 5
	mostRest  = 30
)

// searchWords are the words of a text in small letters without accents, also where an
// accent is written as a sign of its own.
func searchWords(s string) []string {
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || r == '\'' || r == '’' { // don't is one word
			return -1
		}
		return r
	}, folded(s))
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}

// askedFor are the words of a query that say something, at most a dozen: "the" and "of"
// stand everywhere.
func (f speaker) askedFor(query string) []string {
	all := searchWords(query)
	small := searchWords(f.T("webfind.small_words"))
	out := slices.DeleteFunc(slices.Clone(all), func(w string) bool { return slices.Contains(small, w) })
	if len(out) == 0 {
		out = all
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return out[:min(len(out), 12)]
}

func begun(have []string, w string) bool {
	return slices.ContainsFunc(have, func(h string) bool { return strings.HasPrefix(h, w) })
}

// score is how well a card fits, 0 when a word is nowhere on it: what stands in its title
// counts most, and most of all when it is the title.
func (c *shelfCard) score(words []string) int {
	inTitle := 0
	for _, w := range words {
		switch {
		case begun(c.title, w):
			inTitle++
		case !begun(c.body, w):
			return 0
		}
	}
	out := 1 + 10*inTitle/len(words)
	if inTitle == len(words) {
		out += 10
		if slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(c.title[0], w) }) {
			out += 5
		}
		if len(c.alone) == len(words) {
			out += 10 // it is the title
		}
	}
	return out
}

// rank is how high a part of the library with such a best card stands: one whose title was
// asked for, one with the words in a title, the others. Parts of one rank stand in the order
// of what one does with them.
func rank(score int) int {
	switch {
	case score > 30:
		return 2
	case score > 20:
		return 1
	}
	return 0
}

func (f speaker) card(id, href, title, text string, names, body []string) shelfCard {
	return shelfCard{foundCard: foundCard{href, title, shortened(oneSpace(text), 180)}, id: id, alone: f.askedFor(title), title: searchWords(title + " " + strings.Join(names, " ")), body: searchWords(strings.Join(body, " "))}
}

var (
	shelfMu    sync.Mutex
	shelfParts = map[string][]shelfPart{}
)

// libraryParts are the parts of the library that are the same in every space, in the
// language of the page. They are made once.
func (f speaker) libraryParts() []shelfPart {
	shelfMu.Lock()
	defer shelfMu.Unlock()
	if out := shelfParts[f.Lang]; out != nil {
		return out
	}
	g := guide.For(f.Lang)
	say, help, terms, myths, trainings, near := shelfPart{id: "say"}, shelfPart{id: "help"}, shelfPart{id: "terms"}, shelfPart{id: "myths"}, shelfPart{id: "training"}, shelfPart{id: "near"}
	for i := range g.Sayings {
		x := &g.Sayings[i]
		body := []string{x.Say, x.After, f.cat.Kind(x.Log.Kind.String())}
		for _, l := range x.Law {
			body = append(body, l.Text, l.Citation)
		}
		say.cards = append(say.cards, f.card(x.ID, "/law/say?only="+x.ID, x.Hear, x.Say, nil, body))
	}
	for i := range g.Topics {
		x := &g.Topics[i]
		body := []string{x.Summary}
		for _, b := range x.Body {
			for _, it := range b.Items {
				body = append(body, it.Text)
			}
		}
		help.cards = append(help.cards, f.card(x.ID, "/help/"+x.ID, x.Title, x.Summary, nil, body))
	}
	for i := range g.Terms {
		x := &g.Terms[i]
		terms.cards = append(terms.cards, f.card(x.ID, "/law/glossary#term-"+x.ID, x.Term, x.Definition, x.Names, []string{x.Definition, x.Citation}))
	}
	for i := range g.Myths {
		x := &g.Myths[i]
		myths.cards = append(myths.cards, f.card(x.ID, "/law/myths#myth-"+x.ID, "“"+x.Myth+"”", x.Reality, nil, []string{x.Reality, x.Do, x.Citation}))
	}
	for i := range g.Trainings {
		x := &g.Trainings[i]
		body := append([]string{x.Who}, x.Goals...)
		for _, s := range x.Steps {
			body = append(body, s.Text)
		}
		for _, q := range x.Questions {
			body = append(body, q.Ask, q.Answer)
		}
		trainings.cards = append(trainings.cards, f.card(x.ID, "/law/training/"+x.ID, x.Title, x.Who, nil, body))
	}
	for _, id := range lawBook().IDs() {
		place := f.resourcePlace(id)
		for _, k := range law.HelpKinds {
			for _, h := range lawBook().Pack(id).Help {
				if h.Kind == k {
					c := f.card(h.ID, "/law/resources#"+helpAnchor(id, h.ID), h.Name, place+". "+f.T("webcall.kind_"+k), nil, []string{place, f.T("webcall.kind_" + k), h.Where[f.Lang], h.Phone})
					c.place = id
					near.cards = append(near.cards, c)
				}
			}
		}
	}
	out := []shelfPart{say, help, terms, myths, trainings, near}
	shelfParts[f.Lang] = out
	return out
}

// builtCards are the cards of built-in papers, made once for each language.
var builtCards sync.Map

type builtCard struct{ id, lang string }

// helpAnchor is where somebody who helps stands on the page of them.
func helpAnchor(place, id string) string { return "help-" + place + "-" + id }

// paperCards are the papers of a shelf, by title, group, and what they are for.
func (f speaker) paperCards(shelf *paper.Shelf) (out []shelfCard) {
	for _, id := range shelf.IDs() {
		d, err := shelf.Get(id)
		if err != nil {
			continue // an own one that cannot be read is told in the settings
		}
		if x, made := builtCards.Load(builtCard{id, f.Lang}); made && shelf.Own(id) == nil {
			out = append(out, x.(shelfCard))
			continue
		}
		body := []string{d.Use[f.Lang], f.T("webpaper.group_" + string(d.Group)), strings.ReplaceAll(id, "-", " ")}
		for _, its := range [][]paper.Item{d.Contents.Required, d.Contents.Recommended} {
			for i := range its {
				body = append(body, its[i].Is[f.Lang])
			}
		}
		c := f.card(id, lawPaperPath(id), d.Title[f.Lang], d.Use[f.Lang], nil, body)
		if shelf.Own(id) == nil {
			builtCards.Store(builtCard{id, f.Lang}, c)
		}
		out = append(out, c)
	}
	return out
}

// findIn is what a search of the library takes into account: the case in which the person
// writes, and where the children of the space live.
type findIn struct {
	Shelf  *paper.Shelf
	Write  *desk.Case // nil for none
	Places []string
}

// foundInLibrary are the cards that hold the words, the best part first.
func (f speaker) foundInLibrary(query string, in findIn) (out []foundGroup) {
	words := f.askedFor(query)
	if len(words) == 0 {
		return nil
	}
	type hit struct {
		score int
		foundCard
	}
	best := map[string]int{}
	for _, part := range append([]shelfPart{{"papers", f.paperCards(in.Shelf)}}, f.libraryParts()...) {
		var hits []hit
		for i := range part.cards {
			c := &part.cards[i]
			n := c.score(words)
			if n == 0 {
				continue
			}
			x := c.foundCard
			if c.place != "" && slices.Contains(in.Places, c.place) {
				n++
			}
			if part.id == "papers" && in.Write != nil {
				d, err := in.Shelf.Get(c.id)
				if err == nil && writes(in.Write.File.Case.Side, d) && inState(in.Write, d) {
					n, x.Href = n+2, paperNew(in.Write.Folder, hereFor(in.Write, c.id), "")
				}
			}
			if part.id == "say" && in.Write != nil {
				x.Href += "&case=" + string(in.Write.ID)
			}
			hits = append(hits, hit{n, x})
		}
		if len(hits) == 0 {
			continue
		}
		slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Compare(b.score, a.score) })
		best[part.id] = rank(hits[0].score)
		g := foundGroup{ID: part.id, Title: f.T("webfind.part_" + part.id)}
		for i, h := range hits[:min(len(hits), mostRest)] {
			if i < mostCards {
				g.Items = append(g.Items, h.foundCard)
			} else {
				g.Rest = append(g.Rest, h.foundCard)
			}
		}
		out = append(out, g)
	}
	slices.SortStableFunc(out, func(a, b foundGroup) int { return cmp.Compare(best[b.ID], best[a.ID]) })
	return out
}
