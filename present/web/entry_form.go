package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"stayput/day"
	"stayput/desk"
	"stayput/fact"
	"stayput/guide"
)

// The form with which anything is written down. Quick capture, the doors of the
// first run, a correction and "write it down" beside a date all use it; they
// differ in what is filled in already.
type entryForm struct {
	Action string // where it is sent
	Draft  string // the key of its draft
	Name   string // the entry's name to be, so that the form sent twice adds one entry
	Base   string // of a correction: the entry it was made from
	Back   string // where "cancel" leads
	Button string

	Kind    Field // a select, or hidden when the way here settled it
	Fixed   string
	On      Field
	Time    Field
	Exact   Field
	To      Field
	By      Field
	Words   Field
	With    Field
	Means   Field
	Outcome Field
	Until   Field
	Re      Field
	Wall    Field
	Files   Field
	Ticks   []Field // yes, no, not said
	Hidden  []Hidden
	More    bool // the further fields are open

	FilesFirst bool // it is about a photo
}

// Errs are the fields for the list of errors.
func (f entryForm) Errs() []Field {
	return append([]Field{f.Kind, f.On, f.Time, f.To, f.Words, f.By, f.Until, f.Re, f.Files}, f.Ticks...)
}

// Bad reports that something must be mended before the form can be saved.
func (f entryForm) Bad() bool {
	return slices.ContainsFunc(f.Errs(), func(x Field) bool { return x.Error != "" })
}

// typed is what a person put into the form, as it came.
type typed struct {
	Kind, On, Time, Exact, To, By, Words, With, Means, Outcome, Until, Re, Wall string
	Ticks                                                                       map[string]string
	Offers, Response, Reasons, Rule, Plan, TransferFrom, FiledBy, About         string
	Parts, Except, Later, Conditions, Amount                                    string
	Minutes                                                                     int
	Days                                                                        int
}

// ticks are the yes-or-no fields in the order of the form.
var ticks = []string{"written", "received", "refused", "granted", "eligible", "initial", "result", "expedited", "with_attorney", "prior_notice"}

// mostWords is how long the words of an entry may be, in letters.
const mostWords = 50_000

// typedOf is an entry as the form shows it.
func typedOf(e *fact.Entry) typed {
	t := typed{
		Kind: e.Kind.String(), By: e.By, Words: e.Note, With: strings.Join(e.Fields.With, ", "), Means: e.Fields.Means,
		Outcome: e.Fields.Outcome, Re: e.Re, Wall: string(e.Wall), Ticks: map[string]string{},
		FiledBy: e.Fields.FiledBy, TransferFrom: e.Fields.TransferFrom, Rule: e.Fields.Rule, Plan: e.Fields.Plan, Days: e.Fields.Days,
		About: strings.Join(e.Fields.About, "\n"), Offers: strings.Join(e.Fields.Offers, "\n"), Reasons: strings.Join(e.Fields.Reasons, "\n"), Response: e.Fields.Response,
		Parts: strings.Join(e.Fields.Parts, "\n"), Except: strings.Join(e.Fields.Except, "\n"), Later: strings.Join(e.Fields.Later, "\n"), Conditions: e.Fields.Conditions,
		Minutes: e.Fields.Minutes, Amount: e.Fields.Amount,
	}
	if e.Fields.Summary != "" {
		t.Words = strings.TrimSpace(e.Fields.Summary + "\n\n" + e.Note)
	}
	if e.Fields.Until != 0 {
		t.Until = e.Fields.Until.String()
	}
	switch w := e.On; {
	case w.IsZero():
	case w.Exact():
		t.On = w.Earliest.String()
		if w.HasTime() {
			t.Time = hhmm(w.Minute)
		}
	default:
		t.On, t.To, t.Exact = w.Earliest.String(), w.Latest.String(), "between"
	}
	for _, n := range ticks {
		if x, _ := e.Fields.Tri(n); x != fact.Unsaid {
			t.Ticks[n] = x.String()
		}
	}
	return t
}

func hhmm(m int16) string {
	two := func(n int16) string {
		if n < 10 {
			return "0" + strconv.Itoa(int(n))
		}
		return strconv.Itoa(int(n))
	}
	return two(m/60) + ":" + two(m%60)
}

// readTyped takes what was sent.
func readTyped(f *Form) typed {
	t := typed{
		Kind: f.Text("kind", 80), On: f.Text("on", 20), Time: f.Text("time", 8), Exact: f.Text("exact", 20), To: f.Text("to", 20),
		By: f.Text("by", 100), With: f.Text("with", 500), Means: f.Text("means", 20), Outcome: f.Text("outcome", 20),
		Until: f.Text("until", 20), Re: f.Text("re", 200), Wall: f.Text("wall", 20), Ticks: map[string]string{},
		FiledBy: f.Text("filed_by", 20), TransferFrom: f.Text("transfer_from", 20), Rule: f.Text("rule", 100), Plan: f.Text("plan", 100),
		About: f.Text("about", 2000), Offers: f.Text("offers", 10000), Reasons: f.Text("reasons", 10000), Response: f.Text("response", 10000),
		Parts: f.Text("parts", 10000), Except: f.Text("except", 10000), Later: f.Text("later", 10000), Conditions: f.Text("conditions", 10000),
		Amount: f.Text("amount", 20),
	}
	t.Words, _ = f.Words("words", mostWords)
	t.Days, _ = strconv.Atoi(f.Text("days", 6))
	t.Minutes, _ = strconv.Atoi(f.Text("minutes", 7))
	for _, n := range ticks {
		if v := f.Text(n, 3); v == "yes" || v == "no" {
			t.Ticks[n] = v
		}
	}
	return t
}

// wrong are the errors of a form by field: keys of the catalog.
type wrong map[string]string

// fact makes an entry of what was typed. today bounds what can have happened.
func (t typed) fact(today day.Date) (fact.Entry, wrong) {
	bad := wrong{}
	var e fact.Entry
	k, ok := fact.Lookup(t.Kind)
	if !ok {
		bad["kind"] = "webcase.bad_kind"
	}
	e.Kind = k
	e.On = t.when(bad)
	if ok && !e.On.IsZero() {
		switch {
		case e.On.Earliest > today && !k.Info().Appointment:
			bad["on"] = "webcase.bad_future"
		case e.On.Latest < today.AddYears(-40):
			bad["on"] = "webcase.bad_long_ago"
		case e.On.Earliest > today.AddYears(5):
			bad["on"] = "webcase.bad_far"
		}
		if !e.On.Exact() && e.On.Latest > today && !k.Info().Appointment {
			e.On.Latest = today
		}
	}
	e.By, e.Re, e.Note = t.By, t.Re, t.Words
	if len([]rune(t.Words)) > mostWords {
		bad["words"] = "webcase.bad_long"
	}
	if t.Kind == "contact" {
		// The words of a contact are its summary, one of the five fields.
		e.Fields.Summary, e.Note = t.Words, ""
	}
	if slices.Contains(fact.Means, t.Means) {
		e.Fields.Means = t.Means
	}
	if slices.Contains(fact.Outcomes, t.Outcome) {
		e.Fields.Outcome = t.Outcome
	}
	if slices.Contains(fact.Walls(), t.Wall) {
		e.Wall = fact.Wall(t.Wall)
	}
	if slices.Contains(fact.WordFields["filed_by"], t.FiledBy) {
		e.Fields.FiledBy = t.FiledBy
	}
	if slices.Contains(fact.TransferFroms, t.TransferFrom) {
		e.Fields.TransferFrom = t.TransferFrom
	}
	e.Fields.With = split(t.With, ",")
	e.Fields.About, e.Fields.Offers, e.Fields.Reasons = split(t.About, "\n"), split(t.Offers, "\n"), split(t.Reasons, "\n")
	e.Fields.Parts, e.Fields.Except, e.Fields.Later, e.Fields.Conditions = split(t.Parts, "\n"), split(t.Except, "\n"), split(t.Later, "\n"), t.Conditions
	e.Fields.Response, e.Fields.Rule, e.Fields.Plan = t.Response, t.Rule, t.Plan
	if t.Days > 0 && t.Days < 10_000 {
		e.Fields.Days = t.Days
	}
	if t.Minutes > 0 && t.Minutes < 1_000_000 {
		e.Fields.Minutes = t.Minutes
	}
	e.Fields.Amount, _ = fact.Amount(t.Amount)
	if t.Until != "" {
		d, err := day.Parse(t.Until)
		switch {
		case err != nil:
			bad["until"] = "webcase.bad_day"
		case !e.On.IsZero() && d < e.On.Earliest:
			bad["until"] = "webcase.bad_until"
		default:
			e.Fields.Until = d
		}
	}
	for n, to := range map[string]*fact.Tri{
		"written": &e.Fields.Written, "received": &e.Fields.Received, "refused": &e.Fields.Refused, "granted": &e.Fields.Granted,
		"eligible": &e.Fields.Eligible, "initial": &e.Fields.Initial, "result": &e.Fields.Result, "expedited": &e.Fields.Expedited,
		"with_attorney": &e.Fields.WithAttorney, "prior_notice": &e.Fields.PriorNotice,
	} {
		if v := t.Ticks[n]; v != "" {
			*to = fact.TriOf(v == "yes")
		}
	}
	return e, bad
}

// when is what is known of the day.
func (t typed) when(bad wrong) day.When {
	if t.On == "" {
		bad["on"] = "webcase.bad_no_day"
		return day.When{}
	}
	d, err := day.Parse(t.On)
	if err != nil {
		bad["on"] = "webcase.bad_day"
		return day.When{}
	}
	var w day.When
	switch t.Exact {
	case "month":
		w, err = day.ParseWhen(t.On[:7])
	case "year":
		w, err = day.ParseWhen(t.On[:4])
	case "between":
		to, err := day.Parse(t.To)
		if err != nil || to < d {
			bad["to"] = "webcase.bad_to"
			return day.When{}
		}
		return day.When{Earliest: d, Latest: to, Minute: -1}
	default:
		w = day.On(d)
		if t.Time != "" {
			if w, err = day.ParseWhen(t.On + "T" + t.Time); err != nil {
				bad["time"] = "webcase.bad_time"
				return day.On(d)
			}
		}
	}
	if err != nil {
		bad["on"] = "webcase.bad_day"
		return day.When{}
	}
	return w
}

func split(s, sep string) []string {
	var out []string
	for _, x := range strings.Split(s, sep) {
		if x = strings.TrimSpace(x); x != "" {
			out = append(out, x)
		}
	}
	return out
}

// fill draws the form for what was typed.
func (f speaker) entryForm(c *desk.Case, t typed, bad wrong) entryForm {
	say := func(name string) string {
		if k := bad[name]; k != "" {
			return f.cat.T(k)
		}
		return ""
	}
	text := func(name, label, kind, value string) Field {
		return Field{Name: name, Label: f.cat.T("webcase.f_" + label), Kind: kind, Value: value, Error: say(name)}
	}
	out := entryForm{}
	out.Kind = f.kindField(t.Kind, say("kind"))
	out.On = text("on", "on", "date", t.On)
	out.On.Required = true
	out.Time = text("time", "time", "time", t.Time)
	out.Exact = text("exact", "exact", "select", "")
	for _, v := range []string{"day", "month", "year", "between"} {
		out.Exact.Options = append(out.Exact.Options, Option{Value: v, Label: f.cat.T("webcase.exact_" + v), On: t.Exact == v || t.Exact == "" && v == "day"})
	}
	out.To = text("to", "to", "date", t.To)
	out.By = f.byField(c, t.By, say("by"))
	out.Words = text("words", "words", "textarea", t.Words)
	out.Words.Rows, out.Words.Max = 6, mostWords
	out.With = text("with", "with", "text", t.With)
	out.With.Hint = f.cat.T("webcase.f_with_hint")
	out.Means = f.choice("means", "webcase.means_", fact.Means, t.Means)
	out.Outcome = f.choice("outcome", "webcase.outcome_", fact.Outcomes, t.Outcome)
	out.Until = text("until", "until", "date", t.Until)
	out.Until.Hint = f.cat.T("webcase.f_until_hint")
	out.Re = f.reField(c, t.Re, say("re"))
	out.Wall = Field{Name: "wall", Label: f.cat.T("webcase.f_wall"), Kind: "radio", Required: true}
	for _, w := range []string{"", "author", "counsel", "mediation"} {
		if !f.mayWall(c, fact.Wall(w)) {
			continue
		}
		word := w
		if w == "" {
			word = "open"
		}
		out.Wall.Options = append(out.Wall.Options, Option{Value: w, Label: f.cat.T("webcase.wall_" + word), Hint: f.cat.T("webcase.wall_hint_" + word), On: t.Wall == w})
	}
	out.Files = text("files", "files", "file", "")
	out.Files.Hint = f.cat.T("webcase.f_files_hint")
	for _, n := range ticks {
		x := Field{Name: n, Label: f.cat.T("webcase.tick_" + n), Kind: "select"}
		for _, v := range []string{"", "yes", "no"} {
			key := v
			if v == "" {
				key = "unsaid"
			}
			x.Options = append(x.Options, Option{Value: v, Label: f.cat.T("webcase.tick_is_" + key), On: t.Ticks[n] == v})
		}
		out.Ticks = append(out.Ticks, x)
	}
	// What the form does not show is carried along, so that a correction keeps it.
	carry := func(name, v string) {
		if v != "" {
			out.Hidden = append(out.Hidden, Hidden{name, v})
		}
	}
	carry("filed_by", t.FiledBy)
	carry("transfer_from", t.TransferFrom)
	carry("rule", t.Rule)
	carry("plan", t.Plan)
	carry("about", t.About)
	carry("offers", t.Offers)
	carry("reasons", t.Reasons)
	carry("response", t.Response)
	carry("parts", t.Parts)
	carry("except", t.Except)
	carry("later", t.Later)
	carry("conditions", t.Conditions)
	carry("amount", t.Amount)
	if t.Minutes > 0 {
		carry("minutes", strconv.Itoa(t.Minutes))
	}
	if t.Days > 0 {
		carry("days", strconv.Itoa(t.Days))
	}
	return out
}

func (f speaker) choice(name, prefix string, words []string, value string) Field {
	x := Field{Name: name, Label: f.cat.T("webcase.f_" + name), Kind: "select"}
	x.Options = append(x.Options, Option{Value: "", Label: f.cat.T("webcase.tick_is_unsaid"), On: value == ""})
	for _, w := range words {
		x.Options = append(x.Options, Option{Value: w, Label: first(f.cat.T(prefix + w)), On: w == value})
	}
	return x
}

// kindField offers every kind that a person may write down, in the order of a
// case's life; the few that most entries are stand first.
func (f speaker) kindField(value, bad string) Field {
	x := Field{Name: "kind", Label: f.cat.T("webcase.f_kind"), Kind: "select", Required: true, Error: bad}
	x.Options = append(x.Options, Option{Value: "", Label: f.cat.T("webcase.f_kind_choose"), On: value == ""})
	seen := map[string]bool{}
	put := func(name, family string) {
		label := first(f.cat.Kind(name))
		if family != "" {
			label = f.cat.T("webcase.family_"+family) + ": " + label
		}
		x.Options = append(x.Options, Option{Value: name, Label: label, On: name == value})
		seen[name] = true
	}
	for _, n := range often {
		put(n, "")
	}
	for _, in := range fact.Kinds() {
		if !seen[in.Name] && (!in.Derived || in.Name == value) && in.Name != "entry_withdrawn" {
			put(in.Name, string(in.Family))
		}
	}
	return x
}

var often = []string{"contact", "letter_sent", "letter_received", "iep_meeting_held", "evaluation_requested", "records_access_requested", "service_missed", "child_said", "classroom_visited", "concern_raised", "note_added"}

// byField asks who did it; the people of the record are offered.
func (f speaker) byField(c *desk.Case, value, bad string) Field {
	x := Field{Name: "by", Label: f.cat.T("webcase.f_by"), Kind: "select", Error: bad}
	x.Options = append(x.Options, Option{Value: "", Label: f.cat.T("webcase.tick_is_unsaid"), On: value == ""})
	seen := map[string]bool{"": true}
	put := func(v string) {
		if !seen[v] {
			seen[v] = true
			x.Options = append(x.Options, Option{Value: v, Label: first(f.by(v)), On: v == value})
		}
	}
	for _, p := range []fact.Party{fact.Parent, fact.LEA, fact.SEA, fact.HearingOfficer} {
		put(string(p))
	}
	if c != nil {
		for i := range c.File.Entries {
			if len(x.Options) < 40 {
				put(c.File.Entries[i].By)
			}
		}
	}
	put(value)
	return x
}

// reField offers the entries that this one may answer: requests and papers, the
// latest first.
func (f speaker) reField(c *desk.Case, value, bad string) Field {
	x := Field{Name: "re", Label: f.cat.T("webcase.f_re"), Hint: f.cat.T("webcase.f_re_hint"), Kind: "select", Error: bad}
	x.Options = append(x.Options, Option{Value: "", Label: f.cat.T("webcase.f_re_none"), On: value == ""})
	if c == nil {
		return x
	}
	view := c.Brief.View.Entries
	found := value == ""
	for i := len(view) - 1; i >= 0 && len(x.Options) < 60; i-- {
		e := view[i]
		if e.Derived || desk.IsWithdrawal(e) {
			continue
		}
		found = found || e.ID == value
		x.Options = append(x.Options, Option{Value: e.ID, Label: f.kindTitle(e) + ", " + f.cat.When(e.On), On: e.ID == value})
	}
	if !found {
		x.Options = append(x.Options, Option{Value: value, Label: value, On: true})
	}
	return x
}

// start is what the address of the form fills in: a capture of the guide, a kind
// that a date asks for, or nothing.
func (f speaker) start(q url.Values, today day.Date) (t typed, label, ask string, fixed bool) {
	t = typed{On: today.String(), Ticks: map[string]string{}}
	g := guide.For(f.Lang)
	if id := q.Get("capture"); id != "" {
		if k, ch := g.Capture(id, q.Get("choice")); ch != nil {
			t = logTyped(ch.Log, t)
			label = k.Label
			if len(k.Choices) > 1 {
				label += ": " + lower(ch.Label)
			}
			return t, label, k.Ask, true
		}
	}
	if k, ok := fact.Lookup(q.Get("kind")); ok {
		t.Kind = k.String()
		t.By = string(k.Info().By)
		label = first(f.cat.Kind(t.Kind))
	}
	t.Re = clean(q.Get("re"))
	if d, err := day.Parse(q.Get("on")); err == nil {
		t.On = d.String()
	}
	return t, label, "", false
}

// logTyped fills the form with what one tap of the guide says.
func logTyped(l guide.Log, t typed) typed {
	e := fact.Entry{Kind: l.Kind, By: string(l.By), Fields: l.Fields, Note: l.Note}
	got := typedOf(&e)
	got.On, got.Re = t.On, t.Re
	return got
}

func lower(s string) string {
	if r := []rune(s); len(r) > 1 && strings.ToUpper(string(r[1])) != string(r[1]) {
		return strings.ToLower(string(r[0])) + string(r[1:])
	}
	return s
}

// keepFiles keeps what was uploaded with a form.
func (s *Site) keepFiles(r *http.Request, c *desk.Case, f *Form) ([]desk.FileRef, error) {
	var out []desk.FileRef
	for i := range f.Files {
		u := &f.Files[i]
		if u.Size == 0 {
			continue
		}
		if _, err := u.Open(); err != nil {
			return nil, err
		}
		head := make([]byte, 512)
		n, _ := u.file.ReadAt(head, 0)
		ref, err := s.desk.KeepFile(r.Context(), who(r), c.ID, u.Name, mediaType(head[:n], u.Name), u.file)
		if err != nil {
			return nil, err
		}
		// Two photos of one name are two files.
		for j := 2; slices.ContainsFunc(out, func(x desk.FileRef) bool { return x.Name == ref.Name }); j++ {
			ref.Name = strconv.Itoa(j) + "-" + desk.FileName(u.Name)
		}
		out = append(out, ref)
	}
	return out, nil
}

// mediaType is what the bytes are, whatever the sender says.
func mediaType(head []byte, name string) string {
	t := http.DetectContentType(head)
	if strings.HasSuffix(strings.ToLower(name), ".eml") && strings.HasPrefix(t, "text/plain") {
		return "message/rfc822"
	}
	return t
}

// draftHref is the page on which a draft goes on.
func draftHref(key string) (string, bool) {
	if rest, ok := strings.CutPrefix(key, "plan:"); ok {
		return planDraftHref(rest)
	}
	rest, ok := strings.CutPrefix(key, "add:")
	if !ok {
		if rest, ok = strings.CutPrefix(key, "correct:"); !ok {
			return "", false
		}
		c, e, ok := strings.Cut(rest, ":")
		return "/cases/" + url.PathEscape(c) + "/record/" + url.PathEscape(e) + "/correct", ok
	}
	c, q, _ := strings.Cut(rest, ":")
	return "/cases/" + url.PathEscape(c) + "/add?" + q, true
}
