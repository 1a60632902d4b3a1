package servicelog

import (
	"slices"
	"strings"

	"stayput/day"
	"stayput/fault"
	"stayput/format/yaml"
	"stayput/intake/logtable"
	"stayput/plan"
	"stayput/plan/session"
)

// A Kept is the sessions of a case, as a case file keeps them.
type Kept struct {
	Logs     []session.Log
	Warnings fault.List // rows to look at again: they count
	places   []fault.Position
}

// A Source is what stands under `delivery` in a case file.
type Source struct {
	Log  string         // the name of a CSV file beside the case file; "" for none
	At   fault.Position // of that name
	Kept *Kept          // what is written in the case file itself; never nil
}

// FromNode reads what stands under `delivery`: `log`, the name of a file, and
// `sessions`, a list whose keys are the columns of that file. A nil node is
// nothing. Errors are as in a case file.
func FromNode(n *yaml.Node) (Source, error) {
	s := Source{Kept: &Kept{}}
	if n == nil || n.Kind == yaml.Null {
		return s, nil
	}
	var r yaml.Reader
	m := r.Map(n)
	if log := m.Get("log"); log != nil {
		s.Log, s.At = strings.TrimSpace(r.Text(log)), log.At
		if s.Log == "" || strings.HasPrefix(s.Log, "/") || strings.ContainsAny(s.Log, "\\\x00") || slices.Contains(strings.Split(s.Log, "/"), "..") {
			r.Fail(log.At, "carry.file.log_outside", "name", s.Log)
		}
	}
	for _, item := range r.List(m.Get("sessions")) {
		sm := r.Map(item)
		cells := map[string]keptCell{}
		for _, c := range keptColumns {
			v := sm.Get(c.name)
			if v == nil && c.name == "on" && sm.Has("date") {
				v = sm.Get("date") // as the column is called
			}
			if v != nil {
				cells[c.name] = keptCell{Text: r.Text(v), At: v.At}
			} else if c.need {
				sm.Need(c.name)
			}
		}
		sm.Done()
		if item.Kind == yaml.Map {
			s.Kept.add(cells, item.At, &r.Problems)
		}
	}
	m.Done()
	if s.Log == "" { // else one may name another that stands in the file
		s.Kept.settle(&r.Problems)
	}
	if len(r.Problems) > 0 {
		return Source{}, r.Problems
	}
	return s, nil
}

// Node is sessions as they stand in a case file, so that FromNode gives the same
// ones back.
func Node(logs []session.Log) *yaml.Node {
	list := &yaml.Node{Kind: yaml.List}
	for i := range logs {
		item := &yaml.Node{Kind: yaml.Map}
		for _, c := range keptColumns {
			if v := c.write(&logs[i]); v != "" {
				item.Fields = append(item.Fields, yaml.Field{Key: c.name, Value: &yaml.Node{Kind: yaml.Scalar, Value: v, Quoted: !c.bare}})
			}
		}
		list.Items = append(list.Items, item)
	}
	return &yaml.Node{Kind: yaml.Map, Fields: []yaml.Field{{Key: "sessions", Value: list}}}
}

type keptCell = logtable.Cell

// A keptColumn is one column of a log, and one key of a session in a case file.
type keptColumn struct {
	name  string
	words []string // what else the header of a file may say
	need  bool
	bare  bool // a number, a day or a word of ours: written without quotes
	write func(*session.Log) string
}

// keptColumns are the columns in the order in which they are written.
var keptColumns = []keptColumn{
	{"id", nil, false, false, func(l *session.Log) string { return l.ID }},
	{"on", []string{"date", "day", "fecha", "dia"}, true, true, func(l *session.Log) string { return dayText(l.On) }},
	{"service", []string{"servicio"}, true, false, func(l *session.Log) string { return l.Service }},
	{"minutes", []string{"minutos"}, false, true, func(l *session.Log) string { return l.Minutes.String() }},
	{"planned", []string{"planned_minutes", "planeado", "minutos_planeados"}, false, true, func(l *session.Log) string { return l.Planned.String() }},
	{"start", []string{"time", "hora", "inicio"}, false, false, func(l *session.Log) string { return clockText(l.Start) }},
	{"outcome", []string{"resultado"}, true, true, func(l *session.Log) string { return string(l.Outcome) }},
	{"reason", []string{"motivo", "razon"}, false, false, func(l *session.Log) string { return l.Reason }},
	{"provider", []string{"proveedor", "proveedora"}, false, false, func(l *session.Log) string { return l.Provider }},
	{"delivery", []string{"modalidad"}, false, true, func(l *session.Log) string { return string(l.Delivery) }},
	{"setting", []string{"place", "lugar"}, false, false, func(l *session.Log) string { return l.Setting }},
	{"makes", []string{"makes_up", "makes_up_for", "repone"}, false, false, func(l *session.Log) string { return l.Makes }},
	{"answers", []string{"responde"}, false, false, func(l *session.Log) string { return l.Answers }},
	{"from", []string{"told_by", "segun"}, false, true, func(l *session.Log) string { return string(l.From) }},
	{"note", []string{"notes", "nota", "notas"}, false, false, func(l *session.Log) string { return l.Note }},
}

func dayText(d day.Date) string {
	if d <= 0 {
		return ""
	}
	return d.String()
}

// clockText is a time of day, 13:30.
func clockText(c plan.Count) string {
	if !c.Said {
		return ""
	}
	two := func(n int) string { return string([]byte{byte('0' + n/10%10), byte('0' + n%10)}) }
	return two(c.N/60) + ":" + two(c.N%60)
}
