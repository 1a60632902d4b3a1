package brief

import "testing"

func TestVisible(t *testing.T) {
	for _, c := range []struct {
		in, want string
		color    bool
	}{
		{"Reunión · § 300.503\n\tok", "Reunión · § 300.503\n\tok", false},
		{"a\x1b[2Jb", "a[2Jb", true},
		{"\x1b[1mñ\x1b[0m\x1b[33mx", "\x1b[1mñ\x1b[0m\x1b[33mx", true},
		{"\x1b[1mx", "[1mx", false},
		{"due \u202e6202-10-50\u202c\u2066\x07\u0085", "due 6202-10-50", true},
	} {
		if got := string(visible([]byte(c.in), c.color)); got != c.want {
			t.Errorf("%q gives %q, want %q", c.in, got, c.want)
		}
	}
}
