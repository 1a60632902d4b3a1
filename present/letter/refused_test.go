package letter_test

import (
	"strings"
	"testing"

	"stayput/derive/draft"
	"stayput/fact"
	"stayput/paper"
	"stayput/present/letter"
)

func kindOf(name string) draft.Value {
	return draft.Value{Sort: paper.Named, Named: draft.Named{Kind: fact.MustLookup(name)}, Entries: []string{"x"}}
}

func keyOf(name string, words ...string) draft.Value {
	return draft.Value{Sort: paper.Named, Named: draft.Named{Key: name, Words: words}, Entries: []string{"x"}}
}

// A complaint about a refusal says what was asked for, when, how, and the reason given; what
// the record does not hold takes its line with it and stays in the question.
func TestARefusalInAComplaint(t *testing.T) {
	full := map[string]draft.Value{"number": {Sort: paper.Number, Number: 1}, "what": kindOf("evaluation_refused"), "from": date("2025-02-20", "no"), "request": kindOf("evaluation_requested"), "asked": date("2025-02-03", "ask"),
		"how": keyOf("letter.how_email"), "requested": said("An evaluation in reading."), "reasons": keyOf("letter.reasons", "rti_first", "presupuesto")}
	bare := map[string]draft.Value{"number": {Sort: paper.Number, Number: 2}, "what": keyOf("letter.act_refused"), "unnamed": keyOf("letter.unnamed"), "from": date("2025-02-21", "no")}
	f := &draft.Facts{Lists: map[string][]draft.Row{"claims": {{Key: "a", Values: full}, {Key: "b", Values: bare}}}}
	for _, id := range []string{"state-complaint", "due-process-complaint", "cde-complaint", "ca-mediation-due-process"} {
		p, err := paper.Get(id)
		if err != nil {
			t.Fatal(err)
		}
		for lang, want := range map[string][]string{
			"en": {"What had been asked for, and when: request for an evaluation (February 3, 2025)", "How it was asked: by email", "What the request says: An evaluation in reading.",
				"The reason given, in short: Our own extra help has to come first; presupuesto", "Refusal to start or change something", "What had been asked for: [[What had been asked for, by whom, and when?"},
			"es": {"Lo que se había pedido, y cuándo: solicitud de evaluación (3 de febrero de 2025)", "Cómo se pidió: por correo electrónico", "Lo que dice la petición: An evaluation in reading.",
				"La razón que se dio, en resumen: Primero tiene que venir la ayuda de la escuela; presupuesto", "Negativa a empezar o cambiar algo", "Lo que se había pedido: [[¿Qué se había pedido, quién lo pidió y cuándo?"},
		} {
			s := text(letter.Compose(p, f, options(t, lang, paper.Formal)))
			for _, w := range want {
				if !strings.Contains(s, w) {
					t.Errorf("%s/%s: no %q in\n%s", id, lang, w, s)
				}
			}
			for _, once := range want[:4] {
				if strings.Count(s, once[:strings.Index(once, ":")]) != 1 {
					t.Errorf("%s/%s: %q does not stand once in\n%s", id, lang, once, s)
				}
			}
		}
	}
}

// The letter that asks for the written notice says what was asked for and refused as far as
// the record knows it.
func TestARefusalInALetter(t *testing.T) {
	p, _ := paper.Get("demand-pwn")
	compose := func(change func(map[string]draft.Value)) string {
		f := facts()
		f.Fields["no.what"] = kindOf("evaluation_refused")
		change(f.Fields)
		return text(letter.Compose(p, f, options(t, "en", paper.Plain)))
	}
	drop := func(names ...string) func(map[string]draft.Value) {
		return func(f map[string]draft.Value) {
			for _, n := range names {
				delete(f, n)
			}
		}
	}
	for name, x := range map[string]struct {
		change    func(map[string]draft.Value)
		want, not []string
	}{
		"all": {func(f map[string]draft.Value) {
			f["request.how"], f["request.words"], f["no.reasons"] = keyOf("letter.how_letter"), said("An evaluation in reading."), keyOf("letter.reasons", "staff")
		}, []string{"said no to my request for an evaluation of February 3, 2025.", "I had asked in writing.", "What I asked for: An evaluation in reading.", "The reason I was given, in short: There is nobody to do it"}, []string{"[["}},
		"the day of the request":  {drop("request.on"), []string{"On February 20, 2025 the school said no to my request for an evaluation."}, []string{"[["}},
		"no request":              {drop("request.on", "request.what"), []string{"what the school told me on February 20, 2025", "It was about this: [[What did the school refuse"}, []string{"my request for"}},
		"the day of the no":       {drop("no.on"), []string{"The school said no to me (refusal to evaluate). The day it did: [[On which day did the school say no?]]", "What I had asked for on February 3, 2025: request for an evaluation."}, []string{"the answer was"}},
		"nothing but the request": {drop("no.on", "no.what"), []string{"I asked for the following, and the answer was: [["}, []string{"the school said no"}},
	} {
		s := compose(x.change)
		for _, w := range x.want {
			if !strings.Contains(s, w) {
				t.Errorf("%s: no %q in\n%s", name, w, s)
			}
		}
		for _, w := range x.not {
			if strings.Contains(s, w) {
				t.Errorf("%s: %q in\n%s", name, w, s)
			}
		}
	}
}

// What good practice asks for and no law stands without parentheses.
func TestNoLawNoParentheses(t *testing.T) {
	for _, id := range []string{"demand-pwn", "follow-up-letter", "request-iep-meeting", "notice-insufficiency"} {
		p, err := paper.Get(id)
		if err != nil {
			t.Fatal(err)
		}
		f := facts()
		f.Fields["came.title"], f.Fields["came.on"] = draft.Value{Sort: paper.Named, Named: draft.Named{Item: [2]string{"pwn", ""}}}, date("2025-02-27", "came")
		row := func(law string) map[string]draft.Value {
			return map[string]draft.Value{"what": {Sort: paper.Named, Named: draft.Named{Item: [2]string{"pwn", "basis"}}}, "law": {Sort: paper.Law, Law: law}}
		}
		f.Lists["gaps"] = []draft.Row{{Key: "a", Values: row("34 CFR 300.503(b)(3)")}, {Key: "b", Values: row("")}}
		weak := row("")
		weak["quote"] = said("We looked at records.")
		f.Lists["weak"] = []draft.Row{{Key: "c", Values: weak}}
		f.Lists["lacking"] = append(f.Lists["gaps"], draft.Row{Key: "c", Values: row("")})
		for lang, what := range map[string]string{"en": "Each evaluation, assessment, record or report that the decision is based on", "es": "Cada evaluación, prueba, expediente o reporte en que se basa la decisión"} {
			s := text(letter.Compose(p, f, options(t, lang, paper.Plain)))
			if !strings.Contains(s, what+" (34 CFR 300.503(b)(3))\n"+what+"\n") || !strings.Contains(s, what+". ") || !strings.Contains(s, "We looked at records.") || strings.Contains(s, "()") || strings.Contains(s, "ley?]]") || strings.Contains(s, "law?]]") {
				t.Errorf("%s/%s:\n%s", id, lang, s)
			}
		}
	}
}

// What a paper that came lacks is asked for in a follow-up, which then speaks of no talk.
func TestFollowUpOnAPaper(t *testing.T) {
	p, _ := paper.Get("follow-up-letter")
	f := facts()
	f.Fields["came.title"], f.Fields["came.on"] = draft.Value{Sort: paper.Named, Named: draft.Named{Item: [2]string{"assessment-plan-ca", ""}}}, date("2025-02-27", "came")
	lacks := []draft.Row{{Key: "a", Values: map[string]draft.Value{"what": {Sort: paper.Named, Named: draft.Named{Item: [2]string{"pwn", "basis"}}}, "law": {Sort: paper.Law, Law: "34 CFR 300.503(b)(3)"}}}}
	f.Lists["gaps"], f.Lists["lacking"] = lacks, lacks
	for lang, want := range map[string][]string{
		"en": {"Thank you for the paper that came on February 27, 2025 (Assessment plan", "I did not find this in it:", "by March 15, 2025."},
		"es": {"Gracias por el documento que llegó el 27 de febrero de 2025 (Plan de evaluación", "En él no encontré esto:", "a más tardar el 15 de marzo de 2025."},
	} {
		l := letter.Compose(p, f, options(t, lang, paper.Plain))
		s := text(l)
		for _, w := range want {
			if !strings.Contains(s, w) {
				t.Errorf("%s: no %q in\n%s", lang, w, s)
			}
		}
		if strings.Contains(s, "What was said") || strings.Contains(s, "Lo que se dijo") || strings.Contains(s, "[[") {
			t.Errorf("%s: a talk or a blank in\n%s", lang, s)
		}
		for _, x := range letter.Check(p, l.Held, nil, s) {
			if x.Required && x.State != letter.Present && x.State != letter.Moot {
				t.Errorf("%s: %s is %s", lang, x.Item.ID, x.State)
			}
		}
	}
}
