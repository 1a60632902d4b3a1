package logtable_test

import (
	"fmt"
	"strings"
	"testing"

	"stayput/fault"
	"stayput/intake/logtable"
)

var format = logtable.Format{
	Columns: []logtable.Column{{Name: "on", Shown: "date", Words: []string{"date", "fecha"}, Need: true}, {Name: "what", Need: true}, {Name: "note"}},
	Largest: 1 << 20, MostRows: 5, Most: 3, Key: func(k string) string { return "x." + k },
}

// read gives each row as its number and cells, and the problems as key and place.
func read(text string) (rows, bad string) {
	var out []string
	err := format.Read("log.csv", []byte(text), func(n int, cells map[string]logtable.Cell, at fault.Position, problems *fault.List) {
		if cells["what"].Text == "wrong" {
			*problems = append(*problems, fault.New(fault.Invalid, cells["what"].At, "x.wrong"))
			return
		}
		out = append(out, fmt.Sprint(n, cells["on"].Text, "|", cells["what"].Text, "|", cells["note"].Text))
	})
	var all []string
	if err != nil {
		for _, e := range fault.All(err) {
			all = append(all, fmt.Sprintf("%s %d:%d", e.Key, e.At.Line, e.At.Column))
		}
	}
	return strings.Join(out, "; "), strings.Join(all, ", ")
}

func TestRead(t *testing.T) {
	for _, x := range []struct{ text, rows, bad string }{
		{"Date,What\n 2026-01-02 ,speech\n\n,\n2026-01-03,\"a,b\"\n", "22026-01-02|speech|; 42026-01-03|a,b|", ""},
		{"\ufefffecha,what,note\na,b,c\n", "2a|b|c", ""},
		{"", "", "x.empty 0:0"},
		{" \n ", "", "x.empty 0:0"},
		{"date,what\x00\n", "", "x.not_text 0:0"},
		{"PK\x03\x04zip", "", "x.not_text 0:0"},
		{"\xff\xfe", "", "x.not_text 0:0"},
		{"date,what,color\na,b,c\n", "", "x.unknown_column 1:11"},
		{"date,what,fecha\na,b,c\n", "", "x.column_twice 1:11"},
		{"date,note\na,b\n", "", "x.column_missing 1:1"},
		{"date,what\na\nb,c,d\n", "", "x.ragged 2:1, x.ragged 3:1"},
		{"date,what\na,\"b\nc,d\n", "", "x.quotes 3:5"},
		{"date,what\na,wrong\nb,wrong\nc,wrong\nd,wrong\n", "", "x.wrong 2:3, x.wrong 3:3, x.wrong 4:3"},
		{"date,what\n" + strings.Repeat("a,b\n", 6), "2a|b|; 3a|b|; 4a|b|; 5a|b|; 6a|b|", "x.too_many 7:1"},
		{strings.Repeat("a", 1<<20+1), "", "x.too_big 0:0"},
	} {
		if rows, bad := read(x.text); rows != x.rows || bad != x.bad {
			t.Errorf("%.40q gave %q, %q; want %q, %q", x.text, rows, bad, x.rows, x.bad)
		}
	}
}
