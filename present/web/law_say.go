package web

import (
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"stayput/desk"
	"stayput/fact"
	"stayput/guide"
	"stayput/paper"
	"stayput/people"
)

// A lawSayPage is what to say when: a card for each situation.
type lawSayPage struct {
	Frame
	Fields  []Field
	InCase  string // the case the person came from; "" for none
	Back    string // the page of that case
	Query   string
	Asked   bool // something was searched for or chosen
	Index   bool // only the list of situations: what is shown first
	Only    bool // one card alone, to be printed
	Groups  []sayGroup
	Count   int
	AllPath string
	Every   string // every card, to be printed
	shelf   *paper.Shelf
}

// A sayGroup is the words of one side.
type sayGroup struct {
	ID, Title string
	Cards     []sayCard
}

// A sayCard is one situation.
type sayCard struct {
	ID     string
	Hear   string
	At     string
	Say    string
	After  template.HTML
	Kind   string // the entry it makes
	Write  string // where to write it down
	Papers []sayPaper
	Law    []sayLaw
	Only   string // the card alone
}

// A sayPaper is a paper that fits; without a case at hand it leads to the library.
type sayPaper struct{ Title, Href string }

// A sayLaw is what the law says, in one line.
type sayLaw struct {
	Text template.HTML
	Cite Cite
	Rule string // the rule of the packs that says the same
	Note string // what was read, for the precise register
}

func (lawSayPage) template() string { return "law_say" }

var _ = sample(func() page {
	return lawSayPage{Fields: []Field{{Name: "q", Label: "l"}}, Index: true, Groups: []sayGroup{{"family", "t", []sayCard{{ID: "x", Hear: "h", Only: "/o"}}}}, Count: 1, AllPath: "/law/say", Every: "/law/say?cards=all"}
})

var _ = sample(func() page {
	card := sayCard{ID: "x", Hear: "h", At: "a", Say: "s", After: "a", Kind: "k", Write: "/w", Papers: []sayPaper{{"p", "/p"}, {"q", ""}}, Law: []sayLaw{{"t", Cite{Text: "c", Checked: "d"}, "/r", "n"}}, Only: "/o"}
	return lawSayPage{Fields: []Field{{Name: "q", Label: "l"}}, InCase: "c", Back: "/b", Query: "x", Asked: true, Groups: []sayGroup{{"family", "t", []sayCard{card, {ID: "y", Hear: "h", Say: "s"}}}}, Count: 2, AllPath: "/law/say"}
})

// lawSay shows the cards that fit what was asked, or the list of all situations.
func (s *Site) lawSay(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	p := lawSayPage{Frame: s.frame(r, "weblibrary.say", "law"), Query: askedWords(q.Get("q"))}
	var err error
	if p.shelf, err = s.desk.Shelf(r.Context(), who(r)); err != nil {
		return err
	}
	side, at, only := q.Get("side"), q.Get("at"), q.Get("only")
	if id := clean(q.Get("case")); id != "" && s.desk.May(who(r), desk.AddEntry, people.CaseID(id)) {
		p.InCase, p.Back = id, "/cases/"+url.PathEscape(id)
	}
	p.AllPath, p.Every = "/law/say", "/law/say?cards=all"
	if p.InCase != "" {
		in := "case=" + url.QueryEscape(p.InCase)
		p.AllPath, p.Every = p.AllPath+"?"+in, p.Every+"&"+in
	}
	sides := []Option{{Label: p.T("weblibrary.both_sides")}}
	for _, x := range []fact.Side{fact.FamilySide, fact.SchoolSide} {
		sides = append(sides, Option{Value: string(x), Label: p.T("weblibrary.side_" + string(x)), On: side == string(x)})
	}
	moments := []Option{{Label: p.T("weblibrary.any_moment")}}
	for _, x := range guide.Moments {
		moments = append(moments, Option{Value: string(x), Label: p.T("weblibrary.at_" + string(x)), On: at == string(x)})
	}
	p.Fields = []Field{
		{Name: "q", Label: p.T("weblibrary.words"), Hint: p.T("weblibrary.words_hint"), Kind: "search", Value: p.Query, Max: 200},
		{Name: "side", Label: p.T("weblibrary.whose"), Kind: "select", Options: sides},
		{Name: "at", Label: p.T("weblibrary.where"), Kind: "select", Options: moments},
	}
	words := strings.Fields(folded(p.Query))
	g := guide.For(p.Lang)
	seen := map[string]bool{}
	p.Only = g.Saying(only) != nil
	p.Asked = p.Only || len(words) > 0 || anyPicked(sides) || anyPicked(moments)
	p.Index = !p.Asked && q.Get("cards") != "all"
	for i := range g.Sayings {
		x := &g.Sayings[i]
		switch {
		case p.Only && x.ID != only,
			!p.Only && anyPicked(sides) && string(x.Side) != side,
			!p.Only && anyPicked(moments) && !x.Has(guide.Moment(at)):
			continue
		}
		c := p.sayCard(x, seen)
		if !p.Only && !holdsAll(folded(c.words(x)), words) {
			continue
		}
		if n := len(p.Groups); n == 0 || p.Groups[n-1].ID != string(x.Side) {
			p.Groups = append(p.Groups, sayGroup{ID: string(x.Side), Title: p.T("weblibrary.side_" + string(x.Side))})
		}
		y := &p.Groups[len(p.Groups)-1]
		y.Cards = append(y.Cards, c)
		p.Count++
	}
	return s.show(w, r, http.StatusOK, p)
}

// askedWords is what was typed into a search box, kept short.
func askedWords(s string) string {
	out := []rune(strings.TrimSpace(clean(s)))
	return string(out[:min(len(out), 200)])
}

// anyPicked reports that one of the options was picked and not the first, which is all.
func anyPicked(os []Option) bool {
	return slices.ContainsFunc(os[1:], func(o Option) bool { return o.On })
}

// sayCard is the card of a situation. seen holds the terms that were linked before.
func (p *lawSayPage) sayCard(x *guide.Saying, seen map[string]bool) sayCard {
	f := p.speak()
	c := sayCard{ID: x.ID, Hear: x.Hear, Say: x.Say, After: f.linked(x.After, seen), Kind: first(p.cat.Kind(x.Log.Kind.String())), Write: "/record/new"}
	var at []string
	for _, m := range x.At {
		at = append(at, lower(p.T("weblibrary.at_"+string(m))))
	}
	c.At = first(p.cat.List(at))
	only := url.Values{"only": {x.ID}}
	if p.InCase != "" {
		only.Set("case", p.InCase)
		c.Write = p.Back + "/add?kind=" + x.Log.Kind.String()
	}
	if !p.Only {
		c.Only = "/law/say?" + only.Encode()
	}
	for _, id := range x.Papers {
		d, err := p.shelf.Get(id)
		if err != nil {
			continue // a test sees that every paper is there
		}
		y := sayPaper{Title: d.Title[p.Lang], Href: lawPaperPath(id)}
		if p.InCase != "" {
			y.Href = p.Back + "/papers/new/" + url.PathEscape(id)
		}
		c.Papers = append(c.Papers, y)
	}
	for _, l := range x.Law {
		c.Law = append(c.Law, f.sayLaw(l, seen, p.Precise))
	}
	return c
}

func (f speaker) sayLaw(l guide.Point, seen map[string]bool, precise bool) sayLaw {
	y := sayLaw{Text: f.linked(l.Text, seen), Cite: f.guideCite(l.Source)}
	if l.Rule != "" {
		y.Rule = "/law/rules/" + url.PathEscape(l.Rule)
	}
	if precise {
		y.Note = l.Note
	}
	return y
}

// words is all that can be searched for on a card.
func (c *sayCard) words(x *guide.Saying) string {
	all := []string{x.Hear, x.Say, x.After, c.Kind}
	for _, y := range c.Papers {
		all = append(all, y.Title)
	}
	for _, y := range x.Law {
		all = append(all, y.Text, y.Citation)
	}
	return strings.Join(all, " ")
}

// sayPath leads to what to say at a moment, for the side that keeps a record.
func sayPath(c *desk.Case, at guide.Moment) string {
	v := url.Values{"case": {string(c.ID)}, "side": {string(c.File.Case.Side)}}
	if at != "" {
		v.Set("at", string(at))
	}
	return "/law/say?" + v.Encode()
}
