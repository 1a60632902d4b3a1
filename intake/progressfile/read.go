package progressfile

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"stayput/day"
	"stayput/fault"
	"stayput/format/yaml"
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

// columns are the columns of a log by the names they may have, folded.
var columns = []struct {
	name  string
	words []string
	need  bool
}{
	{"goal", []string{"goal", "goal_id", "meta"}, true},
	{"date", []string{"date", "fecha"}, true},
	{"value", []string{"value", "score", "valor", "resultado"}, true},
	{"of", []string{"of", "out_of", "trials", "de", "intentos"}, false},
	{"unit", []string{"unit", "unidad"}, false},
	{"phase", []string{"phase", "fase"}, false},
	{"note", []string{"note", "notes", "nota", "notas"}, false},
	{"by", []string{"by", "por", "quien"}, false},
	{"id", []string{"id"}, false},
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
			for _, c := range columns {
				v := pm.Get(c.name)
				if v == nil && c.name == "date" && pm.Has("on") {
					v = pm.Get("on") // as entries call it
				}
				if v != nil {
					cells[c.name] = cell{r.Text(v), v.At}
				} else if c.need && !(c.name == "value" && pm.Has("value")) {
					pm.Need(c.name)
				}
			}
			pm.Done()
			s.Probes.add(cells, 0, item.At, &r.Problems)
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

// A cell is a text and where it stands.
type cell struct {
	text string
	at   fault.Position
}

// Read reads a log: a header with at least goal, date and value, then a row for
// each probe. Dates are 2025-02-03; values are "52", "7/10", "4 of 5" or "80%".
// An empty value, or "absent", is a probe without a value.
func Read(name string, data []byte) (*Log, error) {
	at := fault.Position{File: name}
	switch {
	case len(data) > LargestFile:
		return nil, fault.List{fault.New(fault.Invalid, at, "progress.file.too_big", "mb", strconv.Itoa(LargestFile>>20))}
	case !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0:
		return nil, fault.List{fault.New(fault.Invalid, at, "progress.file.not_text")}
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, fault.List{fault.New(fault.Invalid, at, "progress.file.empty")}
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.FieldsPerRecord = -1
	r.ReuseRecord = true
	place := func(i int) fault.Position {
		line, column := r.FieldPos(i)
		return fault.Position{File: name, Line: line, Column: column}
	}
	head, err := r.Read()
	if err != nil {
		return nil, syntax(name, err)
	}
	index, problems := header(head, place)
	if len(problems) > 0 {
		return nil, problems
	}
	width := len(head)
	log := &Log{}
	for row := 2; ; row++ {
		rec, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, append(problems, syntax(name, err)...)
		}
		if row > MostRows+1 {
			return nil, fault.List{fault.New(fault.Invalid, place(0), "progress.file.too_many", "most", strconv.Itoa(MostRows))}
		}
		if !slices.ContainsFunc(rec, func(c string) bool { return strings.TrimSpace(c) != "" }) {
			continue
		}
		if len(rec) != width {
			problems = append(problems, fault.New(fault.Invalid, place(0), "progress.file.ragged", "got", strconv.Itoa(len(rec)), "want", strconv.Itoa(width)))
		} else {
			cells := make(map[string]cell, len(index))
			for col, i := range index {
				cells[col] = cell{rec[i], place(i)}
			}
			log.add(cells, row, place(0), &problems)
		}
		if len(problems) >= mostFaults {
			break
		}
	}
	if len(problems) > 0 {
		return nil, problems
	}
	log.doubles()
	return log, nil
}

// syntax is what is wrong with the quotes of a file.
func syntax(name string, err error) fault.List {
	at := fault.Position{File: name}
	var p *csv.ParseError
	if errors.As(err, &p) {
		at.Line, at.Column = p.Line, p.Column
	}
	return fault.List{fault.New(fault.Invalid, at, "progress.file.quotes").Wrap(err)}
}

// header finds the columns. A column that nobody knows, or that stands there
// twice, is refused: its cells would be lost.
func header(head []string, place func(int) fault.Position) (index map[string]int, problems fault.List) {
	index = map[string]int{}
	var known, names []string
	for _, c := range columns {
		known, names = append(known, c.words...), append(names, c.name)
	}
	for i, text := range head {
		word := strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return r == ' ' || r == '_' || r == '-' || r == '\t' }), "_")
		found := ""
		for _, c := range columns {
			if slices.Contains(c.words, word) {
				found = c.name
			}
		}
		switch _, twice := index[found]; {
		case found == "":
			problems = append(problems, fault.New(fault.Invalid, place(i), "progress.file.unknown_column", "got", clip(text), "expected", strings.Join(names, ", "), "nearest", fault.Nearest(word, known)))
		case twice:
			problems = append(problems, fault.New(fault.Invalid, place(i), "progress.file.column_twice", "got", clip(text), "name", found))
		default:
			index[found] = i
		}
	}
	for _, c := range columns {
		if _, ok := index[c.name]; c.need && !ok {
			problems = append(problems, fault.New(fault.Invalid, place(0), "progress.file.column_missing", "name", c.name))
		}
	}
	return index, problems
}

// First and last year a probe may be of: a mistyped century is caught.
const (
	firstYear = 1990
	lastYear  = 2100
)

// add reads one row. What is wrong with it goes to problems; a row with a problem
// is not added.
func (l *Log) add(cells map[string]cell, row int, at fault.Position, problems *fault.List) {
	before := len(*problems)
	fail := func(c cell, key string, pairs ...string) {
		if c.at == (fault.Position{}) {
			c.at = at
		}
		*problems = append(*problems, fault.New(fault.Invalid, c.at, "progress.file."+key, append([]string{"got", clip(c.text)}, pairs...)...))
	}
	text := func(name string) string {
		c := cells[name]
		s := strings.TrimSpace(c.text)
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
	data, err := readFile(fsys, name)
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

// readFile reads a plain file up to one byte beyond what Read takes.
func readFile(fsys fs.FS, name string) ([]byte, error) {
	if fsys == nil {
		return nil, fs.ErrNotExist
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("not a plain file")
	}
	return io.ReadAll(io.LimitReader(f, LargestFile+1))
}

// clip keeps what is quoted back short.
func clip(s string) string {
	s = strings.TrimSpace(s)
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
