package letter_test

import (
	"strings"
	"testing"

	"stayput/format/document"
	"stayput/paper"
	"stayput/present/letter"
)

// The writer ends a letter and signs; what its reader fills in and sends back comes after.
func TestReplyAfterTheSignature(t *testing.T) {
	for id, answer := range map[string]string{"offer-of-fape": "Your answer", "meeting-notice": "Your answer", "transfer-rights-notice": "Received: signatures of the student", "demand-pwn": ""} {
		p, err := paper.Get(id)
		if err != nil {
			t.Fatal(err)
		}
		l := letter.Compose(p, facts(), options(t, "en", paper.Plain))
		signed, answered := -1, -1
		for i, b := range l.Blocks {
			if s, ok := b.(document.Signature); ok && s.Lines[0].Label == "Eva L." {
				signed = i
			}
			if answer != "" && strings.HasPrefix(letter.Plain(b), answer) {
				answered = i
			}
		}
		switch {
		case signed < 0:
			t.Errorf("%s: the writer's signature is missing", id)
		case answer == "" && signed != len(l.Blocks)-1:
			t.Errorf("%s: %d blocks after the signature, want none", id, len(l.Blocks)-1-signed)
		case answer != "" && answered <= signed:
			t.Errorf("%s: %q is block %d, the signature block %d", id, answer, answered, signed)
		}
	}
}

// A box whose words end in a colon has room to write behind it.
func TestRoomToWrite(t *testing.T) {
	p, err := paper.Get("meeting-notice")
	if err != nil {
		t.Fatal(err)
	}
	for lang, want := range map[string]string{"en": "☐ I need an interpreter in this language: " + document.Gap, "es": "☐ Necesito intérprete de este idioma: " + document.Gap} {
		if s := text(letter.Compose(p, facts(), options(t, lang, paper.Plain))); !strings.Contains(s, want) {
			t.Errorf("%s: no %q in\n%s", lang, want, s)
		}
	}
}
