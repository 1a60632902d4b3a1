package paper

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"stayput/fault"
)

func sourceOf(t *testing.T, id string) string {
	t.Helper()
	data, err := Source(id)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// What an office could bring that is no paper: each is refused, and where is told.
func TestHostile(t *testing.T) {
	good := sourceOf(t, "demand-pwn")
	bomb := "a: &a [x, x, x, x, x, x, x, x, x]\n"
	for i := range 9 {
		bomb += fmt.Sprintf("b%d: &b%d [*a, *a, *a]\n", i, i)
	}
	text := `      en: "What I was told: “{no.words}”"`
	for name, c := range map[string]struct {
		file, key string
	}{
		"an anchor":             {bomb, "yaml.alias"},
		"too large":             {good + "\n#" + strings.Repeat("x", MostBytes), "yaml.too_big"},
		"too deep":              {good + "\nx: " + strings.Repeat("[", 200) + strings.Repeat("]", 200), ""},
		"too many values":       {good + "\nx: [" + strings.Repeat("1,", 30_000) + "]\n", ""},
		"a name with a folder":  {strings.Replace(good, "paper: demand-pwn", "paper: ../../x", 1), "paper.bad_name"},
		"a name with capitals":  {strings.Replace(good, "paper: demand-pwn", "paper: Demand", 1), "paper.bad_name"},
		"a name of 61 letters":  {strings.Replace(good, "paper: demand-pwn", "paper: "+strings.Repeat("a", 61), 1), "paper.bad_name"},
		"a list as name":        {strings.Replace(good, "paper: demand-pwn", "paper: [a]", 1), ""},
		"a content with spaces": {strings.Replace(good, "- id: language", "- id: the language", 1), "paper.bad_item_name"},
		"a day to come as sent": {strings.Replace(good, "sent: [prior_written_notice_requested]", "sent: [iep_meeting_scheduled]", 1), "paper.sent_appointment"},
		"an agreement as sent":  {strings.Replace(good, "sent: [prior_written_notice_requested]", "sent: [letter_sent, settlement_signed]", 1), "paper.sent_joint"},
		"another's act as sent": {strings.Replace(good, "sent: [prior_written_notice_requested]", "sent: [evaluation_refused]", 1), "paper.sent_by"},
		"an order as sent":      {strings.Replace(good, "sent: [prior_written_notice_requested]", "sent: [stay_put_ordered]", 1), "paper.sent_by"},
		"a title of 201":        {strings.Replace(good, "title: Request for prior written notice", "title: "+strings.Repeat("é", 201), 1), "paper.long_title"},
		"turned around text":    {strings.Replace(good, text, `      en: "What \u202e I was told: “{no.words}”"`, 1), "paper.odd_sign"},
		"a control character":   {strings.Replace(good, text, `      en: "What \u0007 I was told: “{no.words}”"`, 1), "paper.odd_sign"},
		"a number for a map":    {strings.Replace(good, "about: {kinds:", "about: 7 #", 1), ""},
		"a list inside a list": {strings.Replace(good, "  - when: [has.gaps]\n    list:\n      each: gaps\n      en: \"{what} ({law})\"\n      es: \"{what} ({law})\"\n",
			"  - each: events\n    parts:\n      - list:\n          each: gaps\n          en: \"{what}\"\n          es: \"{what}\"\n", 1), "paper.list_in_list"},
	} {
		t.Run(name, func(t *testing.T) {
			if c.file == good {
				t.Fatal("nothing was changed")
			}
			p, err := Read("x.yaml", []byte(c.file))
			if err == nil || p != nil {
				t.Fatal("it was taken")
			}
			all := fault.All(err)
			if c.key != "" && !slices.ContainsFunc(all, func(e *fault.Error) bool {
				return e.Key == c.key && (e.At.Line > 0 && e.At.Column > 0 || c.key == "yaml.too_big")
			}) {
				t.Errorf("not %s but %v", c.key, err)
			}
			for _, e := range all {
				if e.Kind != fault.Invalid || e.At.File != "x.yaml" {
					t.Errorf("%+v", e)
				}
			}
		})
	}
}

// Everything wrong in a file is told at once, each where it stands.
func TestAllProblems(t *testing.T) {
	good := sourceOf(t, "demand-pwn")
	bad := strings.Replace(good, "group: answer\n", "grup: answer\n", 1)                      // line 4, from its beginning
	bad = strings.Replace(bad, "paper: demand-pwn", "paper: Demand Pwn", 1)                   // line 1, column 8
	bad = strings.Replace(bad, "On {no.on} the school said", "On {no.om} the school said", 1) // a field
	_, err := Read("mine.yaml", []byte(bad))
	var l fault.List
	if !errors.As(err, &l) {
		t.Fatal(err)
	}
	got := map[string]bool{}
	for _, e := range l {
		got[fmt.Sprintf("%d:%d %s", e.At.Line, e.At.Column, e.Key)] = true
	}
	for _, want := range []string{"1:8 paper.bad_name", "4:1 yaml.unknown_key"} {
		if !got[want] {
			t.Errorf("%s is not told: %v", want, got)
		}
	}
	if !strings.Contains(err.Error(), "no.om") || !strings.Contains(err.Error(), "group") {
		t.Error(err)
	}
}

// An office's own paper takes the place of the built-in one of its name, or is one more;
// what was taken away is found by what was begun with it, and is offered to nobody.
func TestShelf(t *testing.T) {
	own := func(id, title string) *Paper {
		src := strings.Replace(sourceOf(t, "demand-pwn"), "paper: demand-pwn", "paper: "+id, 1)
		p, err := Read(id+".yaml", []byte(strings.Replace(src, "title: Request for prior written notice", "title: "+title, 1)))
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	var none *Shelf
	if p, err := none.Get("demand-pwn"); err != nil || p.Title["en"] != "Request for prior written notice" || !slices.Equal(none.IDs(), IDs()) || none.Own("pwn") != nil || none.Bad("pwn") != nil {
		t.Error("a shelf of nobody's own", err)
	}
	var s Shelf
	s.Put(own("demand-pwn", "Ours"))
	s.Put(own("our-letter", "One more"))
	s.Keep(own("old-letter", "Gone"))
	s.Fail("broken", fault.New(fault.Invalid, fault.Position{File: "broken.yaml"}, "paper.practice"))
	s.Fail("pwn", fault.New(fault.Invalid, fault.Position{}, "paper.practice"))
	for id, want := range map[string]string{"demand-pwn": "Ours", "our-letter": "One more", "old-letter": "Gone", "pwn": "Prior written notice"} {
		if p, err := s.Get(id); err != nil || p.Title["en"] != want {
			t.Errorf("%s: %v", id, err)
		}
	}
	if n := len(s.IDs()); n != len(IDs())+1 || !slices.IsSorted(s.IDs()) || slices.Contains(s.IDs(), "old-letter") || slices.Contains(s.IDs(), "broken") {
		t.Errorf("%d papers are offered", n)
	}
	if _, err := s.Get("broken"); fault.KindOf(err) != fault.Invalid {
		t.Error(err)
	}
	if _, err := s.Get("nobody"); fault.KindOf(err) != fault.NotFound {
		t.Error(err)
	}
	if p, _ := Get("demand-pwn"); p.Title["en"] != "Request for prior written notice" {
		t.Error("the built-in paper was changed")
	}
}
