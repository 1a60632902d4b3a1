package paper

import (
	"regexp"
	"unicode"

	"stayput/format/yaml"
)

// MostBytes is how large the file of a paper may be.
const MostBytes = 200_000

// limits fit a paper of many pages and refuse what nobody would write as one.
var limits = yaml.Limits{Bytes: MostBytes, Depth: 24, Nodes: 20_000}

// How long a title may be, and the longest name.
const (
	mostTitle = 200
	mostName  = 60
)

// Names of papers stand in addresses and in names of files, names of contents in forms.
var (
	paperName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	itemName  = regexp.MustCompile(`^[a-z0-9_]+$`)
)

// named refuses a name that does not fit.
func (r *reader) named(n *yaml.Node, fits *regexp.Regexp) {
	switch {
	case n == nil || n.Kind != yaml.Scalar || len(n.Value) <= mostName && fits.MatchString(n.Value):
	case fits == itemName:
		r.Fail(n.At, "paper.bad_item_name", "text", cut(n.Value))
	default:
		r.Fail(n.At, "paper.bad_name", "text", cut(n.Value))
	}
}

// signs refuses characters that nobody types and that show a text as what it is not.
func (r *reader) signs(n *yaml.Node) {
	if n == nil {
		return
	}
	for _, c := range n.Value {
		if unicode.IsControl(c) && c != '\n' && c != '\t' || c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069 {
			r.Fail(n.At, "paper.odd_sign", "text", cut(n.Value))
			break
		}
	}
	for _, it := range n.Items {
		r.signs(it)
	}
	for _, f := range n.Fields {
		r.signs(f.Value)
	}
}

// cut is the beginning of a text, for an error.
func cut(s string) string {
	out := []rune{}
	for _, c := range s {
		if len(out) == 40 {
			return string(out) + "…"
		}
		if unicode.IsPrint(c) {
			out = append(out, c)
		}
	}
	return string(out)
}
