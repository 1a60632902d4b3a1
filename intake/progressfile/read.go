package progressfile

import (
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"stayput/day"
	"stayput/fault"
	"stayput/format/yaml"
	"stayput/intake/logtable"
	"stayput/measure"
)

// Limits of one log: a child probed on every school day in ten goals for fifteen
// years gives fewer rows.
const (
	LargestFile = 8 << 20
	MostRows    = 50_000
	mostText    = 2000 // characters of one cell
	mostFaults  = 100  // problems that are listed of one file
)

// A Log is the probes of a case.
type Log struct {
	Probes    []measure.Probe
	Sightings []measure.Sighting // of a behavior; they stand in the case file only
	Warnings  fault.List         // rows to look at again: they count
	places    []fault.Position
	seen      []fault.Position // where each sighting stands
}

// A Source is what stands under `progress` in a case file.
type Source struct {
	Log    string         // the name of a CSV file beside the case file; "" for none
	At     fault.Position // of that name
	Probes *Log           // what is written in the case file itself; never nil
}

// logs are CSV files of probes.
var logs = logtable.Format{
	Columns: []logtable.Column{
		{Name: "goal", Words: []string{"goal_id", "meta"}, Need: true},
		{Name: "date", Words: []string{"fecha"}, Need: true},
		{Name: "value", Words: []string{"score", "valor", "resultado"}, Need: true},
		{Name: "of", Words: []string{"out_of", "trials", "de", "intentos"}},
		{Name: "unit", Words: []string{"unidad"}},
		{Name: "phase", Words: []string{"fase"}},
		{Name: "note", Words: []string{"notes", "nota", "notas"}},
		{Name: "by", Words: []string{"por", "quien"}},
		{Name: "id"},
	},
	Largest: LargestFile, MostRows: MostRows, Most: mostFaults, Key: func(key string) string { return "progress.file." + key },
}

// FromNode reads what stands under `progress`: `log`, the name of a file,
// `probes`, a list of goal, date and value with perhaps of, unit, phase, note, by
// and id, and `sightings` of a behavior. A nil node is nothing. Errors are as in a
// case file.
func FromNode(n *yaml.Node) (Source, error) {
	s := Source{Probes: &Log{}}
	if n == nil || n.Kind == yaml.Null {
		return s, nil
	}
	var r yaml.Reader
	m := r.Map(n)
	if m == nil {
		return Source{}, r.Problems
	}
	if log := m.Get("log"); log != nil {
		s.Log, s.At = strings.TrimSpace(r.Text(log)), log.At
		if s.Log == "" || strings.HasPrefix(s.Log, "/") || strings.ContainsAny(s.Log, "\\\x00") || slices.Contains(strings.Split(s.Log, "/"), "..") {
			r.Fail(log.At, "progress.file.log_outside", "name", s.Log)
		}
	}
	if list := m.Get("probes"); list != nil {
		for _, item := range r.List(list) {
			pm := r.Map(item)
			if pm == nil {
				continue
			}
			cells := map[string]cell{}
			for _, c := range logs.Columns {
				v := pm.Get(c.Name)
				if v == nil && c.Name == "date" && pm.Has("on") {
					v = pm.Get("on") // as entries call it
				}
				if v != nil {
					cells[c.Name] = cell{Text: r.Text(v), At: v.At}
				} else if c.Need && !(c.Name == "value" && pm.Has("value")) {
					pm.Need(c.Name)
				}
			}
			pm.Done()
			s.Probes.add(0, cells, item.At, &r.Problems)
		}
	}
	if list := m.Get("sightings"); list != nil {
		for _, item := range r.List(list) {
			s.Probes.sighting(&r, item)
		}
	}
	m.Done()
	s.Probes.doubles()
	if len(r.Problems) > 0 {
		return Source{}, r.Problems
	}
	return s, nil
}

type cell = logtable.Cell

// Read reads a log: a header with at least goal, date and value, then a row for
// each probe. Dates are 2025-02-03; values are "52", "7/10", "4 of 5" or "80%".
// An empty value, or "absent", is a probe without a value.
func Read(name string, data []byte) (*Log, error) {
	log := &Log{}
	if err := logs.Read(name, data, log.add); err != nil {
		return nil, err
	}
	log.doubles()
	return log, nil
}

// First and last year a probe may be of: a mistyped century is caught.
const (
	firstYear = 1990
	lastYear  = 2100
)

// add reads one row. What is wrong with it goes to problems; a row with a problem
// is not added.
func (l *Log) add(row int, cells map[string]cell, at fault.Position, problems *fault.List) {
	before := len(*problems)
	fail := func(c cell, key string, pairs ...string) {
		if c.At == (fault.Position{}) {
			c.At = at
		}
		*problems = append(*problems, fault.New(fault.Invalid, c.At, "progress.file."+key, append([]string{"got", clip(c.Text)}, pairs...)...))
	}
	text := func(name string) string {
		c := cells[name]
		s := strings.TrimSpace(c.Text)
		if utf8.RuneCountInString(s) > mostText {
			fail(c, "too_long", "most", strconv.Itoa(mostText))
			return ""
		}
		if strings.IndexFunc(s, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' && r != '\r' }) >= 0 {
			fail(c, "control")
			return ""
		}
		return s
	}
	p := measure.Probe{ID: text("id"), Goal: text("goal"), Unit: text("unit"), Phase: text("phase"), Note: text("note"), By: text("by"), Row: row}
	if p.Goal == "" {
		fail(cells["goal"], "no_goal")
	}
	date := text("date")
	d, err := day.Parse(date)
	switch {
	case err != nil:
		fail(cells["date"], "not_a_day")
	case d.Year() < firstYear || d.Year() > lastYear:
		fail(cells["date"], "year", "first", strconv.Itoa(firstYear), "last", strconv.Itoa(lastYear))
	}
	p.On = d
	value, of := text("value"), text("of")
	if measure.SaysNothing(value) {
		p.Missing = true
		if of != "" {
			if _, flaw := measure.Parse(of); flaw != measure.NoFlaw {
				fail(cells["of"], string(flaw))
			}
		}
	} else if v, flaw := measure.Parse(value); flaw != measure.NoFlaw {
		fail(cells["value"], string(flaw))
	} else if of != "" {
		all, flaw := measure.Parse(of)
		switch {
		case flaw != measure.NoFlaw:
			fail(cells["of"], string(flaw))
		case all.Kind() != measure.Plain || v.Kind() != measure.Plain:
			fail(cells["of"], "of_twice")
		case all.N <= 0:
			fail(cells["of"], "of_nothing")
		case v.N < 0 || v.N > all.N:
			fail(cells["value"], "more_than_all")
		}
		p.Value = measure.Trials(v.N, all.N)
	} else {
		p.Value = v
	}
	if len(*problems) > before {
		return
	}
	l.Probes = append(l.Probes, p)
	l.places = append(l.places, at)
}

// doubles warns of rows that say the same of the same goal and day: perhaps one
// was entered twice.
func (l *Log) doubles() {
	type same struct {
		goal    string
		on      day.Date
		value   measure.Value
		missing bool
	}
	first := map[same]int{}
	for i, p := range l.Probes {
		k := same{p.Goal, p.On, p.Value, p.Missing}
		if j, ok := first[k]; ok {
			l.Warnings = append(l.Warnings, fault.New(fault.Invalid, l.places[i], "progress.file.twice", "goal", p.Goal, "date", p.On.String(), "value", p.Value.String(), "line", strconv.Itoa(l.places[j].Line)))
			continue
		}
		first[k] = i
	}
}

// Against refuses probes of goals that no plan has. goals are the ids of the
// plans' goals.
func (l *Log) Against(goals []string) error {
	var problems fault.List
	told := map[string]bool{}
	for i, p := range l.Probes {
		if slices.Contains(goals, p.Goal) || told[p.Goal] {
			continue
		}
		told[p.Goal] = true
		problems = append(problems, fault.New(fault.Invalid, l.places[i], "progress.file.unknown_goal", "got", clip(p.Goal), "nearest", fault.Nearest(p.Goal, goals)))
	}
	for i, s := range l.Sightings {
		if s.Goal == "" || slices.Contains(goals, s.Goal) || told[s.Goal] {
			continue
		}
		told[s.Goal] = true
		problems = append(problems, fault.New(fault.Invalid, l.seen[i], "progress.file.unknown_goal", "got", clip(s.Goal), "nearest", fault.Nearest(s.Goal, goals)))
	}
	return problems.Or()
}

// Load reads what stands under `progress` of the case file at casePath, with the
// log that it names beside it.
func Load(fsys fs.FS, casePath string, n *yaml.Node) (*Log, error) {
	s, err := FromNode(n)
	if err != nil {
		return nil, err
	}
	if s.Log == "" {
		return s.Probes, nil
	}
	name := path.Join(path.Dir(casePath), s.Log)
	data, err := logtable.Beside(fsys, name, LargestFile)
	if err != nil {
		return nil, fault.List{fault.New(fault.Invalid, s.At, "progress.file.missing", "name", s.Log).Wrap(err)}
	}
	log, err := Read(name, data)
	if err != nil {
		return nil, err
	}
	log.Probes = append(log.Probes, s.Probes.Probes...)
	log.places = append(log.places, s.Probes.places...)
	log.Sightings, log.seen = s.Probes.Sightings, s.Probes.seen
	log.Warnings = nil
	log.doubles()
	return log, nil
}

// clip keeps what is quoted back short.
func clip(s string) string {
	s = strings.TrimSpace(s)
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
