package bundle

import (
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"stayput/locale"
)

// A Verdict is what a verification comes to. The strongest thing that was shown
// is given; a single finding makes it Broken.
type Verdict string

const (
	Consistent Verdict = "consistent" // it fits together; nobody vouches for who made it
	Proved     Verdict = "proved"     // the holder of the given key made and signed it
	Since      Verdict = "since"      // an earlier state, signed by the same key, is its beginning
	Broken     Verdict = "broken"     // something was altered, is missing, was added or moved
)

// A Kind is the sort of a finding.
type Kind string

const (
	Altered   Kind = "altered"   // other than when it was sealed; Field says what of an entry
	Missing   Kind = "missing"   // it ought to be there
	Added     Kind = "added"     // it ought not to be there
	Moved     Kind = "moved"     // not in its place
	Signature Kind = "signature" // the key did not sign it
	Root      Kind = "root"      // the entries do not come to the signed hash
	Packing   Kind = "packing"   // the zip itself was tampered with
	NotSince  Kind = "since"     // the checkpoint the reader brought is not its beginning
	Note      Kind = "note"      // nothing wrong, and good to know
	Destroyed Kind = "destroyed" // a body was lawfully destroyed
)

// A Finding is one thing that was found out.
type Finding struct {
	Kind  Kind              `json:"kind"`
	Wall  int               `json:"wall"`            // 0 for the wall the bundle is about
	Seq   int64             `json:"seq"`             // the place of the entry in its log, from 0; -1 when it is about no entry
	ID    string            `json:"id,omitempty"`    // the name of the entry
	Part  string            `json:"part,omitempty"`  // the part of the zip
	Field string            `json:"field,omitempty"` // body, at, by, what, id, seq, log, digest, proof, leaf, line or form
	Key   string            `json:"key"`             // in the locale catalogs
	Args  map[string]string `json:"args,omitempty"`
}

// A WallReport is what was found of one wall.
type WallReport struct {
	Log       string    `json:"log"`
	Word      string    `json:"wall,omitempty"`
	Size      int64     `json:"size"`    // of the log at the checkpoint
	Entries   int       `json:"entries"` // lines in the bundle
	Some      bool      `json:"selection"`
	Root      string    `json:"root"`
	At        time.Time `json:"at"` // the moment of the checkpoint
	Destroyed int       `json:"destroyed"`
}

// A Report is the result of a verification.
type Report struct {
	Verdict  Verdict      `json:"verdict"`
	Maker    string       `json:"maker"`           // the key that signed, by name and number
	ByKey    bool         `json:"by_key"`          // the reader brought the key, and it fits
	Earlier  string       `json:"since,omitempty"` // of the checkpoint the reader brought: held, failed or cannot_tell
	Walls    []WallReport `json:"walls"`
	Files    int          `json:"files"`    // pieces of evidence in the bundle
	Findings []Finding    `json:"findings"` // what is wrong
	Notes    []Finding    `json:"notes"`    // what is not wrong, and good to know
	More     int          `json:"more,omitempty"`
}

// What became of the checkpoint that the reader brought.
const (
	EarlierHeld   = "held"
	EarlierFailed = "failed"
	EarlierUnsure = "cannot_tell"
)

// maxFindings is how many findings a report lists; the rest is counted.
const maxFindings = 1000

// Say is the finding as a sentence.
func (f *Finding) Say(c *locale.Catalog) string {
	args := []string{"id", clean(f.ID), "part", clean(f.Part), "place", strconv.FormatInt(f.Seq+1, 10), "wall", strconv.Itoa(f.Wall)}
	if f.Field != "" {
		args = append(args, "what", c.T("bundle.field."+f.Field))
	}
	for k, v := range f.Args {
		if k == "at" {
			if t, err := time.Parse(moment, v); err == nil {
				v = sayMoment(c, t)
			}
		}
		args = append(args, k, clean(v))
	}
	s := c.T(f.Key, args...)
	if f.Wall > 0 {
		s = c.T("bundle.in_wall", "wall", strconv.Itoa(f.Wall), "text", s)
	}
	return s
}

// Text is the report for a person.
func (r *Report) Text(c *locale.Catalog) string {
	var b strings.Builder
	p := func(indent, s string) {
		if s != "" {
			b.WriteString(indent + s + "\n")
		}
	}
	p("", c.T("bundle.verdict."+string(r.Verdict)))
	p("", c.T("bundle.proves."+string(r.Verdict)))
	p("", c.T("bundle.not."+string(r.Verdict)))
	if len(r.Findings) > 0 {
		b.WriteString("\n")
		p("", c.T("bundle.heading.wrong"))
		for i := range r.Findings {
			p("  - ", r.Findings[i].Say(c))
		}
		if r.More > 0 {
			p("  - ", c.T("bundle.more", "n", strconv.Itoa(r.More)))
		}
	}
	if len(r.Notes) > 0 {
		b.WriteString("\n")
		p("", c.T("bundle.heading.notes"))
		for i := range r.Notes {
			p("  - ", r.Notes[i].Say(c))
		}
	}
	b.WriteString("\n")
	p("", c.T("bundle.heading.about"))
	if r.Maker != "" {
		key := "bundle.about.key"
		if r.ByKey {
			key = "bundle.about.your_key"
		}
		p("  - ", c.T(key, "key", clean(r.Maker)))
	}
	for i := range r.Walls {
		w := &r.Walls[i]
		if w.Log == "" {
			continue
		}
		s := c.T("bundle.about.wall", "n", strconv.Itoa(w.Entries), "at", sayMoment(c, w.At), "root", w.Root)
		if i > 0 {
			s = c.T("bundle.in_wall", "wall", strconv.Itoa(i), "text", s)
		}
		p("  - ", s)
		if w.Word != "" {
			p("    ", c.T("bundle.about.word", "word", clean(w.Word)))
		}
	}
	p("  - ", c.T("bundle.about.files", "n", strconv.Itoa(r.Files)))
	return b.String()
}

// WriteJSON writes the report with each finding as a sentence beside its key.
func (r *Report) WriteJSON(w io.Writer, c *locale.Catalog) error {
	type said struct {
		Finding
		Message string `json:"message"`
	}
	speak := func(fs []Finding) []said {
		out := make([]said, len(fs))
		for i := range fs {
			out[i] = said{fs[i], fs[i].Say(c)}
		}
		return out
	}
	type plain Report
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(struct {
		*plain
		Message  string `json:"message"`
		Findings []said `json:"findings"`
		Notes    []said `json:"notes"`
	}{(*plain)(r), c.T("bundle.verdict." + string(r.Verdict)), speak(r.Findings), speak(r.Notes)})
}

// sayMoment is a moment as a person reads it, in universal time.
func sayMoment(c *locale.Catalog, t time.Time) string {
	t = t.UTC()
	return c.T("bundle.moment", "day", strconv.Itoa(t.Day()), "month", c.Month(t.Month()), "year", strconv.Itoa(t.Year()), "time", t.Format("15:04:05"))
}

// clean makes a text of the bundle fit to be shown: no control characters, no
// marks that turn the direction of writing, and not without end.
func clean(s string) string {
	const limit = 300
	var b strings.Builder
	n := 0
	for _, r := range s {
		if n++; n > limit {
			b.WriteString("…")
			break
		}
		if r == utf8.RuneError || !unicode.IsPrint(r) {
			r = '?'
		}
		b.WriteRune(r)
	}
	return b.String()
}
