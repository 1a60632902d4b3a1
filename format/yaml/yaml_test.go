package yaml

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"pgregory.net/rapid"

	"stayput/fault"
)

func refused(t *testing.T, name string, data []byte, key string, line int) *fault.Error {
	t.Helper()
	n, err := Read(name, data, DefaultLimits)
	if err == nil {
		t.Fatalf("accepted as %+v, want %s", n, key)
	}
	e := fault.All(err)[0]
	if e.Key != key || e.At.File != name || line > 0 && e.At.Line != line || e.Kind != fault.Invalid {
		t.Fatalf("got %v, want %s at line %d", err, key, line)
	}
	return e
}

func utf16Bytes(s string, big bool) []byte {
	out := []byte{0xFF, 0xFE}
	if big {
		out = []byte{0xFE, 0xFF}
	}
	for _, u := range utf16.Encode([]rune(s)) {
		if big {
			out = append(out, byte(u>>8), byte(u))
		} else {
			out = append(out, byte(u), byte(u>>8))
		}
	}
	return out
}

func TestRefused(t *testing.T) {
	for _, c := range []struct {
		what, text, key string
		line            int
	}{
		{"empty", "", "yaml.empty", 0},
		{"blank", " \n\n", "yaml.empty", 0},
		{"only comments", "# nothing\n", "yaml.empty", 0},
		{"only a mark", "\uFEFF", "yaml.empty", 0},
		{"binary", "a: \x00\x01\x02", "yaml.not_text", 0},
		{"not UTF-8", "a: \xff\xfe\xfa", "yaml.not_text", 0},
		{"half a UTF-16 unit", "\xff\xfea", "yaml.not_text", 0},
		{"two documents", "a: 1\n---\nb: 2\n", "yaml.second_document", 2},
		{"repeated key", "a: 1\nb: 2\na: 3\n", "yaml.repeated_key", 3},
		{"repeated key in JSON", "{\"a\": 1,\n \"b\": 2,\n \"a\": 3}", "yaml.repeated_key", 3},
		{"alias", "a: &x [1]\nb: *x\n", "yaml.alias", 1},
		{"merge", "a: {b: 1}\nc:\n  <<: {b: 1}\n", "yaml.alias", 3},
		{"tag", "a: !!binary aGk=\n", "yaml.tag", 1},
		{"key that is a list", "[a, b]: 1\n", "yaml.key_not_word", 1},
		{"deep", strings.Repeat("[", 40) + strings.Repeat("]", 40), "yaml.too_deep", 1},
		{"deep JSON", `{"a":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + "}", "yaml.too_deep", 1},
		{"very deep", strings.Repeat("[", 1<<20), "yaml.too_deep", 1},
		{"deep blocks", strings.Repeat("- ", 20000), "yaml.too_deep", 1},
		{"tab as indent", "a: 1\nb:\n\tc: 1\nd: 2\n", "yaml.syntax_tab", 3},
		{"open bracket", "x: 1\na: [1, 2\nb: 3\n", "yaml.syntax_bracket", 2},
		{"open bracket at the end", "x: 1\na: [1, 2\n", "yaml.syntax_bracket", 2},
		{"open quote", "x: 1\na: \"b\nc: 2\n", "yaml.syntax_quote", 0},
		{"colon in text", "x: 1\na:\n  - b: c: d\n  - e\n", "yaml.syntax_colon", 3},
		{"wrong indent", "a:\n  b: 1\n  c: 2\n d: 3\ne: 4\n", "yaml.syntax_indent", 4},
		{"no colon", "a: 1\nb: 2\nc\nd: 4\n", "yaml.syntax_no_colon", 0},
		{"percent", "a: 1\nb: %x\n", "yaml.syntax_character", 2},
		{"bad escape", "a: 1\nb: \"\\q\"\n", "yaml.syntax_escape", 2},
		{"control", "a: 1\nb: \x01\n", "yaml.syntax_control", 0},
	} {
		t.Run(c.what, func(t *testing.T) { refused(t, "x.yaml", []byte(c.text), c.key, c.line) })
	}
}

// The classic bomb is refused where its first anchor stands, and at once.
func TestBomb(t *testing.T) {
	var b strings.Builder
	b.WriteString("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n")
	for i := 1; i < 10; i++ {
		p := string(rune('0' + i - 1))
		b.WriteString("a" + string(rune('0'+i)) + ": &a" + string(rune('0'+i)) + " [" + strings.Repeat("*a"+p+", ", 8) + "*a" + p + "]\n")
	}
	start := time.Now()
	refused(t, "bomb.yaml", []byte(b.String()), "yaml.alias", 1)
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("took %v", took)
	}
}

func TestTooBig(t *testing.T) {
	data := make([]byte, 50<<20)
	start := time.Now()
	e := refused(t, "big.yaml", data, "yaml.too_big", 0)
	if e.Args["size"] != "50 MB" || e.Args["limit"] != "16 MB" {
		t.Errorf("says %v", e.Args)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("took %v", took)
	}
}

func TestTooMany(t *testing.T) {
	lim := DefaultLimits
	lim.Nodes = 100
	for _, text := range []string{strings.Repeat("- 1\n", 200), `{"a": [` + strings.Repeat("1,", 200) + "1]}"} {
		_, err := Read("many.yaml", []byte(text), lim)
		if l := fault.All(err); len(l) == 0 || l[0].Key != "yaml.too_many" {
			t.Errorf("got %v", err)
		}
	}
}

// The same document in every encoding and with every line end is the same.
func TestEncodings(t *testing.T) {
	text := "name: Zoë Ñandú 山田\nlist:\n  - a\n  - b\n"
	want, err := Read("x.yaml", []byte(text), DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	for what, data := range map[string][]byte{
		"mark":      append([]byte("\xEF\xBB\xBF"), text...),
		"little":    utf16Bytes(text, false),
		"big":       utf16Bytes(text, true),
		"windows":   []byte(strings.ReplaceAll(text, "\n", "\r\n")),
		"windows16": utf16Bytes(strings.ReplaceAll(text, "\n", "\r\n"), false),
	} {
		got, err := Read("x.yaml", data, DefaultLimits)
		if err != nil {
			t.Errorf("%s: %v", what, err)
		} else if !Equal(got, want) || got.Fields[1].At != want.Fields[1].At {
			t.Errorf("%s: got %+v", what, got)
		}
	}
}

func TestJSON(t *testing.T) {
	n, err := Read("x.json", []byte("\n{\n\t\"name\": \"Zo\\u00eb \\ud83d\\ude00\", \"n\": -1.50e3,\n\t\"ñ\": null, \"b\": true, \"l\": []\n}\n"), DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	f := n.Fields
	if f[0].Value.Value != "Zoë 😀" || !f[0].Value.Quoted || f[1].Value.Value != "-1.50e3" || f[1].Value.Quoted || f[2].Value.Kind != Null || f[3].Value.Value != "true" || f[4].Value.Kind != List {
		t.Errorf("got %+v", n)
	}
	if at := f[3].At; at.Line != 4 || at.Column != 13 {
		t.Errorf("b stands at %v, want 4:13", at)
	}
	if at := f[0].At; at.Line != 3 || at.Column != 2 {
		t.Errorf("name stands at %v, want 3:2", at)
	}
	// YAML that begins like JSON is YAML.
	if n, err = Read("x.yaml", []byte("{a: b, c: [d]}"), DefaultLimits); err != nil || n.Fields[0].Value.Value != "b" {
		t.Errorf("got %v, %v", n, err)
	}
	e := refused(t, "x.json", []byte("{\"a\": 1,\n\"b\": ]}"), "json.want_value", 2)
	if e.At.Column != 6 {
		t.Errorf("stands at %v", e.At)
	}
	for bad, key := range map[string]string{
		`{"a": "\ud83d"}`: "json.bad_escape", `{"a": "\ud83dx"}`: "json.bad_escape", `{"a": "\ud83d\u0041"}`: "json.bad_escape", `{"a": "\u12`: "json.bad_escape",
		`{"a"`: "json.want_colon", `{"a": `: "json.ends", `{"a": "`: "json.ends", `{"a": "\`: "json.ends", `{`: "json.want_key", `{"a": 1]`: "json.want_comma", `{"a": 1} x`: "json.more",
	} {
		refused(t, "x.json", []byte(bad), key, 1)
	}
}

// texts are what people write, and what breaks writers.
var texts = []string{
	"", " ", "a", "yes", "No", "null", "~", "Null", "true", "off", "y", "2025-02-03", "2025-02-30", "12:30", "12:30:45", "007", "0x1F", "1e3", ".5", "-", "- a", "?", "? a", ": a", "a: b", "a:", "a #b", "#a", "a#b",
	"a\nb", "a\nb\n", "a\n\nb", "a\n\n", "\na", "\n", " a\nb", "a \nb", "a\n b\n  c\n", "a\n\tb", "\ta", "a\tb", "a\r\nb", "a\rb", "---", "...", "a\n---\nb", "a\n...\n", "%TAG", "@x", "`x`", "'x'", "\"x\"", "it's", "a \"b\" c", "\\", "a\\nb", "|", ">", "| x",
	"&a", "*a", "!a", "!!str a", "[a]", "{a}", "a, b", "a]", "a}", "<<", "=", "名前", "مريم", "שרה", "नाम", "Zoë", "a?", "e\u0301", "👩‍👧", "\u0085", "\u2028", "\u2029", "\uFEFF", "\u00a0x", "\u0001", "\x7f", "\u200b", "\u200f", "\uFFFD", "\uFFFE", "a\u2028b\nc", "\U0001F600", "\U000E0001", "\x00",
	strings.Repeat("long ", 300), strings.Repeat("x", 5000), strings.Repeat("line\n", 50),
}

func textGen() *rapid.Generator[string] {
	return rapid.OneOf(rapid.SampledFrom(texts), rapid.StringN(0, 40, -1), rapid.StringOfN(rapid.RuneFrom([]rune("ab \n\t:#-,[]{}\"'|>&*!%@é🙂")), 0, 30, -1),
		rapid.Custom(func(t *rapid.T) string {
			return rapid.SampledFrom(texts).Draw(t, "a") + rapid.SampledFrom(texts).Draw(t, "b")
		}))
}

func valid(s string) bool { return utf8.ValidString(s) }

func nodeGen(depth int) *rapid.Generator[*Node] {
	return rapid.Custom(func(t *rapid.T) *Node {
		kind := rapid.IntRange(0, 5).Draw(t, "kind")
		if depth == 0 {
			kind = min(kind, 2)
		}
		switch kind {
		case 0:
			return &Node{Kind: Null}
		case 1, 2:
			s := textGen().Filter(valid).Draw(t, "text")
			return &Node{Kind: Scalar, Value: s, Quoted: rapid.Bool().Draw(t, "quoted")}
		case 3:
			return &Node{Kind: List, Items: rapid.SliceOfN(nodeGen(depth-1), 0, 4).Draw(t, "items")}
		}
		keys := rapid.SliceOfNDistinct(textGen().Filter(valid), 0, 4, rapid.ID[string]).Draw(t, "keys")
		n := &Node{Kind: Map}
		for _, k := range keys {
			n.Fields = append(n.Fields, Field{Key: k, Value: nodeGen(depth-1).Draw(t, "value")})
		}
		return n
	})
}

// What is written is read back: any document, as YAML and as JSON.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := nodeGen(4).Draw(t, "node")
		n = &Node{Kind: Map, Fields: []Field{{Key: "a", Value: n}}}
		var y, j bytes.Buffer
		if err := errors.Join(Write(&y, n), WriteJSON(&j, n)); err != nil {
			t.Fatal(err)
		}
		again(t, "x.yaml", y.Bytes(), n)
		again(t, "x.json", j.Bytes(), n)
	})
}

type fatal interface{ Fatalf(string, ...any) }

func again(t fatal, name string, text []byte, want *Node) {
	got, err := Read(name, text, DefaultLimits)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if !Equal(got, want) {
		t.Fatalf("came back different:\n%q\n%+v", text, got)
	}
}

func FuzzYAML(f *testing.F) {
	for _, s := range texts {
		f.Add([]byte(s))
		f.Add([]byte("a: " + s))
	}
	f.Add([]byte(`{"a": [1, {"b": "\ud83d\ude00"}], "c": null}`))
	f.Add([]byte("a: &x [1]\nb: *x\n"))
	f.Add([]byte("? a\n: - b\n  - |+\n    c\n\n  - >-\n    d\n    e\n"))
	f.Add(utf16Bytes("a: b\n", true))
	f.Fuzz(func(t *testing.T, data []byte) {
		lim := DefaultLimits
		lim.Bytes = 1 << 16
		n, err := Read("f.yaml", data, lim)
		if err != nil {
			for _, e := range fault.All(err) {
				if e.At.File != "f.yaml" || e.Kind != fault.Invalid || e.Key == "" {
					t.Fatalf("not an error about the file: %v", e)
				}
			}
			return
		}
		var y, j bytes.Buffer
		if err := errors.Join(Write(&y, n), WriteJSON(&j, n)); err != nil {
			t.Fatal(err)
		}
		again(t, "f.yaml", y.Bytes(), n)
		if n.Kind == Map {
			again(t, "f.json", j.Bytes(), n)
		}
	})
}
