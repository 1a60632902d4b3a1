package web

import (
	"net/http"
	"slices"
	"time"

	"stayput/day"
	"stayput/desk"
	"stayput/people"
)

// dayUntil is the last day of something that ends at a moment, at the place whose
// offset the moment keeps. Moments that keep none are of where the program runs.
func dayUntil(t time.Time) day.Date {
	if t.Location() == time.UTC {
		t = t.Local()
	}
	return day.Must(t.Add(-time.Second).Date())
}

// untilSay is the end of a share as part of a sentence.
func (f speaker) untilSay(t time.Time) string {
	if t.IsZero() {
		return f.T("webpeople.until_ended")
	}
	return f.T("webpeople.until", "date", f.cat.Date(dayUntil(t)))
}

// roleName is how a role is called; who has grants alone is a guest.
func (f speaker) roleName(m people.Member) string {
	switch {
	case m.Student:
		return f.T("webpeople.role_student")
	case m.Role == people.NoRole:
		return f.T("webpeople.role_guest")
	}
	return f.T("webpeople.role_" + string(m.Role))
}

// called is how a person is called.
func (f speaker) called(p people.Person) string {
	if p.Name == "" {
		return f.T("webpeople.nameless")
	}
	return p.Name
}

// sharePhrase is the key of the one sentence that says what terms give.
func sharePhrase(t desk.Terms) string {
	switch {
	case t.Student:
		return "student"
	case t.Entries != nil:
		return "entries"
	case t.Case == "" && t.Counsel:
		return "space_counsel"
	case t.Case == "":
		return "space_" + string(t.Role)
	case t.Counsel:
		return "case_counsel"
	}
	return "case_" + string(t.Role)
}

// shareSays says in one sentence what somebody will see and do, and until when.
// counsel are those who see work product from then on.
func (f speaker) shareSays(t desk.Terms, n int, whom, title string, counsel []string) string {
	return f.N("webpeople.says_"+sharePhrase(t), n, "who", whom, "case", title, "until", f.untilSay(t.Until), "counsel", f.cat.List(counsel))
}

// joinSays is the same sentence for who is invited. It does not name the child: a
// link may have been sent to somebody else.
func (f speaker) joinSays(t desk.Terms, n int, by string) string {
	return f.N("webpeople.join_"+sharePhrase(t), n, "by", by, "until", f.untilSay(t.Until))
}

// counselAfter is who sees work product of a case once the terms stand that somebody
// gives.
func (s *Site) counselAfter(f Frame, now []people.Person, me, by people.PersonID, t desk.Terms, whom string) []string {
	var names []string
	for _, p := range now {
		if t.HandOn && p.ID == by {
			continue
		}
		if p.ID == me {
			names = append(names, f.T("webpeople.you"))
			continue
		}
		names = append(names, f.speak().called(p))
	}
	if t.Counsel && !slices.Contains(names, whom) {
		names = append(names, whom)
	}
	return names
}

// A peopleLine is one line of what was changed about people.
type peopleLine struct{ When, Text string }

// historySay puts a change into words.
func (f speaker) historySay(x desk.Change, names map[people.PersonID]string) peopleLine {
	whom := x.For
	if n, ok := names[x.Person]; ok {
		whom = n
	}
	role := ""
	if x.Role != people.NoRole {
		role = f.T("webpeople.role_" + string(x.Role))
	}
	key := "webpeople.history_" + x.What
	return peopleLine{f.cat.Date(dayOf(x.At)), f.T(key, "by", names[x.By], "who", whom, "role", role)}
}

// names are how the people of a list are called.
func (f speaker) names(all []desk.Standing) map[people.PersonID]string {
	out := make(map[people.PersonID]string, len(all))
	for _, s := range all {
		out[s.Person.ID] = f.called(s.Person)
	}
	return out
}

// roleOptions are the roles to choose from, with what each may do.
func (f speaker) roleOptions(now people.Role, roles ...people.Role) []Option {
	var out []Option
	for _, r := range roles {
		out = append(out, Option{Value: string(r), Label: f.T("webpeople.role_" + string(r)), Hint: f.T("webpeople.role_" + string(r) + "_hint"), On: r == now})
	}
	return out
}

// untilDay is the last day as a date field holds it; "" for no end.
func untilDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return dayUntil(t).String()
}

// untilField asks for the last day.
func untilField(f Frame, v, trouble string) Field {
	return Field{Name: "until", Label: f.T("webpeople.f_until"), Hint: f.T("webpeople.f_until_hint"), Kind: "date", Value: v, Error: trouble}
}

// untilOf is the end of the day somebody named, where the child of the case lives; the
// zero time is no end. What is no day gives false.
func (s *Site) untilOf(r *http.Request, c people.CaseID, form *Form) (time.Time, bool, error) {
	v := form.Text("until", 20)
	if v == "" {
		return time.Time{}, true, nil
	}
	on, err := day.Parse(v)
	if err != nil {
		return time.Time{}, false, nil
	}
	end, err := s.desk.LastMoment(r.Context(), who(r), c, on)
	return end, err == nil, err
}
