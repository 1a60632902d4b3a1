package web

import (
	"net/http"
	"net/url"
	"strings"

	"stayput/day"
	"stayput/derive/clock"
	"stayput/desk"
	"stayput/fact"
	"stayput/law"
	"stayput/locale"
	"stayput/people"
	say "stayput/present/brief"
)

// A clockLink is somewhere to go.
type clockLink struct {
	Href, Label string
	Current     bool
}

// A clockItem is one date of a case with its box and where it explains itself.
type clockItem struct {
	say.Item
	Box     DateBox
	Tag     Tag
	Href    string
	Owner   string // the name of who owes it, in short
	Started string // the entry that started it
	Sum     string // how it was counted
}

// clockTones are the tones of the kit for those of a brief.
var clockTones = map[string]string{"late": "late", "soon": "soon", "ahead": "lead", "unsure": "unsure", "done": "done"}

// clockBox draws the date of a clock, or what is known of it.
func clockBox(c *locale.Catalog, k *clock.Clock, x *say.Item) DateBox {
	if k.On == 0 {
		return DateBox{Vague: x.Date}
	}
	b := dateBox(c, k.On, clockTones[x.Tone])
	b.Or = x.Big.Or
	return b
}

// clockTag says where a date stands, in words and with a sign, so that color is
// never the only one to say it.
func (f speaker) clockTag(k *clock.Clock, x *say.Item) Tag {
	tone := map[string]string{"late": "late", "soon": "soon", "unsure": "unsure", "done": "done"}[x.Tone]
	if x.Mark == "!" {
		tone = ""
	}
	if k.Status == clock.Running && k.On != 0 && k.Left > 0 && k.Rule.Kind != law.Floor {
		return Tag{Tone: tone, Text: x.Mark + " " + f.N("webdates.right_left", k.Left)}
	}
	if k.Status == clock.Running && k.On == 0 {
		return Tag{Tone: tone, Text: x.Mark + " " + f.T("status.unknown")}
	}
	return Tag{Tone: tone, Text: x.Mark + " " + x.Status}
}

// clockItems puts some clocks of a case into words.
func (f speaker) clockItems(c *desk.Case, at []int, tone, query string) []clockItem {
	out := make([]clockItem, 0, len(at))
	for i, x := range say.Items(c.Brief, f.wording(c.Brief), at, tone) {
		k := &c.Brief.Clocks[at[i]]
		out = append(out, clockItem{
			Item: x, Box: clockBox(f.cat, k, &x), Tag: f.clockTag(k, &x), Href: clockPath(c.Folder, x.Rule, x.Trigger) + query, Owner: f.owner(k), Started: locale.First(f.started(k)), Sum: arithmetic(x.Count),
		})
	}
	return out
}

// arithmetic is how a date was counted, without the word that begins the
// sentence.
func arithmetic(count string) string {
	if _, rest, ok := strings.Cut(count, ": "); ok {
		return locale.First(rest)
	}
	return count
}

// owner names who owes a date.
func (f speaker) owner(k *clock.Clock) string {
	p := owedBy(k)
	if p == "" || !f.cat.Has("party."+string(p)) {
		return ""
	}
	return f.cat.T("party." + string(p))
}

func owedBy(k *clock.Clock) fact.Party {
	if k.OwedBy != "" {
		return k.OwedBy
	}
	return k.Rule.OwedBy
}

// Whose duties a page shows.
const (
	owesFamily = "family"
	owesSchool = "school"
	owesOther  = "other"
)

var owesGroups = []string{"", owesFamily, owesSchool, owesOther}

// owes reports that a clock belongs to a group; "" is everybody's.
func owes(k *clock.Clock, group string) bool {
	switch p := owedBy(k); group {
	case owesFamily:
		return p == fact.Parent || p == fact.Either
	case owesSchool:
		return p == fact.LEA || p == fact.Either
	case owesOther:
		return p != fact.Parent && p != fact.LEA && p != fact.Either
	}
	return true
}

// viewQuery carries the two days of a view from page to page.
func viewQuery(v desk.View, more ...string) string {
	q := url.Values{}
	if v.AsOf != 0 {
		q.Set("as_of", v.AsOf.String())
	}
	if v.Known != 0 {
		q.Set("known_by", v.Known.String())
	}
	for i := 0; i+1 < len(more); i += 2 {
		if more[i+1] != "" {
			q.Set(more[i], more[i+1])
		}
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

// clockView is the view a page is asked for, within the days that can be counted.
func clockView(r *http.Request) desk.View {
	v := viewOf(r)
	for _, d := range []*day.Date{&v.AsOf, &v.Known} {
		if *d != 0 && (*d < day.Must(1975, 1, 1) || *d > day.Must(2100, 12, 31)) {
			*d = 0
		}
	}
	return v
}

// A clockDays says as of which day a page is, and lets one choose another.
type clockDays struct {
	Action string
	Line   string
	Other  bool // another day than today, or only part of the record
	Today  string
	Fields []Field
	Hidden []Hidden
}

func (f speaker) clockDays(c *desk.Case, v desk.View, action string, hidden ...Hidden) clockDays {
	d := clockDays{Action: action, Other: v.AsOf != 0 && v.AsOf != c.Today || v.Known != 0, Today: action, Hidden: hidden}
	asOf := c.Brief.AsOf
	d.Line = f.T("page.as_of", "date", f.cat.DateFull(asOf))
	if v.Known != 0 {
		d.Line += ". " + f.T("page.known", "date", f.cat.Date(v.Known))
	}
	d.Line = strings.TrimSuffix(d.Line, ".")
	known := ""
	if v.Known != 0 {
		known = v.Known.String()
	}
	d.Fields = []Field{
		{Name: "as_of", Label: f.T("webdates.as_of"), Hint: f.T("webdates.as_of_hint"), Kind: "date", Value: asOf.String(), Required: true},
		{Name: "known_by", Label: f.T("webdates.known_by"), Hint: f.T("webdates.known_by_hint"), Kind: "date", Value: known},
	}
	return d
}

// A clockAsk is one missing fact, what it would settle, and where to give it.
type clockAsk struct {
	Text         string
	Settles      []string
	More         int // further dates that it would settle
	Href, Action string
	Helps        bool // it settles nothing alone
}

func aboutCalendar(m day.Missing) bool { return strings.HasPrefix(m.Key, "calendar_") }

// calendarAsks are the missing facts about school calendars that dates still
// wait for, the one to give first in front.
func (f speaker) calendarAsks(c *desk.Case) []clockAsk {
	var out []clockAsk
	for _, a := range say.Asks(c.Brief, f.wording(c.Brief)) {
		if !a.Calendar() || !a.Open() {
			continue
		}
		x := clockAsk{Text: a.Text, Settles: a.Settles}
		if len(a.Settles) == 0 {
			x.Helps, x.Settles = true, a.Helps
		}
		if n := len(x.Settles) - 4; n > 0 {
			x.Settles, x.More = x.Settles[:4], n
		}
		x.Href, x.Action = f.settle(c, a.Missing, a.Clock)
		out = append(out, x)
	}
	return out
}

func ruleTitle(o say.Options, k *clock.Clock) string {
	if t := o.Words.Rule(k.Rule.ID); t != nil && t.Title != "" {
		return t.Title
	}
	return string(k.Rule.ID)
}

// newCalendar is where the calendar of a school year can be given for a case.
func newCalendar(id people.CaseID, year string) string {
	q := url.Values{"case": {string(id)}}
	if year != "" {
		q.Set("year", year)
	}
	return "/calendars/new?" + q.Encode()
}

// NewCalendar is where the calendar can be given that the case waits for first.
func (m *Mast) NewCalendar() string {
	year := ""
	if m.waits != nil {
		year = m.waits()
	}
	return newCalendar(m.ID, year)
}

// settle is the page where a missing fact can be given, and the words of the
// link to it.
func (f speaker) settle(c *desk.Case, m day.Missing, k *clock.Clock) (href, action string) {
	href, action, needs := f.settled(c, m, k)
	if needs != desk.Open && f.site != nil && !f.site.desk.May(f.who, needs, c.ID) {
		return "", "" // the question stays, for somebody who may answer it
	}
	return href, action
}

func (f speaker) settled(c *desk.Case, m day.Missing, k *clock.Clock) (href, action string, needs desk.Action) {
	of := "?case=" + url.QueryEscape(string(c.ID))
	switch m.Key {
	case "calendar_none", "calendar_next", "calendar_first_day", "calendar_last_day":
		if m.Key == "calendar_last_day" && len(c.File.Calendars) > 0 {
			return "/calendars" + of, f.T("webdates.ask_calendar_look"), desk.SeeSpace
		}
		return newCalendar(c.ID, say.YearOf(m)), f.T("webdates.ask_calendar_new"), desk.SaveCalendar
	case "calendar_partial", "calendar_ends":
		for _, r := range c.File.Calendars {
			if r.Inline == nil && (r.Name == m.Name || strings.TrimSuffix(r.Name, ".yaml") == m.Name) {
				return "/calendars/" + url.PathEscape(r.Name) + "/edit" + of, f.T("webdates.ask_calendar_edit"), desk.SaveCalendar
			}
		}
		return "/calendars" + of, f.T("webdates.ask_calendar_look"), desk.SeeSpace
	case "grade_unknown", "track_unknown", "date_of_birth":
		return casePath(c.Folder) + "/edit", f.T("webdates.ask_child"), desk.ChangeCase
	}
	if strings.HasPrefix(m.Key, "case_") {
		return casePath(c.Folder) + "/edit", f.T("webdates.ask_child"), desk.ChangeCase
	}
	for _, id := range []string{m.Name, k.Trigger} {
		if c.Name(id) != "" {
			return entryPath(c.Folder, id), f.T("webdates.ask_entry"), desk.SeeCase
		}
	}
	return casePath(c.Folder) + "/add", f.T("webdates.ask_add"), desk.AddEntry
}
