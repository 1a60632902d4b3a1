package letter

import (
	"stayput/derive/brief"
	"stayput/derive/draft"
	"stayput/law"
	"stayput/law/pack"
	"stayput/locale"
	"stayput/paper"
)

// For are the Options for a brief.
func For(b *brief.Brief, cat *locale.Catalog, r paper.Register, words *pack.Texts) Options {
	o := Options{Cat: cat, Register: r, Case: b.Case}
	// A letter speaks of the law of the day: after a move the old State's does not hold.
	if l := b.LawOn(b.AsOf); l != nil {
		for _, p := range l.Packs {
			o.States = append(o.States, p.ID)
		}
	}
	o.Title = func(id law.RuleID) string { // a paper goes to others: its titles speak to nobody
		if t := words.Rule(id); t != nil {
			return curl(t.Formal())
		}
		return string(id)
	}
	return o
}

// Filed is where a paper is filed, as the law packs in play have it; empty where they say
// nothing.
func Filed(p *paper.Paper, o Options, words *pack.Texts) draft.Office {
	if p.Route == "" {
		return draft.Office{}
	}
	w := words.In(o.States...)
	id := law.RouteID(p.Route)
	return draft.Office{Name: w.RouteItem(id, "office"), How: w.RouteItem(id, "office_how")}
}
