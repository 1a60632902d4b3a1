package pack

import (
	"strconv"
	"strings"
	"time"

	"stayput/day"
	"stayput/fact"
	"stayput/fault"
	"stayput/format/yaml"
	"stayput/law"
)

// Read turns a parsed pack into rules. Every problem of the pack is reported at
// once.
func Read(s *Source) (*law.Pack, error) {
	r := &reader{p: &law.Pack{ID: s.ID, Skips: map[string]*law.Skip{}, Rolls: map[string]*law.Roll{}, Facts: map[string]fact.Tri{}}}
	for _, n := range s.family("pack", "") {
		r.pack(n)
	}
	for _, n := range s.family("holidays", "") {
		for _, it := range r.List(n) {
			r.holiday(it)
		}
	}
	seen := map[law.RuleID]int{}
	for _, n := range s.family("rules", "") {
		for _, it := range r.List(n) {
			rl := r.rule(it)
			if first := seen[rl.ID]; first != 0 && rl.ID != "" {
				r.Fail(it.At, "pack.rule_twice", "rule", string(rl.ID), "first", strconv.Itoa(first))
			}
			seen[rl.ID] = max(it.At.Line, 1)
			r.p.Rules = append(r.p.Rules, rl)
		}
	}
	for _, n := range s.family("program", "") {
		r.program(n)
	}
	r.routes = true
	for _, n := range s.family("routes", "") {
		r.readRoutes(n)
	}
	r.routes = false
	for _, n := range s.family("help", "") {
		r.readHelp(n)
	}
	known := map[string]bool{}
	for _, f := range s.Files {
		known[f.Name] = true
		stem := strings.TrimSuffix(f.Name, ".yaml")
		base, _, _ := strings.Cut(stem, "-")
		base, _, _ = strings.Cut(base, ".")
		switch base {
		case "pack", "holidays", "rules", "program", "examples", "cases", "situations", "words", "routes", "help":
		default:
			r.Fail(f.Node.At, "pack.unknown_file", "file", f.Name)
		}
	}
	if !known["pack.yaml"] {
		r.Fail(fault.Position{File: s.ID}, "pack.no_pack_yaml", "pack", s.ID)
	}
	if err := r.Problems.Or(); err != nil {
		return nil, err
	}
	return r.p, nil
}

type reader struct {
	yaml.Reader
	p      *law.Pack
	routes bool // reading routes.yaml, whose conditions may ask about situations
}

func (r *reader) pack(n *yaml.Node) {
	m := r.Map(n)
	if id := m.NeedText("pack"); id != "" && id != r.p.ID {
		r.Fail(n.At, "pack.name_differs", "pack", id, "folder", r.p.ID)
	}
	r.p.Name = map[string]string{}
	if nn := m.Need("name"); nn != nil {
		for _, f := range nn.Fields {
			r.p.Name[f.Key] = r.Text(f.Value)
		}
	}
	r.p.Under = m.Text("under")
	r.p.Zone = m.Text("zone")
	for _, it := range r.List(m.Need("covers")) {
		r.p.Covers = append(r.p.Covers, r.Word(it, law.Areas...))
	}
	r.p.MajorityAge = r.Int(m.Get("majority_age"))
	if y := m.Get("school_year"); y != nil {
		ym := r.Map(y)
		r.p.Year.Month, r.p.Year.Day = r.monthDay(ym.Need("begins"))
		r.p.Year.DaysAtLeast = r.Int(ym.Get("days_at_least"))
		r.p.YearCite = ym.NeedText("citation")
		ym.Text("source")
		r.checked(ym.Get("checked"))
		ym.Text("note")
		ym.Done()
	}
	if f := m.Get("facts"); f != nil {
		for _, x := range f.Fields {
			if v, ok := r.tri(x.Value); ok && r.known(x.At, x.Key, law.Facts) {
				r.p.Facts[x.Key] = v
			}
		}
	}
	if f := m.Get("skips"); f != nil {
		for _, x := range f.Fields {
			sm := r.Map(x.Value)
			sk := &law.Skip{Name: x.Key}
			sk.Skip.BreaksOver = -1
			sk.Skip.BetweenTerms, _ = r.YesNo(sm.Get("between_terms"))
			if b := sm.Get("breaks_over"); b != nil {
				sk.Skip.BreaksOver = r.Int(b)
			}
			if b := sm.Get("breaks_at_least"); b != nil {
				sk.Skip.BreaksOver = r.Int(b) - 1
			}
			sk.Skip.Closures, _ = r.YesNo(sm.Get("closures"))
			sk.Skip.Adjacent = r.edge(sm.Get("adjacent"), day.EdgeOut)
			sk.Skip.WeekendBefore = r.edge(sm.Get("weekend_before"), day.EdgeOut)
			sk.Rule = law.RuleID(sm.NeedText("rule"))
			sm.Done()
			r.p.Skips[x.Key] = sk
		}
	}
	if f := m.Get("rolls"); f != nil {
		for _, x := range f.Fields {
			rm := r.Map(x.Value)
			ro := &law.Roll{Name: x.Key}
			switch r.Word(rm.Need("to"), "next_open_day", "previous_open_day", "next_term_start") {
			case "previous_open_day":
				ro.Back = true
			case "next_term_start":
				ro.Term = true
			}
			ro.Settled, _ = r.YesNo(rm.Need("settled"))
			ro.Rule = law.RuleID(rm.NeedText("rule"))
			rm.Done()
			r.p.Rolls[x.Key] = ro
		}
	}
	m.Done()
}

func (r *reader) edge(n *yaml.Node, missing day.Edge) day.Edge {
	switch r.Word(n, "open", "in", "out") {
	case "open":
		return day.EdgeOpen
	case "in":
		return day.EdgeIn
	case "out":
		return day.EdgeOut
	}
	return missing
}

func (r *reader) known(at fault.Position, word string, words []string) bool {
	for _, w := range words {
		if w == word {
			return true
		}
	}
	r.Fail(at, "yaml.unknown_word", "word", word, "nearest", fault.Nearest(word, words), "expected", strings.Join(words, ", "))
	return false
}

func (r *reader) tri(n *yaml.Node) (fact.Tri, bool) {
	b, ok := r.YesNo(n)
	return fact.TriOf(b), ok
}

func (r *reader) monthDay(n *yaml.Node) (time.Month, int) {
	if n == nil {
		return 0, 0
	}
	s := r.Text(n)
	if len(s) == 5 && s[2] == '-' {
		m, err1 := strconv.Atoi(s[:2])
		d, err2 := strconv.Atoi(s[3:])
		if err1 == nil && err2 == nil {
			if _, err := day.Of(2000, time.Month(m), d); err == nil {
				return time.Month(m), d
			}
		}
	}
	r.Fail(n.At, "pack.want_month_day", "got", s)
	return 0, 0
}

func (r *reader) date(n *yaml.Node) day.Date {
	if n == nil {
		return 0
	}
	d, err := day.Parse(r.Text(n))
	if err != nil {
		r.Fail(n.At, "pack.want_date", "got", n.Value)
	}
	return d
}

func (r *reader) checked(n *yaml.Node) law.Checked {
	var c law.Checked
	if n == nil {
		return c
	}
	if n.Kind == yaml.Scalar {
		c.Level = r.Word(n, law.CheckLevels...)
		return c
	}
	m := r.Map(n)
	c.Level = r.Word(m.Need("level"), law.CheckLevels...)
	c.On = r.date(m.Get("on"))
	c.Note = m.Text("note")
	m.Done()
	return c
}

func (r *reader) holiday(n *yaml.Node) {
	m := r.Map(n)
	h := day.Holiday{ID: m.NeedText("id")}
	if w := m.Need("on"); w != nil {
		when, err := day.ParseHolidayWhen(r.Text(w))
		if err != nil {
			r.Fail(w.At, "pack.holiday_rule", "got", w.Value)
		}
		h.When = when
	}
	if o := m.Get("observed"); o != nil {
		om := r.Map(o)
		if x := om.Get("saturday"); x != nil {
			sh, err := day.ParseShift(time.Saturday, r.Text(x))
			if err != nil {
				r.Fail(x.At, "pack.holiday_shift", "got", x.Value)
			}
			h.Saturday = sh
		}
		if x := om.Get("sunday"); x != nil {
			sh, err := day.ParseShift(time.Sunday, r.Text(x))
			if err != nil {
				r.Fail(x.At, "pack.holiday_shift", "got", x.Value)
			}
			h.Sunday = sh
		}
		om.Done()
	}
	h.FromYear, h.ToYear = r.Int(m.Get("from")), r.Int(m.Get("to"))
	if l := m.Need("lists"); l != nil {
		lm := r.Map(l)
		h.Pupil, h.Business, h.Roll = r.sure(lm.Get("pupil")), r.sure(lm.Get("business")), r.sure(lm.Get("roll"))
		lm.Done()
	}
	if m.NeedText("citation") == "" {
		r.Fail(n.At, "pack.no_citation", "rule", h.ID)
	}
	m.Text("source")
	m.Text("note")
	r.checked(m.Get("checked"))
	m.Done()
	r.p.Holidays = append(r.p.Holidays, h)
}

func (r *reader) sure(n *yaml.Node) day.Sure {
	switch r.Word(n, "yes", "maybe", "no") {
	case "yes":
		return day.Yes
	case "maybe":
		return day.Maybe
	}
	return day.No
}

// kind reads one event kind.
func (r *reader) kind(n *yaml.Node) fact.Kind {
	if n == nil {
		return 0
	}
	s := r.Text(n)
	k, ok := fact.Lookup(s)
	if !ok && n.Kind == yaml.Scalar {
		r.Fail(n.At, "pack.unknown_kind", "kind", s, "nearest", fault.Nearest(s, fact.KindNames()))
	}
	return k
}

// kinds reads one kind or a list of them.
func (r *reader) kinds(n *yaml.Node) []fact.Kind {
	if n == nil {
		return nil
	}
	if n.Kind == yaml.Scalar {
		return []fact.Kind{r.kind(n)}
	}
	var out []fact.Kind
	for _, it := range r.List(n) {
		out = append(out, r.kind(it))
	}
	return out
}

func (r *reader) rule(n *yaml.Node) *law.Rule {
	m := r.Map(n)
	rl := &law.Rule{Pack: r.p.ID, At: n.At}
	rl.ID = law.RuleID(m.NeedText("id"))
	if rl.ID != "" && !strings.HasPrefix(string(rl.ID), r.p.ID+".") {
		r.Fail(n.At, "pack.foreign_rule", "rule", string(rl.ID), "pack", r.p.ID)
	}
	rl.Kind = law.RuleKind(r.Word(m.Need("kind"), law.RuleKinds...))
	rl.Area = r.Word(m.Need("area"), law.Areas...)
	var parties []string
	for _, p := range fact.Parties() {
		parties = append(parties, string(p))
	}
	rl.OwedBy = fact.Party(r.Word(m.Get("owed_by"), parties...))
	if s := m.Get("starts_on"); s != nil {
		if s.Kind == yaml.Scalar && s.Value == "wrong" {
			rl.OnWrong = true
		} else {
			rl.Starts = r.kinds(s)
		}
	}
	rl.StartsWhen = r.condition(m.Get("starts_when"))
	rl.MetBy = r.meets(m.Get("met_by"))
	rl.MetWhen = r.condition(m.Get("met_when"))
	rl.EndedBy = r.meets(m.Get("ended_by"))
	rl.ExtendedBy = r.extensions(m.Get("extended_by"))
	switch r.Word(m.Get("once"), "each", "latest", "first") {
	case "latest":
		rl.Once = law.Latest
	case "first":
		rl.Once = law.First
	}
	rl.Quiet = r.Word(m.Get("silence"), "unknown", "late") == "unknown"
	for _, id := range r.Texts(m.Get("overrides")) {
		rl.Overrides = append(rl.Overrides, law.RuleID(id))
	}
	if o := m.Get("overrides"); o != nil {
		rl.OverridesAt = o.At
	}
	rl.Checked = r.checked(m.Need("checked"))
	rl.Note = m.Text("note")
	if a := m.Get("ask"); a != nil {
		am := r.Map(a)
		rl.Ask = &law.Ask{Do: r.Word(am.Need("do"), law.Asks...), Document: r.Word(am.Get("document"), law.Documents...)}
		am.Done()
	}
	rl.Derives = r.kind(m.Get("derives"))
	rl.PointsTo = r.kinds(m.Get("points_to"))
	rl.Right = m.Text("right")
	rl.RunsFrom = r.Word(m.Get("runs_from"), "happened", "known")
	rl.MustBe = r.Word(m.Get("must_be"), "received", "filed", "sent", "signed")
	rl.By = fact.Party(r.Word(m.Get("by"), append(parties, "ocr", "ferpa_office", "county_board", "fedoffice")...))
	rl.Exceptions = r.Texts(m.Get("exceptions"))
	if w := m.Get("wrongs"); w != nil {
		wm := r.Map(w)
		for _, it := range r.List(wm.Get("areas")) {
			rl.WrongAreas = append(rl.WrongAreas, r.Word(it, law.Areas...))
		}
		rl.WrongOnly = r.Word(wm.Get("only"), "refusals", "late")
		wm.Done()
	}
	for _, it := range r.List(m.Get("items")) {
		im := r.Map(it)
		rl.Items = append(rl.Items, law.Item{ID: im.NeedText("id"), Citation: im.NeedText("citation")})
		im.Done()
	}
	for _, it := range r.List(m.Get("tribunals")) {
		tm := r.Map(it)
		t := law.Tribunal{Days: r.Int(tm.Need("days")), Citation: tm.NeedText("citation")}
		t.TooLong = r.Word(tm.Need("found"), "too_long", "acceptable") == "too_long"
		tm.Done()
		rl.Tribunals = append(rl.Tribunals, t)
	}
	for _, it := range r.List(m.Need("versions")) {
		rl.Versions = append(rl.Versions, r.version(it, rl))
	}
	m.Done()
	r.sense(rl)
	return rl
}

// sense refuses what is well formed but means nothing.
func (r *reader) sense(rl *law.Rule) {
	id := string(rl.ID)
	if rl.Kind == law.Event && rl.Derives == 0 {
		r.Fail(rl.At, "pack.event_derives_nothing", "rule", id)
	}
	if rl.Kind == law.Limit && rl.Right == "" {
		r.Fail(rl.At, "pack.limit_without_right", "rule", id)
	}
	if rl.OnWrong && rl.RunsFrom == "" {
		r.Fail(rl.At, "pack.limit_runs_from", "rule", id)
	}
	switch rl.Kind {
	case law.Clock, law.Notice, law.Floor, law.Cap, law.Limit, law.Event:
		if len(rl.Starts) == 0 && !rl.OnWrong {
			r.Fail(rl.At, "pack.no_start", "rule", id)
		}
		if !rl.Numeric() {
			for _, v := range rl.Versions {
				if len(v.Due) == 0 {
					r.Fail(v.At, "pack.no_due", "rule", id)
				}
			}
		}
	}
	for i := range rl.Versions {
		v := &rl.Versions[i]
		if i > 0 {
			p := &rl.Versions[i-1]
			if p.To == 0 || v.From <= p.To {
				r.Fail(v.At, "pack.versions_overlap", "rule", id)
			}
		}
	}
}

func (r *reader) meets(n *yaml.Node) []law.Meet {
	if n == nil {
		return nil
	}
	items := []*yaml.Node{n}
	if n.Kind == yaml.List {
		items = n.Items
	}
	var out []law.Meet
	for _, it := range items {
		if it.Kind == yaml.Map {
			mm := r.Map(it)
			k := law.Meet{Kind: r.kind(mm.Need("kind"))}
			k.OnlyRe = r.Word(mm.Get("only"), "re") == "re"
			k.When = r.condition(mm.Get("when"))
			mm.Done()
			out = append(out, k)
		} else {
			out = append(out, law.Meet{Kind: r.kind(it)})
		}
	}
	return out
}

func (r *reader) extensions(n *yaml.Node) []law.Extension {
	if n == nil {
		return nil
	}
	items := []*yaml.Node{n}
	if n.Kind == yaml.List {
		items = n.Items
	}
	var out []law.Extension
	for _, it := range items {
		if it.Kind != yaml.Map {
			out = append(out, law.Extension{Kind: r.kind(it)})
			continue
		}
		m := r.Map(it)
		x := law.Extension{Kind: r.kind(m.Need("kind"))}
		x.Adds = r.Word(m.Get("adds"), "length") == "length"
		r.Word(m.Get("sets"), "until")
		x.Written = r.Word(m.Get("written"), "required") == "required"
		m.Done()
		out = append(out, x)
	}
	return out
}

func (r *reader) version(n *yaml.Node, rl *law.Rule) law.Version {
	m := r.Map(n)
	v := law.Version{At: n.At}
	if f := m.Need("from"); f != nil {
		if f.Kind == yaml.Scalar && f.Value == "unknown" {
			v.FromUnknown = true
		} else {
			v.From = r.date(f)
		}
	}
	v.To = r.date(m.Get("to"))
	for _, it := range r.List(m.Get("due")) {
		v.Due = append(v.Due, r.due(it, true))
	}
	v.Citation = m.NeedText("citation")
	v.Source = m.NeedText("source")
	v.Note = m.Text("note")
	if v.To != 0 && v.From > v.To {
		r.Fail(n.At, "pack.version_ends_first", "rule", string(rl.ID))
	}
	m.Done()
	return v
}

func (r *reader) due(n *yaml.Node, top bool) law.Due {
	m := r.Map(n)
	var d law.Due
	d.When = r.condition(m.Get("when"))
	if c := m.Get("count"); c != nil {
		d.Count = r.count(c)
	}
	d.From = r.from(m.Get("from"))
	if o := m.Get("on"); o != nil {
		mm, dd := r.monthDay(o)
		d.OnMonth, d.OnDay = int(mm), dd
	}
	if s := m.Get("skip"); s != nil {
		name := r.Text(s)
		if d.Skip = r.p.Skips[name]; d.Skip == nil {
			r.Fail(s.At, "pack.unknown_skip", "name", name)
		}
	}
	if s := m.Get("roll"); s != nil {
		name := r.Text(s)
		if d.Roll = r.p.Rolls[name]; d.Roll == nil {
			r.Fail(s.At, "pack.unknown_roll", "name", name)
		}
	}
	d.FirstSame = r.Word(m.Get("first_day"), "next", "same") == "same"
	d.AbsencesFrom = r.Int(m.Get("absences_from"))
	d.WeekdayHolidays, _ = r.YesNo(m.Get("weekday_holidays_count"))
	d.Standard = r.Word(m.Get("standard"), law.Standards...)
	if e := m.Get("earliest_of"); e != nil {
		for _, it := range r.List(e) {
			d.Of = append(d.Of, r.due(it, false))
		}
	}
	if e := m.Get("latest_of"); e != nil {
		d.OfLatest = true
		for _, it := range r.List(e) {
			d.Of = append(d.Of, r.due(it, false))
		}
	}
	for _, it := range r.List(m.Get("readings")) {
		// A reading is a due item with an id and a bearing.
		cut := *it
		cut.Fields = nil
		var rd law.Reading
		for _, f := range it.Fields {
			switch f.Key {
			case "id":
				rd.ID = r.Text(f.Value)
			case "bears":
				rd.Strict = r.Word(f.Value, "later", "strict") == "strict"
			default:
				cut.Fields = append(cut.Fields, f)
			}
		}
		rd.Due = r.due(&cut, false)
		if rd.Due.When != nil {
			r.Fail(it.At, "pack.reading_when")
		}
		d.Readings = append(d.Readings, rd)
	}
	m.Done()
	ways := 0
	for _, w := range []bool{d.Count.Given, d.OnMonth != 0, d.Standard != "", len(d.Of) > 0} {
		if w {
			ways++
		}
	}
	if m.Has("count") && !d.Count.Given {
		ways++ // the count was refused already
	}
	if ways != 1 && !(ways == 2 && d.Standard != "") {
		r.Fail(n.At, "pack.due_one_way")
	}
	return d
}

func (r *reader) count(n *yaml.Node) law.Count {
	bad := func() law.Count {
		r.Fail(n.At, "pack.count", "got", n.Value)
		return law.Count{}
	}
	w := strings.Fields(r.Text(n))
	c := law.Count{Given: true}
	if len(w) > 2 && w[0] == "more" && w[1] == "than" {
		c.MoreThan = true
		w = w[2:]
	}
	if len(w) == 3 && w[2] == "before" {
		c.Back = true
		w = w[:2]
	}
	if len(w) != 2 {
		return bad()
	}
	v, err := strconv.Atoi(w[0])
	if err != nil || v < 0 || v > 20000 {
		return bad()
	}
	c.N = v
	for i, u := range law.Units {
		if w[1] == u || w[1] == u+"s" {
			c.Unit = law.Unit(i)
			return c
		}
	}
	return bad()
}

func (r *reader) from(n *yaml.Node) law.From {
	if n == nil {
		return law.From{}
	}
	if n.Kind == yaml.Map {
		m := r.Map(n)
		next, last := m.Get("next"), m.Get("last")
		m.Done()
		if next != nil {
			return law.From{Kind: law.FromNext, Kinds: r.kinds(next)}
		}
		return law.From{Kind: law.FromLast, Kinds: r.kinds(last)}
	}
	switch n.Value {
	case "trigger":
		return law.From{}
	case "next_year_start":
		return law.From{Kind: law.FromNextYearStart}
	case "year_end":
		return law.From{Kind: law.FromYearEnd}
	}
	return law.From{Kind: law.FromLinked, Kinds: r.kinds(n)}
}
