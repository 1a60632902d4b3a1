// Package fault is the few ways to fail.
//
// An error names the thing, where it stands, what was expected and what to do
// next. It carries a key of the locale catalogs and arguments, never a finished
// sentence, so that a person reads it in his or her own language.
package fault

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

// A Kind says what sort of failure it is; it decides the exit status of the
// command line and the status of a page.
type Kind int

const (
	Internal    Kind = iota // a fault of ours
	Invalid                 // what was given cannot be accepted
	NotFound                // it is not there, or may not be seen
	Forbidden               // it is there, and not for this person to do
	Conflict                // somebody else changed it first
	Broken                  // the record does not verify
	Unavailable             // something outside does not answer
)

// ExitStatus is what the command line ends with: 2 for refused input, 1 for
// anything else.
func (k Kind) ExitStatus() int {
	if k == Invalid {
		return 2
	}
	return 1
}

// A Position is a place in a file. Line and Column start at 1; zero is unknown.
type Position struct {
	File   string `json:"file,omitempty"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
}

// String is "file:line:column", as editors read it.
func (p Position) String() string {
	s := p.File
	if s == "" {
		s = "input"
	}
	if p.Line > 0 {
		s += fmt.Sprintf(":%d", p.Line)
		if p.Column > 0 {
			s += fmt.Sprintf(":%d", p.Column)
		}
	}
	return s
}

// An Error is one thing that went wrong.
type Error struct {
	Kind Kind
	At   Position
	Key  string            // key in the locale catalogs, such as "yaml.unknown_key"
	Args map[string]string // values for the sentence
	Err  error             // the cause, for logs
}

// New makes an Error. The pairs are names and values for the sentence.
func New(k Kind, at Position, key string, pairs ...string) *Error {
	if len(pairs)%2 != 0 {
		panic("fault: odd number of arguments for " + key)
	}
	e := &Error{Kind: k, At: at, Key: key}
	if len(pairs) > 0 {
		e.Args = make(map[string]string, len(pairs)/2)
		for i := 0; i < len(pairs); i += 2 {
			e.Args[pairs[i]] = pairs[i+1]
		}
	}
	return e
}

// Wrap gives the cause of an Error.
func (e *Error) Wrap(err error) *Error { e.Err = err; return e }

// Error is for logs and tests; people read the catalog's sentence.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.At.String())
	b.WriteString(": ")
	b.WriteString(e.Key)
	names := make([]string, 0, len(e.Args))
	for n := range e.Args {
		names = append(names, n)
	}
	sort.Strings(names)
	for _, n := range names {
		fmt.Fprintf(&b, " %s=%q", n, e.Args[n])
	}
	if e.Err != nil {
		b.WriteString(": ")
		b.WriteString(e.Err.Error())
	}
	return b.String()
}

func (e *Error) Unwrap() error { return e.Err }

// A List is several errors found in one reading, in the order of the file.
type List []*Error

func (l List) Error() string {
	parts := make([]string, len(l))
	for i, e := range l {
		parts[i] = e.Error()
	}
	return strings.Join(parts, "\n")
}

// Or returns the list as an error, or nil when it is empty.
func (l List) Or() error {
	if len(l) == 0 {
		return nil
	}
	return l
}

// All returns every Error inside err; an error of another make becomes one of
// kind Internal.
func All(err error) List {
	if err == nil {
		return nil
	}
	var l List
	if errors.As(err, &l) {
		return l
	}
	var e *Error
	if errors.As(err, &e) {
		return List{e}
	}
	return List{{Kind: Internal, Key: "internal", Args: map[string]string{"cause": err.Error()}, Err: err}}
}

// KindOf is the kind of the first Error in err.
func KindOf(err error) Kind {
	l := All(err)
	if len(l) == 0 {
		return Internal
	}
	return l[0].Kind
}

// Nearest returns the word among known that is closest to got, or "" when none
// is close enough to be worth naming.
func Nearest(got string, known []string) string {
	best, dist := "", len(got)/3+2
	for _, k := range known {
		if d := distance(got, k, dist); d < dist {
			best, dist = k, d
		}
	}
	return best
}

// distance is the number of single-letter edits between a and b, or limit when
// it is at least that many.
func distance(a, b string, limit int) int {
	if d := len(a) - len(b); d >= limit || -d >= limit {
		return limit
	}
	prev := make([]int, len(b)+1)
	cur := make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		low := cur[0]
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			low = min(low, cur[j])
		}
		if low >= limit {
			return limit
		}
		prev, cur = cur, prev
	}
	return min(prev[len(b)], limit)
}
