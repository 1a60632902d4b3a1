package desk

import (
	"bytes"
	"encoding/json"
	"strings"

	"stayput/fact"
	"stayput/fault"
	"stayput/intake/casefile"
	"stayput/record/seal"
)

// The bodies of a log, as docs/record-format.md describes them.

// A FileRef names a file that an entry keeps.
type FileRef struct {
	Name   string      `json:"name"`
	Digest seal.Digest `json:"sha256"`
	Size   int64       `json:"size"`
	Type   string      `json:"type"`
}

type entryBody struct {
	Entry json.RawMessage `json:"entry"`
	Files []FileRef       `json:"files,omitempty"`
	Via   string          `json:"via,omitempty"` // web, import, sheet, card
	// Of a private entry that came with a case file: the sealed name of the entry
	// that stood before it, among those whoever sees this one sees too. An open
	// entry never says it: a gap would tell of private ones.
	After string `json:"after,omitempty"`
}

type caseBody struct {
	Case json.RawMessage `json:"case"`
}

type valueBody struct {
	Value json.RawMessage `json:"value"`
}

type destroyedBody struct {
	Entry  string `json:"entry"`
	Reason string `json:"reason"`
	Law    string `json:"law,omitempty"`
}

type reasonBody struct {
	Reason string `json:"reason"`
}

// encode is JSON on one line with letters as they are.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, fault.New(fault.Internal, fault.Position{}, "internal").Wrap(err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// A pending is an entry of a log before it is sealed.
type pending struct {
	wall  Wall
	draft seal.Draft
	words string // what search finds it by; "" for what is not searched
}

// seal makes a draft of a body that is JSON already.
func draft(id string, what seal.What, body []byte) seal.Draft {
	return seal.Draft{ID: id, What: what, Body: seal.Body{Salt: salt(), Data: body}}
}

// factDraft makes the draft of a fact.
func factDraft(id string, e *fact.Entry, files []FileRef, via, after string) (seal.Draft, error) {
	raw, err := casefile.EntryJSON(e)
	if err != nil {
		return seal.Draft{}, err
	}
	// What cannot be read again must never be sealed: it could not be taken out.
	if _, err := casefile.ReadEntry("entry", raw); err != nil {
		return seal.Draft{}, err
	}
	body, err := encode(entryBody{Entry: raw, Files: files, Via: via, After: after})
	if err != nil {
		return seal.Draft{}, err
	}
	return draft(id, seal.Fact, body), nil
}

// readFact reads the body of a fact, which comes back without the entry as it was
// written.
func readFact(id string, data []byte) (fact.Entry, entryBody, error) {
	var body entryBody
	files := false
	e, err := casefile.ReadEntryIn("entry "+id, data, "entry", func(key, word string) {
		switch key {
		case "via":
			body.Via = word
		case "after":
			body.After = word
		default:
			files = true
		}
	})
	if err == nil && files {
		err = json.Unmarshal(data, &body)
	}
	body.Entry = nil
	return e, body, err
}

// words is the text of an entry that search looks through.
func words(e *fact.Entry, files []FileRef) string {
	f := &e.Fields
	parts := []string{e.Note, f.Summary, f.Response, e.By}
	parts = append(parts, f.With...)
	parts = append(parts, f.Offers...)
	parts = append(parts, f.Reasons...)
	parts = append(parts, f.Conditions)
	parts = append(parts, f.About...)
	parts = append(parts, e.Files...)
	for _, x := range files {
		parts = append(parts, x.Name)
	}
	return strings.Join(parts, "\n")
}

// wallOf is the log an entry belongs to.
func wallOf(w fact.Wall, who Who) Wall {
	if w == fact.Author {
		return authorWall(who.Person.ID)
	}
	return Wall(w)
}

func decode(data []byte, v any) error { return json.Unmarshal(data, v) }
