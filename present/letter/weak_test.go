package letter_test

import (
	"strings"
	"testing"

	"stayput/derive/draft"
	"stayput/paper"
	"stayput/present/letter"
)

// A notice came that says something of the other options, in empty words, and lacks
// nothing else: the answer thanks for it, quotes those words, says what they do not say,
// and says of nothing that it is missing. A date in the quote is no date to doubt.
func TestAnswerToAWeakNotice(t *testing.T) {
	p, err := paper.Get("demand-pwn")
	if err != nil {
		t.Fatal(err)
	}
	f := facts()
	f.Fields["notice.on"], f.Fields["no.words"] = date("2025-02-27", "notice"), said("Let us wait.")
	what := draft.Value{Sort: paper.Named, Named: draft.Named{Item: [2]string{"pwn", "options"}}}
	law := draft.Value{Sort: paper.Law, Law: "34 CFR 300.503(b)(6)"}
	weak := draft.Row{Key: "options", Values: map[string]draft.Value{"what": what, "law": law, "quote": said("On January 8, 2025 other options were considered.")}}
	f.Lists["lacking"] = []draft.Row{{Key: "options", Values: map[string]draft.Value{"what": what, "law": law}}}
	f.Lists["weak"] = []draft.Row{weak}
	for lang, want := range map[string][]string{
		"en": {"Thank you for your notice of February 27, 2025. Some of what it says is not enough:", "(34 CFR 300.503(b)(6)). Your notice says: “On January 8, 2025 other options were considered.”", "Please send me a new notice"},
		"es": {"Gracias por su aviso del 27 de febrero de 2025. Una parte de lo que dice no basta:", "Su aviso dice: «On January 8, 2025 other options were considered.»", "Por favor mándeme un aviso nuevo"},
	} {
		l := letter.Compose(p, f, options(t, lang, paper.Plain))
		s := text(l)
		for _, w := range want {
			if !strings.Contains(s, w) {
				t.Errorf("%s: no %q in\n%s", lang, w, s)
			}
		}
		for _, no := range []string{"Let us wait", "[[", "missing in it", "Le falta", "It does not say", "No dice"} {
			if strings.Contains(s, no) {
				t.Errorf("%s: %q does not belong into\n%s", lang, no, s)
			}
		}
		if odd := letter.Unknown(options(t, lang, paper.Plain).Cat, p, f, l.Used, s); len(odd) > 0 {
			t.Errorf("%s: doubted: %q", lang, odd)
		}
	}
	weak.Values["lack"] = said("which ones, and why not")
	f.Lists["gaps"] = []draft.Row{{Key: "basis", Values: map[string]draft.Value{"what": {Sort: paper.Named, Named: draft.Named{Item: [2]string{"pwn", "basis"}}}, "law": law}}}
	if s := text(letter.Compose(p, f, options(t, "en", paper.Formal))); !strings.Contains(s, "The notice states: “On January 8") || !strings.Contains(s, "It does not say: which ones, and why not") || !strings.Contains(s, "It does not contain the following elements") {
		t.Errorf("%s", s)
	}
}
