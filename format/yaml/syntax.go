package yaml

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	lib "go.yaml.in/yaml/v3"

	"stayput/fault"
)

var lineIn = regexp.MustCompile(`line (\d+)(?:, column (\d+))?`)

// causes are what people most often get wrong, each with the words of the
// library that mean it and the key of our sentence for it.
var causes = []struct{ words, key string }{
	{"tab character", "yaml.syntax_tab"},
	{"cannot start any token", "yaml.syntax_character"},
	{"mapping values are not allowed", "yaml.syntax_colon"},
	{"could not find expected ':'", "yaml.syntax_no_colon"},
	{"did not find expected key", "yaml.syntax_indent"},
	{"did not find expected '-' indicator", "yaml.syntax_indent"},
	{"block sequence entries are not allowed", "yaml.syntax_indent"},
	{"did not find expected ',' or", "yaml.syntax_bracket"},
	{"did not find expected node content", "yaml.syntax_bracket"},
	{"unexpected end of stream", "yaml.syntax_quote"},
	{"escape", "yaml.syntax_escape"},
	{"control characters", "yaml.syntax_control"},
	{"exceeded max depth", "yaml.too_deep"},
}

// syntax turns the library's message into an Error with a place.
func syntax(name string, text []byte, err error) error {
	at := fault.Position{File: name, Line: 1}
	msg := strings.TrimPrefix(err.Error(), "yaml: ")
	if m := lineIn.FindStringSubmatch(msg); m != nil {
		at.Line, _ = strconv.Atoi(m[1])
		msg = strings.TrimLeft(strings.Replace(msg, m[0], "", 1), ": ")
	}
	key := "yaml.syntax"
	for _, c := range causes {
		if strings.Contains(msg, c.words) {
			key = c.key
			break
		}
	}
	if line, column := locate(text, err); line > 0 {
		at.Line, at.Column = line, column
		if key == "yaml.syntax_character" && bytes.HasPrefix(bytes.TrimLeft(lineOf(text, line), " "), []byte("\t")) {
			key = "yaml.syntax_tab"
		}
	}
	return fault.New(fault.Invalid, at, key, "cause", msg).Wrap(err)
}

// locate finds the line that makes the library refuse text as it does, and the
// first letter on it. The library names the line where the broken part began,
// or none; the shortest beginning of the file that fails alike ends with the
// line at fault.
func locate(text []byte, want error) (line, column int) {
	if len(text) > 1<<20 {
		return 0, 0
	}
	var ends []int
	for i, c := range text {
		if c == '\n' {
			ends = append(ends, i+1)
		}
	}
	if len(text) > 0 && text[len(text)-1] != '\n' {
		ends = append(ends, len(text))
	}
	lo, hi := 0, len(ends) // the answer is in (lo, hi]
	for hi-lo > 1 {
		mid := (lo + hi) / 2
		if err := parses(text[:ends[mid-1]]); err != nil && err.Error() == want.Error() {
			hi = mid
		} else {
			lo = mid
		}
	}
	if hi == 0 {
		return 0, 0
	}
	l := lineOf(text, hi)
	return hi, 1 + len(l) - len(bytes.TrimLeft(l, " \t"))
}

func lineOf(text []byte, line int) []byte {
	for ; line > 1; line-- {
		i := bytes.IndexByte(text, '\n')
		if i < 0 {
			return nil
		}
		text = text[i+1:]
	}
	if i := bytes.IndexByte(text, '\n'); i >= 0 {
		text = text[:i]
	}
	return text
}

// parses is the error the library has for text, nil when it has none.
func parses(text []byte) error {
	dec := lib.NewDecoder(bytes.NewReader(text))
	for {
		var n lib.Node
		if err := dec.Decode(&n); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
	}
}
