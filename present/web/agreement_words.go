package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/derive/brief"
	"stayput/derive/remedy"
	"stayput/desk"
	"stayput/fact"
	"stayput/law"
	"stayput/locale"
	"stayput/plan/session"
)

// A remedyLine is one promised thing: what it is, when it is due, what was given.
type remedyLine struct {
	ID       string // of its place on the page, and the name of its entry
	Href     string // of its agreement's page, at its place
	Entry    string // of the entry in the record
	Title    string
	Sort     string
	Of       string // its agreement, on pages about several
	Tag      Tag
	Due      string
	Balances []remedyBalance
	Given    []agreementEvent
	Asked    []agreementEvent
	Odd      []string
	Logged   string // what the log says was made up, beside what was written down here
	Papers   string
	Letter   string // words to ask with, in the language of the page
	Original string // the same in English, when the page is in another language
	Forms    []agreementForm
	pending  bool
	late     bool
}

// A remedyBalance is a promise in minutes or in dollars.
type remedyBalance struct{ Of, Promised, Given, Left, Over string }

// An agreementEvent is one thing that happened, in a line.
type agreementEvent struct {
	Day, ISO, Says, Words, Href, Papers, Wall string
	More                                      []string
}

// A agreeLaw is what the law offers or says, with its place.
type agreeLaw struct {
	Title, Says string
	Cite        Cite
}

// An agreementForm is one of the forms of a page.
type agreementForm struct {
	Do, Of, Title, Lead, Button, Name string
	Open, Upload                      bool
	Fields                            []Field
}

// agreementsOf are the agreements and decisions of a case, by what this person may see.
// Sessions that were logged as made up come along where the ledger can be read.
func (s *Site) agreementsOf(r *http.Request, c *desk.Case) *remedy.Result {
	if !remedy.Any(c.Brief.View) {
		return &remedy.Result{}
	}
	var made []remedy.Made
	if slices.ContainsFunc(c.Logged().Sessions, func(l session.Log) bool { return l.Outcome == session.MakeUp }) {
		// A plan that cannot be read tells of no services; its own page says what is wrong.
		if k, err := s.carryIn(r, c); err == nil {
			made = k.made()
		}
	}
	return brief.Remedies(c.Brief, made)
}

// made are the sessions that were logged as made up, by every name of their service.
func (k *carryLook) made() []remedy.Made {
	var out []remedy.Made
	for i := range k.logs.Sessions {
		l := &k.logs.Sessions[i]
		if l.Outcome != session.MakeUp {
			continue
		}
		m := remedy.Made{On: l.On, Minutes: l.Minutes.N, Parts: []string{l.Service}}
		if svc := k.of(l); svc != nil {
			m.Parts = append(m.Parts, svc.Key)
			for j := range k.x.Promises {
				if x := &k.x.Promises[j]; x.Service == svc.Key {
					m.Parts = append(m.Parts, x.Component)
				}
			}
		}
		out = append(out, m)
	}
	return out
}

// agreementPath is where an agreement is shown.
func agreementPath(c *desk.Folder, id string) string {
	return casePath(c) + "/agreements/" + url.PathEscape(c.Name(id))
}

// dollars is money in words of the page.
func (f speaker) dollars(cents int64) string {
	return f.cat.T("webagree.dollars", "amount", remedy.Dollars(cents))
}

// minutesSaid is so many minutes.
func (f speaker) minutesSaid(n int64) string {
	return f.cat.N("webagree.minutes", int(n), "amount", grouped(int(n)))
}

// sourceSays is what sort of agreement it is.
func (f speaker) agreementTitle(a *remedy.Agreement) string {
	return first(f.cat.Kind(a.Entry.Kind.String()))
}

// remedyTitle is what a promise is called: its own words, else its sort.
func (f speaker) remedyTitle(x *remedy.Remedy) string {
	if t := strings.Join(strings.Fields(x.Entry.Fields.Summary), " "); t != "" {
		return shortened(t, 300)
	}
	return f.T("webagree.sort_" + string(x.Sort))
}

// remedyTag is where a promise stands, in words.
func (f speaker) remedyTag(x *remedy.Remedy) Tag {
	switch x.Status {
	case remedy.Late:
		return Tag{"late", f.N("webagree.is_late", x.DaysLate)}
	case remedy.Soon:
		if x.DaysLeft == 0 {
			return Tag{"soon", f.T("webagree.is_today")}
		}
		return Tag{"soon", f.N("webagree.is_soon", x.DaysLeft)}
	case remedy.Done:
		return Tag{"done", f.T("webagree.is_done")}
	case remedy.Full:
		return Tag{"done", f.T("webagree.is_full")}
	case remedy.Voided:
		return Tag{"", f.T("webagree.is_voided")}
	case remedy.Ahead:
		return Tag{"info", f.T("webagree.is_ahead")}
	}
	return Tag{"unsure", f.T("webagree.is_open")}
}

// remedyLine puts a promise into words.
func (f speaker) remedyLine(c *desk.Case, a *remedy.Agreement, x *remedy.Remedy) remedyLine {
	id := c.Name(x.Entry.ID)
	l := remedyLine{ID: id, Href: agreementPath(c.Folder, a.Entry.ID) + "#r-" + id, Entry: entryPath(c.Folder, x.Entry.ID), Title: f.remedyTitle(x), Sort: f.T("webagree.sort_" + string(x.Sort)),
		Of: f.T("webagree.of_agreement", "kind", lower(f.agreementTitle(a)), "date", f.cat.When(a.Entry.On)), Tag: f.remedyTag(x), pending: x.Pending(), late: x.Status == remedy.Late}
	switch {
	case x.Due != 0 && x.ByLaw:
		l.Due = f.T("webagree.due_by_law", "date", f.cat.DateFull(x.Due))
	case x.Due != 0:
		l.Due = f.T("webagree.due", "date", f.cat.DateFull(x.Due))
	default:
		l.Due = f.T("webagree.due_none")
	}
	switch {
	case x.Status == remedy.Done || x.Status == remedy.Full:
		l.Due += " " + f.T("webagree.done_on", "date", f.cat.When(x.DoneOn))
		if x.DaysLate > 0 {
			l.Due += " " + f.N("webagree.done_late", x.DaysLate)
		}
	}
	if x.Minutes > 0 || x.GivenMinutes > 0 {
		b := remedyBalance{Of: f.T("webagree.b_minutes"), Promised: f.T("webagree.b_unsaid"), Given: f.minutesSaid(x.GivenMinutes)}
		if x.Minutes > 0 {
			b.Promised, b.Left = f.minutesSaid(x.Minutes), f.minutesSaid(x.LeftMinutes)
		}
		if x.OverMinutes > 0 {
			b.Over = f.minutesSaid(x.OverMinutes)
		}
		l.Balances = append(l.Balances, b)
	}
	if x.Cents > 0 || x.GivenCents > 0 {
		b := remedyBalance{Of: f.T("webagree.b_dollars"), Promised: f.T("webagree.b_unsaid"), Given: f.dollars(x.GivenCents)}
		if x.Cents > 0 {
			b.Promised, b.Left = f.dollars(x.Cents), f.dollars(x.LeftCents)
		}
		if x.OverCents > 0 {
			b.Over = f.dollars(x.OverCents)
		}
		l.Balances = append(l.Balances, b)
	}
	if x.Logged > 0 {
		l.Logged = f.T("webagree.logged", "minutes", f.minutesSaid(x.Logged))
	}
	if x.Expenses.Cents > 0 {
		l.Papers = f.T("webagree.spent", "amount", f.dollars(x.Expenses.Cents), "receipts", f.dollars(x.Expenses.Receipts))
	}
	for _, e := range x.Given {
		l.Given = append(l.Given, f.agreementEvent(c, e, f.givenSays(e)))
	}
	if x.Done != nil {
		l.Given = append(l.Given, f.agreementEvent(c, x.Done, f.T("webagree.said_done")))
	}
	for _, e := range x.Asked {
		l.Asked = append(l.Asked, f.agreementEvent(c, e, f.T("webagree.asked_where")))
	}
	if l.late && c.File.Case.Side != fact.SchoolSide {
		l.Letter = remedyLetter(f.cat, c, a, x)
		if f.Lang != "en" {
			en, _ := locale.For("en")
			l.Original = remedyLetter(en, c, a, x)
		}
	}
	for _, k := range x.Odd {
		l.Odd = append(l.Odd, f.T("webagree.odd_"+k))
	}
	return l
}

// owed says what agreements and decisions still owe, in all, and what of it is late.
func (f speaker) owed(res *remedy.Result) []string {
	var minutes, cents int64
	late := 0
	for i := range res.Agreements {
		for j := range res.Agreements[i].Remedies {
			x := &res.Agreements[i].Remedies[j]
			if !x.Pending() {
				continue
			}
			minutes, cents = minutes+x.LeftMinutes, cents+x.LeftCents
			if x.Status == remedy.Late {
				late++
			}
		}
	}
	var amounts, out []string
	if minutes > 0 {
		amounts = append(amounts, f.minutesSaid(minutes))
	}
	if cents > 0 {
		amounts = append(amounts, f.dollars(cents))
	}
	if len(amounts) > 0 {
		out = append(out, f.T("webagree.carry_owed", "amounts", f.cat.List(amounts)))
	}
	if late > 0 {
		out = append(out, f.N("webagree.carry_late", late))
	}
	return out
}

// remedyLetter is a short question about what is late. It quotes the promise, and nothing
// of what was said before it was made.
func remedyLetter(cat *locale.Catalog, c *desk.Case, a *remedy.Agreement, x *remedy.Remedy) string {
	child := c.File.Case.Child.Name
	if child == "" {
		child = cat.T("webcarry.my_child")
	}
	what := strings.TrimRight(strings.Join(strings.Fields(x.Entry.Fields.Summary), " "), ". ")
	if what == "" {
		what = cat.T("webagree.sort_" + string(x.Sort))
	}
	return cat.T("webagree.letter", "child", child, "kind", first(cat.Kind(a.Entry.Kind.String())), "on", cat.When(a.Entry.On), "what", shortened(what, 400), "due", cat.Date(x.Due))
}

// givenSays is how much was given.
func (f speaker) givenSays(e *fact.Entry) string {
	var out []string
	if e.Fields.Minutes > 0 {
		out = append(out, f.minutesSaid(int64(e.Fields.Minutes)))
	}
	if c := remedy.Cents(e.Fields.Amount); c > 0 {
		out = append(out, f.dollars(c))
	}
	if len(out) == 0 {
		return f.T("webagree.given_some")
	}
	return f.T("webagree.given", "amount", f.cat.List(out))
}

// agreementEvent is one entry in a line.
func (f speaker) agreementEvent(c *desk.Case, e *fact.Entry, says string) agreementEvent {
	x := agreementEvent{Day: f.cat.When(e.On), ISO: e.On.Earliest.String(), Says: says, Words: excerpt(e), Href: entryPath(c.Folder, e.ID), Papers: f.T("webagree.no_paper")}
	if n := len(e.Files); n > 0 {
		x.Papers = f.N("webcase.n_files", n)
	}
	if e.Wall != fact.Open {
		x.Wall = f.T("webcase.wall_" + string(e.Wall))
	}
	return x
}

// lawWays are the law's answers, each with its place and how well it was checked.
func (f speaker) lawWays(as []law.Answer, words string, on day.Date) []agreeLaw {
	var out []agreeLaw
	for _, a := range as {
		r := lawRules()[a.Rule]
		if r == nil {
			continue
		}
		t := f.lawText(r.ID)
		out = append(out, agreeLaw{Title: f.T(words + a.Is), Says: t.Says, Cite: f.agreeCite(r, on)})
	}
	return out
}

// agreeCite is where a rule stands.
func (f speaker) agreeCite(r *law.Rule, on day.Date) Cite {
	return Cite{Text: lawVersion(r, on).Citation, Source: lawPath(r.ID), Checked: f.lawChecked(r).Text}
}

// A formKit makes the forms of a page that has several: the one that was sent stands
// open with what was typed.
type formKit struct {
	f    *Form // the one that was sent and must be mended; nil when none was
	bad  wrong
	errs []Field
}

// sentHere reports the form that was sent: its own fields are read with a prefix.
func (k *formKit) sentHere(do, of string) bool {
	return k.f != nil && k.f.Text("do", 20) == do && k.f.Text("of", 40) == of
}

// prefixOf goes before the names of the fields of one form, so that no two fields of a
// page have one name.
func prefixOf(do, of string) string {
	if of == "" {
		return do + "_"
	}
	return do + "_" + of + "_"
}

// form fills a form: fields bear their own names, words is the prefix of its texts.
func (k *formKit) form(f Frame, words, do, of string, fields ...Field) agreementForm {
	mine := k.sentHere(do, of)
	out := agreementForm{Do: do, Of: of, Title: f.T(words + "do_" + do), Lead: f.T(words + "lead_" + do), Button: f.T(words + "button_" + do), Name: desk.NewName(), Open: mine}
	if mine {
		out.Name = k.f.Text("name", 20)
	}
	for _, x := range fields {
		name := x.Name
		x.Name = prefixOf(do, of) + name
		out.Upload = out.Upload || x.Kind == "file"
		if mine && x.Kind != "file" {
			x.Value, _ = k.f.Words(x.Name, mostWords)
			for i := range x.Options {
				x.Options[i].On = slices.Contains(k.f.All(x.Name), x.Options[i].Value)
			}
		}
		if key := k.bad[name]; mine && key != "" {
			x.Error = f.T(key)
			k.errs = append(k.errs, x)
		}
		out.Fields = append(out.Fields, x)
	}
	return out
}

// A sentForm reads the fields of one form among several.
type sentForm struct {
	*Form
	prefix string
	bad    wrong
}

func (f sentForm) text(name string, n int) string { return f.Text(f.prefix+name, n) }

// words are words as they were typed; what is too long is refused, not cut.
func (f sentForm) words(name string) string {
	s, fits := f.Words(f.prefix+name, mostWords)
	if !fits {
		f.bad[name] = "webcase.bad_long"
	}
	return s
}

// on is the day on which something happened.
func (f sentForm) on(name string, today day.Date) day.Date {
	bad := wrong{}
	d := pastDayOf(f.text(name, 20), today, bad)
	if bad["on"] != "" {
		f.bad[name] = bad["on"]
	}
	return d
}

// mostPromised is how many minutes one promise may have: ten years of school days.
const mostPromised = 1_000_000

// minutes is a number of minutes; 0 when none was said.
func (f sentForm) minutes(name string) int {
	t := strings.ReplaceAll(f.text(name, 12), ",", "")
	if t == "" {
		return 0
	}
	n, err := strconv.Atoi(t)
	if err != nil || n < 1 || n > mostPromised {
		f.bad[name] = "webagree.bad_minutes"
		return 0
	}
	return n
}

// amount is money; "" when none was said.
func (f sentForm) amount(name string) string {
	t := f.text(name, 30)
	if t == "" {
		return ""
	}
	a, ok := fact.Amount(t)
	if !ok || remedy.Cents(a) == 0 {
		f.bad[name] = "webagree.bad_amount"
		return ""
	}
	return a
}

// wallField asks who may see what is written down; it has one choice for who may write
// behind none.
func (f speaker) wallField(c *desk.Case, name string, walls ...fact.Wall) Field {
	out := Field{Name: name, Label: f.T("webagree.f_wall"), Hint: f.T("webagree.f_wall_hint"), Kind: "radio", Required: true}
	for _, w := range walls {
		if !f.mayWall(c, w) {
			continue
		}
		word := wallWord(w)
		out.Options = append(out.Options, Option{Value: word, Label: f.T("webcase.wall_" + word), Hint: f.T("webcase.wall_hint_" + word), On: len(out.Options) == 0})
	}
	return out
}

// wallChosen is the wall that was picked, of those offered.
func (f sentForm) wallChosen(name string, walls ...fact.Wall) fact.Wall {
	t := f.text(name, 20)
	for _, w := range walls {
		if t == wallWord(w) {
			return w
		}
	}
	if t != "" {
		f.bad[name] = "webagree.bad_wall"
	}
	return walls[0]
}
