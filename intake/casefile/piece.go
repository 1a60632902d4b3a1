package casefile

import (
	"bytes"
	"encoding/json"

	"stayput/day"
	"stayput/fact"
	"stayput/fault"
	"stayput/format/yaml"
)

// The pieces of a case file, each as JSON on one line, are what a store keeps
// as the bodies of a record: an entry, what the case says, and the parts that
// later readers read.

// EntryJSON is e as it stands in a case file, with its name, as JSON on one line.
func EntryJSON(e *fact.Entry) ([]byte, error) {
	return oneLine(outline{format: JSON}.entry(e, true))
}

// CaseJSON is what f says under `case`, as JSON on one line.
func (f *File) CaseJSON() ([]byte, error) { return oneLine(outline{format: JSON}.kase(f)) }

// NodeJSON is a part kept as written, as JSON on one line.
func NodeJSON(n *yaml.Node) ([]byte, error) { return oneLine(n) }

// PlansJSON is the plans of f as a list, as JSON on one line; nil when f has none.
func (f *File) PlansJSON() ([]byte, error) {
	if len(f.Plans) == 0 {
		return nil, nil
	}
	return oneLine(list(f.Plans, func(p Plan) *yaml.Node { return p.Node }))
}

func oneLine(n *yaml.Node) ([]byte, error) {
	var long, short bytes.Buffer
	if err := yaml.WriteJSON(&long, n); err != nil {
		return nil, err
	}
	if err := json.Compact(&short, long.Bytes()); err != nil {
		return nil, fault.New(fault.Internal, fault.Position{}, "case.cannot_write").Wrap(err)
	}
	return short.Bytes(), nil
}

// ReadEntry reads one entry, written as it stands in a case file. What it says
// of other entries is not looked at: Settle and the keeper of the others do that.
func ReadEntry(name string, data []byte) (fact.Entry, error) {
	n, err := yaml.Read(name, data, yaml.DefaultLimits)
	if err != nil {
		return fact.Entry{}, err
	}
	return entryOf(n)
}

// ReadEntryIn is ReadEntry for an entry that stands under a key of something larger.
// rest is called with the other keys, and with what stands there when it is a word.
func ReadEntryIn(name string, data []byte, key string, rest func(key, word string)) (fact.Entry, error) {
	n, err := yaml.Read(name, data, yaml.DefaultLimits)
	if err != nil {
		return fact.Entry{}, err
	}
	var entry *yaml.Node
	for _, f := range n.Fields {
		if f.Key == key {
			entry = f.Value
		} else {
			rest(f.Key, f.Value.Value)
		}
	}
	if entry == nil {
		return fact.Entry{}, fault.New(fault.Invalid, n.At, "yaml.missing_key", "key", key)
	}
	return entryOf(entry)
}

func entryOf(n *yaml.Node) (fact.Entry, error) {
	var (
		r reader
		e fact.Entry
		l link
	)
	r.entry(n, &e, &l)
	if len(r.Problems) == 0 {
		r.order(&e, &l)
	}
	if len(r.Problems) > 0 {
		return fact.Entry{}, r.Problems
	}
	return e, nil
}

// ReadCase reads what stands under `case`: the facts of the case and the
// calendars it names.
func ReadCase(name string, data []byte) (*File, error) {
	n, err := yaml.Read(name, data, yaml.DefaultLimits)
	if err != nil {
		return nil, err
	}
	var r reader
	f := &File{}
	r.kase(f, n)
	if len(r.Problems) > 0 {
		return nil, r.Problems
	}
	return f, nil
}

// ReadParts reads the plans, the delivery and the progress of a case, each as
// JSON or nil, into f.
func (f *File) ReadParts(plans, delivery, progress []byte) error {
	var r reader
	for _, part := range []struct {
		data []byte
		read func(*yaml.Node)
	}{
		{plans, func(n *yaml.Node) { r.plans(f, n) }},
		{delivery, func(n *yaml.Node) { f.Delivery = r.raw(n) }},
		{progress, func(n *yaml.Node) { f.Progress = r.raw(n) }},
	} {
		if part.data == nil {
			continue
		}
		n, err := yaml.Read("", part.data, yaml.DefaultLimits)
		if err != nil {
			return err
		}
		part.read(n)
	}
	if len(r.Problems) > 0 {
		return r.Problems
	}
	return nil
}

// Settle works out the dates that entries say as a distance from another. What
// names an entry that is not there (its body was destroyed, or this viewer may
// not see it) keeps no date from it and is left as it is.
func Settle(es []fact.Entry) {
	some := false
	for i := range es {
		if es[i].After.Entry != "" {
			some = true
			break
		}
	}
	if !some {
		return
	}
	at := make(map[string]int, len(es))
	for i := range es {
		at[es[i].ID] = i
	}
	const busy, done = 1, 2
	state := make([]uint8, len(es))
	var settle func(i int) bool
	settle = func(i int) bool {
		e := &es[i]
		if e.After.Entry == "" || state[i] == done {
			return !e.On.IsZero()
		}
		j, ok := at[e.After.Entry]
		if !ok || state[i] == busy {
			return false
		}
		state[i] = busy
		if settle(j) {
			base := es[j].On
			e.On = day.When{Earliest: base.Earliest.Add(e.After.Days), Latest: base.Latest.Add(e.After.Days), Minute: -1}
		}
		state[i] = done
		return !e.On.IsZero()
	}
	for i := range es {
		settle(i)
	}
}
