package desk

import (
	"context"
	"encoding/json"
	"strconv"

	"stayput/people"
)

// What is remembered of files with sessions, so that the next file needs no
// questions: what its columns are, by the header, for the space; and how its words
// for services and the child are meant, by the case. None of it is a fact about a
// child: it may be forgotten at any time.
const (
	itemColumns = "log_columns" // logColumns by the fingerprint of a header
	itemHabits  = "log_habits"  // LogHabits by case
)

// How much is remembered.
const (
	mostColumns = 64 << 10 // bytes of one mapping
	mostHabits  = 300      // words for services in one case
	mostHabit   = 300      // bytes of one of them
	mostPrint   = 100      // letters of a fingerprint
)

type logColumns struct {
	Mapping json.RawMessage `json:"mapping"`
}

// LogHabits are how the files about one child speak.
type LogHabits struct {
	// Services are the plan's services by what files call them, folded; KeptAsSpoken
	// says that it is none of them.
	Services map[string]string `json:"services,omitempty"`
	Child    string            `json:"child,omitempty"` // how files call the child
	From     string            `json:"from,omitempty"`  // whose words the last file held
	Service  string            `json:"service,omitempty"`
	Head     int64             `json:"-"` // the version they were read as
}

// KeptAsSpoken in LogHabits.Services says that a word names no service of the plan.
const KeptAsSpoken = "-"

// LogColumns is the mapping that is remembered for a header, or nothing. Whoever may
// add entries to the case may read it.
func (d *Desk) LogColumns(ctx context.Context, who Who, c people.CaseID, fingerprint string) ([]byte, error) {
	if err := d.may(ctx, who, AddEntry, c); err != nil {
		return nil, err
	}
	var out logColumns
	err := d.store.Read(ctx, func(tx Tx) error {
		_, err := get(tx, who.Space, itemColumns, fingerprint, &out)
		return err
	})
	return out.Mapping, err
}

// SaveLogColumns remembers the mapping of a header.
func (d *Desk) SaveLogColumns(ctx context.Context, who Who, c people.CaseID, fingerprint string, mapping []byte) error {
	if err := d.may(ctx, who, AddEntry, c); err != nil {
		return err
	}
	if fingerprint == "" || len(fingerprint) > mostPrint || !json.Valid(mapping) {
		return invalid("desk.form_name")
	}
	if len(mapping) > mostColumns {
		return invalid("desk.too_long", "limit", strconv.Itoa(mostColumns))
	}
	return d.change(ctx, &who, AddEntry, c, func(tx Tx) error {
		if _, err := d.folder(ctx, tx, who, c); err != nil { // a case of this space
			return err
		}
		var old logColumns
		v, err := get(tx, who.Space, itemColumns, fingerprint, &old)
		if err != nil || string(old.Mapping) == string(mapping) {
			return err
		}
		return d.put(tx, who.Space, itemColumns, fingerprint, v, logColumns{mapping})
	})
}

// LogHabits are how files about this child speak, as far as somebody said.
func (d *Desk) LogHabits(ctx context.Context, who Who, c people.CaseID) (out LogHabits, err error) {
	if err = d.may(ctx, who, AddEntry, c); err != nil {
		return out, err
	}
	err = d.store.Read(ctx, func(tx Tx) error {
		if _, err := d.folder(ctx, tx, who, c); err != nil { // a case of this space
			return err
		}
		out.Head, err = get(tx, who.Space, itemHabits, string(c), &out)
		return err
	})
	if out.Services == nil {
		out.Services = map[string]string{}
	}
	return out, err
}

// SaveLogHabits remembers how files about this child speak. Words that somebody else
// taught meanwhile stay.
func (d *Desk) SaveLogHabits(ctx context.Context, who Who, c people.CaseID, in LogHabits) error {
	if err := d.may(ctx, who, AddEntry, c); err != nil {
		return err
	}
	for word, service := range in.Services {
		if word == "" || len(word) > mostHabit || len(service) > mostHabit {
			return invalid("desk.too_long", "limit", strconv.Itoa(mostHabit))
		}
	}
	in.Child = short(in.Child, 200)
	return d.change(ctx, &who, AddEntry, c, func(tx Tx) error {
		if _, err := d.folder(ctx, tx, who, c); err != nil {
			return err
		}
		var now LogHabits
		v, err := get(tx, who.Space, itemHabits, string(c), &now)
		if err != nil {
			return err
		}
		words := map[string]string{}
		for w, s := range now.Services {
			words[w] = s
		}
		for w, s := range in.Services {
			if _, known := words[w]; known || len(words) < mostHabits {
				words[w] = s
			}
		}
		in.Services = words
		return d.put(tx, who.Space, itemHabits, string(c), v, in)
	})
}
