package web

import (
	"stayput/desk"
	"stayput/law"
)

// never is what people take for a start of stay put and is none, and what starts
// it here, each by the law of the day.
func (f speaker) never(c *desk.Case) []stayReading {
	l := c.Brief.LawOn(c.Brief.AsOf)
	if l == nil {
		return nil
	}
	var out []stayReading
	for _, q := range []law.Question{law.StayPutBegins, law.StayPutNever} {
		key := map[law.Question]string{law.StayPutBegins: "webconsent.begins", law.StayPutNever: "webconsent.begins_not"}[q]
		for _, a := range l.Answers(q, c.Brief.AsOf) {
			r := l.Rule(a.Rule)
			v := r.VersionAt(c.Brief.AsOf)
			if v == nil {
				continue
			}
			var names []string
			for _, k := range a.Kinds {
				names = append(names, f.cat.TheKind(k.String()))
			}
			text := f.cat.T(key, "kinds", f.cat.List(names))
			if a.Disputed {
				text += " " + f.cat.T("webconsent.unsure")
			}
			out = append(out, stayReading{text, Cite{Text: v.Citation, Source: "/law/rules/" + string(a.Rule), Checked: f.cat.T("checked_short." + r.Checked.Level)}})
		}
	}
	return out
}
