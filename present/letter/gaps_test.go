package letter_test

import (
	"strings"
	"testing"

	"stayput/derive/draft"
	"stayput/paper"
	"stayput/present/letter"
)

// A prior written notice came without what it is based on and without whom to ask for
// help: the answer thanks for it, names what is missing with the rule and asks for a whole
// one. It quotes no earlier no beside it.
func TestAnswerToADefectiveNotice(t *testing.T) {
	p, err := paper.Get("demand-pwn")
	if err != nil {
		t.Fatal(err)
	}
	f := facts()
	f.Fields["notice.on"], f.Fields["no.words"] = date("2025-02-27", "notice"), said("Let us wait.")
	for _, id := range []string{"basis", "sources_help"} {
		f.Lists["gaps"] = append(f.Lists["gaps"], draft.Row{Key: id, Values: map[string]draft.Value{
			"what": {Sort: paper.Named, Named: draft.Named{Item: [2]string{"pwn", id}}}, "law": {Sort: paper.Law, Law: "34 CFR 300.503(b)"}}})
	}
	f.Lists["lacking"] = f.Lists["gaps"]
	for lang, want := range map[string][]string{
		"en": {"Thank you for your notice of February 27, 2025.", "Each evaluation, assessment, record or report that the decision is based on (34 CFR 300.503(b))", "Whom parents can contact for help to understand the law (34 CFR 300.503(b))", "Please send me a new notice with these parts too.", "Please send it by March 15, 2025."},
		"es": {"Gracias por su aviso del 27 de febrero de 2025.", "Cada evaluación, prueba, expediente o reporte en que se basa la decisión (34 CFR 300.503(b))", "A quién acudir para entender la ley (34 CFR 300.503(b))", "Por favor mándeme un aviso nuevo", "a más tardar el 15 de marzo de 2025"},
	} {
		l := letter.Compose(p, f, options(t, lang, paper.Plain))
		s := text(l)
		for _, w := range want {
			if !strings.Contains(s, w) {
				t.Errorf("%s: no %q in\n%s", lang, w, s)
			}
		}
		if strings.Contains(s, "Let us wait") || strings.Contains(s, "[[") {
			t.Errorf("%s: a quote or a blank that does not belong here:\n%s", lang, s)
		}
	}
}
