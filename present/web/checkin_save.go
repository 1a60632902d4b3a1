package web

import (
	"net/http"
	"slices"
	"strconv"

	"stayput/day"
	"stayput/derive/checkin"
	"stayput/desk"
	"stayput/fact"
	saycheckin "stayput/present/checkin"
)

var meetingRequested = fact.MustLookup("iep_meeting_requested")

// checkinSave writes one of the page's forms down, as an entry.
func (s *Site) checkinSave(w http.ResponseWriter, r *http.Request) error {
	which := r.PathValue("what")
	f, c, err := s.caseForm(w, r)
	if err != nil {
		return err
	}
	bad := wrong{}
	var e fact.Entry
	var said string
	switch which {
	case "asked":
		e, said = checkinAsked(f, c, bad), "webcheckin.saved_asked"
	case "answered":
		e, said = checkinAnswered(f, c, bad), "webcheckin.saved_answer"
	case "child":
		if e, err = s.checkinChild(r, f, c, bad); err != nil {
			return err
		}
		said = "webcheckin.child_saved"
	case "visit":
		e, said = checkinVisit(f, c, bad), "webcheckin.visit_saved"
	case "agreed":
		e, said = checkinAgreed(f, c, bad), "webcheckin.agreed_saved"
	case "meeting":
		cat := s.wordsOf(r).cat
		e = fact.Entry{Kind: meetingRequested, On: day.On(c.Today), By: "parent", Note: cat.T("webcheckin.meeting_note", "wording", cat.T("webcheckin.wording"))}
		said = "webcheckin.meeting_saved"
	default:
		return refuse(http.StatusNotFound, "web.error.not_found")
	}
	if len(bad) > 0 {
		p, err := s.checkinPage(r, which, f, bad)
		if err != nil {
			return err
		}
		return s.show(w, r, http.StatusUnprocessableEntity, p)
	}
	saved, err := s.desk.AddEntry(r.Context(), who(r), caseID(r), desk.NewEntry{Name: f.Text("name", 20), Fact: e, Via: "web"})
	if err != nil {
		return err
	}
	s.note(r, Note{Tone: "done", Key: said, Href: casePath(c.Folder) + "/record/" + saved, Link: "webcase.look"})
	return s.seeOther(w, r, casePath(c.Folder)+"/carry/check-ins")
}

// inPlan keeps of what was ticked what is in force.
func inPlan(c *desk.Case, ticked []string) []string {
	res, err := c.Program()
	if err != nil {
		return nil
	}
	var out []string
	for i := range res.Tracks {
		for _, l := range res.Tracks[i].InForce {
			if slices.Contains(ticked, l.Component) && !slices.Contains(out, l.Component) {
				out = append(out, l.Component)
			}
		}
	}
	return out
}

// checkinAsked is the message that was sent today.
func checkinAsked(f *Form, c *desk.Case, bad wrong) fact.Entry {
	e := fact.Entry{Kind: checkin.Asked, On: day.On(c.Today), By: "parent"}
	if e.Fields.With = splitNames(f.Text("teacher", 400)); len(e.Fields.With) == 0 {
		bad["teacher"] = "webcheckin.bad_teacher"
	}
	e.Fields.Parts, e.Fields.Means = inPlan(c, f.All("about")), "email"
	e.Fields.Summary, _ = f.Words("text", mostWords)
	return e
}

// checkinAnswered is what somebody answered to a question of the record.
func checkinAnswered(f *Form, c *desk.Case, bad wrong) fact.Entry {
	ask := f.Text("ask", 40)
	e := fact.Entry{Kind: checkin.Answered, On: day.On(pastDayOf(f.Text(ask+"-on", 20), c.Today, bad))}
	q := c.Entry(ask)
	if q == nil || q.Kind != checkin.Asked {
		bad["words"] = "webcheckin.bad_ask"
		return e
	}
	e.Re, e.Fields.With = q.ID, splitNames(f.Text(ask+"-who", 400))
	words, fits := f.Words(ask+"-words", mostWords)
	switch e.Fields.Response = words; {
	case words == "":
		bad["words"] = "webcheckin.bad_words"
	case !fits:
		bad["words"] = "webcase.bad_long"
	}
	switch f.Text(ask+"-done", 5) {
	case "yes":
		e.Fields.Result = fact.Yes
	case "no":
		e.Fields.Result = fact.No
	}
	return e
}

// checkinChild is what the child said, with the question it answers.
func (s *Site) checkinChild(r *http.Request, f *Form, c *desk.Case, bad wrong) (fact.Entry, error) {
	e := fact.Entry{Kind: checkin.Child, On: day.On(pastDayOf(f.Text("child-on", 20), c.Today, bad)), By: "child"}
	words, fits := f.Words("child-words", mostWords)
	switch e.Note = words; {
	case words == "":
		bad["words"] = "webcheckin.bad_words"
	case !fits:
		bad["words"] = "webcase.bad_long"
	}
	cat := s.wordsOf(r).cat
	items, err := inForceItems(c, cat)
	if err != nil {
		return e, err
	}
	child := &c.File.Case.Child
	asked := saycheckin.ForChild(cat, items, saycheckin.Younger(child.Grade, yearsOld(child.Born, c.Today)))
	if n, err := strconv.Atoi(f.Text("child-question", 3)); err == nil && n >= 1 && n <= len(asked) {
		if e.Fields.Summary = asked[n-1].Text; asked[n-1].About != "" {
			e.Fields.Parts = []string{asked[n-1].About}
		}
	}
	return e, nil
}

// checkinVisit is what somebody of the family saw in class.
func checkinVisit(f *Form, c *desk.Case, bad wrong) fact.Entry {
	e := fact.Entry{Kind: checkin.Visited, On: day.On(pastDayOf(f.Text("visit-on", 20), c.Today, bad)), By: "parent"}
	e.Fields.With = splitNames(f.Text("visit-who", 400))
	e.Fields.Conditions, _ = f.Words("visit-policy", mostWords)
	words, fits := f.Words("visit-words", mostWords)
	switch e.Note = words; {
	case words == "":
		bad["words"] = "webcheckin.bad_words"
	case !fits:
		bad["words"] = "webcase.bad_long"
	}
	e.Fields.Parts = inPlan(c, f.All("visit-about"))
	return e
}

// checkinAgreed is the agreement that answers come within so many school days.
func checkinAgreed(f *Form, c *desk.Case, bad wrong) fact.Entry {
	e := fact.Entry{Kind: checkin.Agreed, On: day.On(pastDayOf(f.Text("agreed-on", 20), c.Today, bad))}
	e.Fields.With = splitNames(f.Text("agreed-who", 400))
	n, err := strconv.Atoi(f.Text("agreed-days", 4))
	if err != nil || n < 1 || n > 60 {
		bad["days"] = "webcheckin.bad_days"
	}
	e.Fields.Days = n
	return e
}
