package web

import (
	"net/http"
	"slices"
	"strings"

	"stayput/day"
	"stayput/derive/rejection"
	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/plan"
)

// stepForms are what can only follow the no.
var stepForms = []string{"acknowledge", "listen", "review", "offer", "notice"}

// rejectionSave writes one of the page's forms down, as an entry that names the no.
func (s *Site) rejectionSave(w http.ResponseWriter, r *http.Request) error {
	do := r.PathValue("what")
	if rejectionFields[do] == nil {
		return refuse(http.StatusNotFound, "web.error.not_found")
	}
	var f *Form
	var err error
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		f, err = s.uploads(w, r)
	} else {
		f, err = s.form(w, r)
	}
	if err != nil {
		return err
	}
	defer f.Close()
	p, c, x, err := s.rejectionPage(r, "", nil, wrong{})
	if err != nil {
		return err
	}
	if do == "impression" && !p.School {
		return refuse(http.StatusNotFound, "web.error.not_found")
	}
	bad := wrong{}
	e := rejectionEntry(f, c, x, do, p.School, bad)
	again := func() error {
		p, _, _, err := s.rejectionPage(r, do, f, bad)
		if err != nil {
			return err
		}
		return s.show(w, r, http.StatusUnprocessableEntity, p)
	}
	if len(bad) > 0 {
		return again()
	}
	files, err := s.keepFiles(r, c, f)
	if err != nil {
		if fault.KindOf(err) == fault.Invalid {
			bad["files"] = fault.All(err)[0].Key
			return again()
		}
		return err
	}
	saved, err := s.desk.AddEntry(r.Context(), who(r), c.ID, desk.NewEntry{Name: f.Text("name", 20), Fact: e, Files: files, Via: "web"})
	if err != nil {
		return err
	}
	s.note(r, Note{Tone: "done", Key: "webcase.saved_entry", Pairs: []string{"kind", lower(first(p.cat.Kind(e.Kind.String())))}, Href: casePath(c.Folder) + "/record/" + saved, Link: "webcase.look"})
	return s.seeOther(w, r, p.Path)
}

// rejectionEntry makes the entry of what was sent. It names the no, or the offer where
// the no has no entry of its own, and stands behind the same wall.
func rejectionEntry(f *Form, c *desk.Case, x *rejection.Path, do string, school bool, bad wrong) fact.Entry {
	get := func(n string, most int) string { return f.Text(do+"-"+n, most) }
	has := func(n string) bool { return slices.Contains(rejectionFields[do], n) }
	e := fact.Entry{Kind: rejectionKinds[do], On: day.On(pastDayOf(get("on", 20), c.Today, bad))}
	e.Fields.Plan = x.Plan
	for _, o := range []*fact.Entry{x.Entry, x.Offer} {
		if o != nil && e.Re == "" && c.Mark(o.ID) != nil {
			e.Re, e.Wall = o.ID, o.Wall
		}
	}
	if do == "offer" {
		sorts := offerSorts[x.Group]
		if len(sorts) == 0 {
			bad["words"] = "webreject.bad_offer"
			return e
		}
		sort := sorts[0]
		if got := get("sort", 40); got != "" || len(sorts) > 1 {
			if sort = got; !slices.Contains(sorts, sort) {
				bad["sort"] = "webreject.bad_sort"
				return e
			}
		}
		e.Kind = fact.MustLookup(sort)
		e.Fields.Plan = get("plan", 100)
		plans, err := c.Plans()
		if e.Fields.Plan != "" && (err != nil || plan.Find(plans, e.Fields.Plan) == nil || e.Fields.Plan == x.Plan) {
			bad["plan"] = "webreject.bad_plan"
		}
	}
	if bad["on"] == "" && e.On.Latest < x.On.Earliest && slices.Contains(stepForms, do) {
		bad["on"] = "webreject.bad_before"
	}
	if t := get("time", 8); t != "" && has("time") && bad["on"] == "" {
		w, err := day.ParseWhen(e.On.Earliest.String() + "T" + t)
		if err != nil {
			bad["time"] = "webcase.bad_time"
		} else {
			e.On = w
		}
	}
	words, fits := f.Words(do+"-words", mostWords)
	switch {
	case !fits:
		bad["words"] = "webcase.bad_long"
	case words == "" && slices.Contains(mustSay, do):
		bad["words"] = "webreject.bad_words"
	}
	e.Fields.Summary = words
	e.Fields.With = splitNames(get("with", 400))
	if m := get("means", 20); has("means") && slices.Contains(fact.Means, m) {
		e.Fields.Means = m
	}
	if o := get("outcome", 20); has("outcome") && slices.Contains(fact.Outcomes, o) {
		e.Fields.Outcome = o
	}
	for _, n := range []string{"offers", "response"} {
		text, fits := f.Words(do+"-"+n, mostWords)
		switch {
		case !has(n):
		case !fits:
			bad[n] = "webcase.bad_long"
		case n == "offers":
			e.Fields.Offers = split(text, "\n")
		default:
			e.Fields.Response = text
		}
	}
	e.By = string(e.Kind.Info().By)
	switch do {
	case "contact":
		if e.By = get("by", 20); e.By != string(fact.LEA) && e.By != string(fact.Parent) {
			bad["by"] = "webreject.bad_by"
		}
		if words == "" && e.Fields.Outcome == "" {
			bad["words"] = "webreject.bad_contact"
		}
	case "offer":
		e.By = string(fact.LEA)
	case "review":
		e.Fields.About = tickedOf(f.All("review-about"), rejection.Looks)
		if len(e.Fields.About) == 0 {
			bad["about"] = "webreject.bad_looks"
		}
	case "impression":
		if e.Fields.Reasons = tickedOf(f.All("impression-why"), rejection.Readings); len(e.Fields.Reasons) == 0 {
			bad["why"] = "webreject.bad_why"
		}
	}
	return e
}

// tickedOf keeps of what was ticked what was offered, each once.
func tickedOf(ticked, offered []string) []string {
	var out []string
	for _, v := range offered {
		if slices.Contains(ticked, v) {
			out = append(out, v)
		}
	}
	return out
}
