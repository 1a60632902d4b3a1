package markup

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// The words of a page, without its looks; what is no page stays to the letter.
func TestText(t *testing.T) {
	for _, c := range []struct{ name, give, want string }{
		{"plain text", "a*b* [[x]]\r\n# no heading\u202e\x07", "a*b* [[x]]\n# no heading"},
		{"a tag in a sentence", "He wrote <b>no</b>.", "He wrote <b>no</b>."},
		{"a page", "<html><h2>Why</h2><p>We <b>refuse</b>\n it.</p><ul><li>one<li>*two*</ul><table><tr><td>a</td><td>b</td></tr></table><script>alert(1)</script>", "Why\n\nWe refuse it.\n\n• one\n\n• *two*\n\na\n\nb"},
		{"signs", "<p>&lt;script&gt; A* [[x]] {sign: me} &#x202e;1. y</p>", "<script> A* [[x]] {sign: me} 1. y"},
		{"nothing", "<html></html>", ""},
	} {
		if got := Text(c.give); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
	got := Text(word)
	if strings.Contains(got, "alert") || strings.Contains(got, "**") || !strings.Contains(got, "we ask for an IEE at public expense.") {
		t.Errorf("%q", got)
	}
}

func FuzzText(f *testing.F) {
	f.Add(word)
	f.Add("<table><tr><td>a<ul><li>c</ul></td></tr></table>")
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 4000 {
			return
		}
		got := Text(s)
		if !utf8.ValidString(got) || strings.ContainsFunc(got, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' || r >= 0x202A && r <= 0x202E }) {
			t.Fatalf("%q gave %q", s, got)
		}
	})
}
