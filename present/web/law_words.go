package web

import (
	"cmp"
	"html/template"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"stayput/day"
	"stayput/fact"
	"stayput/guide"
	"stayput/law"
	"stayput/law/pack"
	"stayput/law/packs"
	say "stayput/present/brief"
)

// lawBook is the law that comes with the program.
var lawBook = sync.OnceValue(func() *law.Book {
	b, _ := packs.Book() // built in and tested
	return b
})

// lawRules are all rules of all packs, by id.
var lawRules = sync.OnceValue(func() map[law.RuleID]*law.Rule {
	out := map[law.RuleID]*law.Rule{}
	for _, id := range lawBook().IDs() {
		if p := lawBook().Pack(id); p != nil {
			for _, r := range p.Rules {
				out[r.ID] = r
			}
		}
	}
	return out
})

// lawPath is where a rule is explained.
func lawPath(id law.RuleID) string { return "/law/rules/" + url.PathEscape(string(id)) }

// A lawLine is one rule in a list.
type lawLine struct {
	Href, Title, ID string
	Area            string
	Place           string // whose law
	Owes            string // who has to act; "" when the rule is nobody's duty
	Long            string // how long; "" when the rule has no number
	Cite, Source    string
	Checked         Tag
}

// lawText is the text of a rule in the language of the page; never nil.
func (f speaker) lawText(id law.RuleID) *pack.Text {
	words := packs.Texts(f.Lang)
	if f.neutral() {
		words = words.Neutral()
	}
	if t := words.Rule(id); t != nil {
		return t
	}
	return &pack.Text{Title: string(id)}
}

// lawLine is a rule in one line, as it stands on a day.
func (f speaker) lawLine(r *law.Rule, on day.Date) lawLine {
	v := lawVersion(r, on)
	return lawLine{
		Href: lawPath(r.ID), Title: f.lawText(r.ID).Title, ID: string(r.ID), Area: first(f.cat.T("area." + r.Area)),
		Place: f.lawPlace(r.Pack), Owes: f.lawParty(r.OwedBy), Long: f.lawLong(v), Cite: v.Citation, Source: v.Source,
		Checked: f.lawChecked(r),
	}
}

// lawVersion is the version in force on a day, else the latest one.
func lawVersion(r *law.Rule, on day.Date) *law.Version {
	if v := r.VersionAt(on); v != nil {
		return v
	}
	if n := len(r.Versions); n > 0 {
		return &r.Versions[n-1]
	}
	return &law.Version{}
}

// lawPlace is what a jurisdiction is called.
func (f speaker) lawPlace(id string) string {
	if p := lawBook().Pack(id); p != nil && p.Name[f.Lang] != "" {
		return p.Name[f.Lang]
	}
	if f.cat.Has("place." + id) {
		return f.cat.T("place." + id)
	}
	return id
}

func (f speaker) lawParty(p fact.Party) string {
	if p == "" || !f.cat.Has("party."+string(p)) {
		return ""
	}
	return f.cat.T("party." + string(p))
}

// lawChecked says in short how well a rule was checked.
func (f speaker) lawChecked(r *law.Rule) Tag {
	level := r.Checked.Level
	tone := map[string]string{"primary": "done", "secondary": "info"}[level]
	if tone == "" {
		level, tone = "unverified", "unsure"
	}
	return Tag{Tone: tone, Text: f.cat.T("checked_short." + level)}
}

// lawCheckedLong says how well a rule was checked and when.
func (f speaker) lawCheckedLong(r *law.Rule) string {
	switch {
	case r.Checked.Level == "":
		return f.cat.T("checked.unverified")
	case r.Checked.Level == "primary" && r.Checked.On == 0:
		return f.cat.T("checked.primary_undated")
	}
	return f.cat.T("checked."+r.Checked.Level, "date", f.cat.Date(r.Checked.On))
}

// lawLong is how long a version gives: its lengths, each once.
func (f speaker) lawLong(v *law.Version) string {
	var out []string
	for i := range v.Due {
		if s := f.lawLength(&v.Due[i]); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return f.cat.ListOr(out)
}

// lawLength is the length of one way of counting.
func (f speaker) lawLength(d *law.Due) string {
	switch {
	case d.Standard != "" && !d.Count.Given:
		return f.cat.T("standard." + d.Standard)
	case d.OnMonth != 0:
		// Any year will do: only the day and the month are shown.
		return f.cat.T("webmore.law_on_day", "date", strings.TrimSpace(f.cat.DayShort(day.Must(2023, monthOf(d.OnMonth), d.OnDay))))
	case len(d.Of) > 0:
		key := "law.earliest_of"
		if d.OfLatest {
			key = "law.latest_of"
		}
		var parts []string
		for i := range d.Of {
			parts = append(parts, f.lawLength(&d.Of[i]))
		}
		return f.cat.T(key) + ": " + strings.Join(parts, "; ")
	case !d.Count.Given:
		return ""
	case d.Count.N == 0:
		return f.cat.T("webmore.law_same_day")
	}
	s := f.cat.N("unit."+d.Count.Unit.String(), d.Count.N)
	if d.Count.MoreThan {
		s = f.cat.T("law.more_than", "count", s)
	}
	if d.Count.Back {
		s = f.cat.T("law.before", "count", s)
	}
	return s
}

// A lawWay is one way of counting, in words.
type lawWay struct {
	When    string // the condition under which it is counted so; "" always
	Long    string
	Details []lawLink // where it starts, what is left out, where the last day moves
	Reading []lawReading
}

// A lawReading is another honest way to read a rule.
type lawReading struct {
	Way   lawWay
	Says  string
	Minor bool // a minority reads it so
}

// A lawLink is words that may lead somewhere.
type lawLink struct{ Text, Href, Title string }

// lawWay puts one way of counting into words.
func (f speaker) lawWay(d *law.Due, t *pack.Text) lawWay {
	w := lawWay{Long: f.lawLength(d)}
	if d.When != nil {
		w.When = say.Say(f.cat, d.When.Say())
	}
	add := func(text string, rule law.RuleID) {
		l := lawLink{Text: text}
		if rule != "" {
			l.Href, l.Title = lawPath(rule), f.lawText(rule).Title
		}
		w.Details = append(w.Details, l)
	}
	switch d.From.Kind {
	case law.FromNextYearStart:
		add(f.cat.T("webmore.law_from_next_year"), "")
	case law.FromYearEnd:
		add(f.cat.T("webmore.law_from_year_end"), "")
	case law.FromLinked, law.FromNext, law.FromLast:
		add(f.cat.T("webmore.law_counted_from", "what", f.cat.ListOr(f.lawKinds(d.From.Kinds))), "")
	}
	if d.FirstSame {
		add(f.cat.T("webmore.law_first_day"), "")
	}
	if d.AbsencesFrom > 0 {
		add(f.cat.N("webmore.law_absences", d.AbsencesFrom), "")
	}
	if d.Skip != nil {
		add(f.cat.T("webmore.law_skips"), d.Skip.Rule)
	}
	if d.Roll != nil {
		key := "webmore.law_rolls"
		switch {
		case d.Roll.Term:
			key = "webmore.law_rolls_term"
		case d.Roll.Back:
			key = "webmore.law_rolls_back"
		}
		add(f.cat.T(key), d.Roll.Rule)
	}
	for i := range d.Of {
		sub := f.lawWay(&d.Of[i], t)
		w.Details = append(w.Details, sub.Details...)
	}
	for i := range d.Readings {
		y := &d.Readings[i]
		w.Reading = append(w.Reading, lawReading{Way: f.lawWay(&y.Due, t), Says: t.Readings[y.ID], Minor: y.Strict})
	}
	return w
}

func (f speaker) lawKinds(ks []fact.Kind) []string {
	var out []string
	for _, k := range ks {
		if s := f.cat.TheKind(k.String()); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// linked is a text in which the first naming of each glossary term leads to the
// glossary. seen holds the terms that were linked before.
func (f speaker) linked(text string, seen map[string]bool) template.HTML {
	var b strings.Builder
	at := 0
	for _, x := range guide.For(f.Lang).Find(text) {
		if seen[x.Term.ID] {
			continue
		}
		seen[x.Term.ID] = true
		b.WriteString(template.HTMLEscapeString(text[at:x.Start]))
		b.WriteString(`<a class="sp-term" href="/law/glossary#term-` + template.HTMLEscapeString(x.Term.ID) + `">`)
		b.WriteString(template.HTMLEscapeString(text[x.Start:x.End]) + `</a>`)
		at = x.End
	}
	b.WriteString(template.HTMLEscapeString(text[at:]))
	return template.HTML(b.String())
}

// folded is a text as it is searched: small letters without accents.
func folded(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case 'á', 'Á':
			return 'a'
		case 'é', 'É':
			return 'e'
		case 'í', 'Í':
			return 'i'
		case 'ó', 'Ó':
			return 'o'
		case 'ú', 'Ú', 'ü', 'Ü':
			return 'u'
		case 'ñ', 'Ñ':
			return 'n'
		}
		return unicode.ToLower(r)
	}, s)
}

// holdsAll reports that a text holds every word.
func holdsAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// lawFound are the rules of some packs that fit an area and hold all words, by
// area and title.
func (f speaker) lawFound(ids []string, area, query string, on day.Date) []lawLine {
	words := strings.Fields(folded(query))
	var out []lawLine
	for _, id := range ids {
		p := lawBook().Pack(id)
		if p == nil {
			continue
		}
		for _, r := range p.Rules {
			if area != "" && r.Area != area {
				continue
			}
			l := f.lawLine(r, on)
			if len(words) > 0 {
				text := folded(l.Title + " " + f.lawText(r.ID).Says + " " + l.ID + " " + l.Cite + " " + l.Area)
				if !holdsAll(text, words) {
					continue
				}
			}
			out = append(out, l)
		}
	}
	slices.SortStableFunc(out, func(a, b lawLine) int {
		return cmp.Or(cmp.Compare(folded(a.Area), folded(b.Area)), cmp.Compare(folded(a.Title), folded(b.Title)))
	})
	return out
}

// A lawLevel is how many rules were checked how well.
type lawLevel struct {
	Tag   Tag
	Count int
	Share string
	Says  string
}

// lawLevels counts the rules of some packs by how well they were checked.
func (f speaker) lawLevels(ids []string) (out []lawLevel, all int) {
	n := map[string]int{}
	for _, id := range ids {
		if p := lawBook().Pack(id); p != nil {
			for _, r := range p.Rules {
				n[cmp.Or(r.Checked.Level, "unverified")]++
				all++
			}
		}
	}
	for _, l := range law.CheckLevels {
		tag := f.lawChecked(&law.Rule{Checked: law.Checked{Level: l}})
		out = append(out, lawLevel{Tag: tag, Count: n[l], Share: strconv.Itoa((100*n[l]+all/2)/max(all, 1)) + " %", Says: f.cat.T("webmore.law_level_" + l)})
	}
	return out, all
}

// stack is a jurisdiction and what lies under it: California and the United
// States.
func stack(id string) []string {
	var out []string
	for p := lawBook().Pack(id); p != nil && len(out) < 10; p = lawBook().Pack(p.Under) {
		out = append(out, p.ID)
		if p.Under == "" {
			break
		}
	}
	return out
}

// sortedKeys are the keys of a map in order.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
