package letter

import "stayput/derive/draft"

// Value is one fact in words, as a paper says it. field is what a paper calls it.
func Value(o Options, field string, v draft.Value) string {
	if !v.Any() {
		return ""
	}
	c := composer{o: o, lang: o.Cat.Lang()}
	return c.words(field, v)
}
