package letter_test

import (
	"strings"
	"testing"

	"stayput/derive/draft"
	"stayput/fact"
	"stayput/paper"
	"stayput/present/letter"
)

// Who writes for a parent signs for the parent: "I" and "my child" are the parent's words.
func TestWrittenForAParent(t *testing.T) {
	p, _ := paper.Get("request-records")
	for _, x := range []struct {
		lang   string
		by     paper.Role
		parent string
		want   string
	}{
		{"en", "advocate", "Eva L.", "Ana A., for Eva L."},
		{"es", "attorney", "Eva L.", "Ana A., en nombre de Eva L."},
		{"en", "advocate", "", "Ana A., for the family"},
		{"en", "parent", "Eva L.", "Ana A."},
	} {
		o := options(t, x.lang, paper.Plain)
		o.Case = &fact.Case{Contacts: []fact.Contact{{Role: "parent", Name: x.parent}}}
		f := &draft.Facts{Sender: x.by, Fields: map[string]draft.Value{"today": date("2025-03-01", ""), "sender.name": said("Ana A.")}}
		s := strings.TrimSpace(text(letter.Compose(p, f, o)))
		if !strings.HasSuffix(s, "\n"+x.want) {
			t.Errorf("%s %s: no %q at the end of\n%s", x.lang, x.by, x.want, s)
		}
	}
}
