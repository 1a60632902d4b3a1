package browser

import (
	"testing"
)

// A special-education director, with a keyboard and nothing else, goes from "the
// parents refused part of the offer" to a logged path: she acknowledges and asks,
// writes down a call that nobody took, and reads the chronology. The record is
// examples/school/maya.yaml: the refusal of February 2, 2026.
func TestRejectionJourney(t *testing.T) {
	for _, x := range []rejectionWords{
		{"en", "After a no to an offer", "Answering a rejection", "February 2, 2026", "No to parts of the IEP, February 2, 2026", "Why: in the parents' own words", "The family may ask to read this", "Write down: acknowledged and asked",
			"Write down a contact: call, letter, visit, attempt", "Save", "Being answered", "phone", "no answer", "Not reached", "See the chronology", "Chronology of good faith"},
		{"es", "Después de un no a una oferta", "Responder a un rechazo", "2 de febrero de 2026", "No a partes del IEP, 2 de febrero de 2026", "Por qué: en palabras de los padres", "La familia puede pedir leer esto", "Anotar: se reconoció y se preguntó",
			"Anotar un contacto: llamada, carta, visita, intento", "Guardar", "En curso", "tel", "nadie", "Sin lograr contacto", "Ver la cronología", "Cronología de buena fe"},
	} {
		t.Run(x.lang, func(t *testing.T) { rejectionJourney(t, x) })
	}
}

// rejectionWords are the words that the page shows in a language.
type rejectionWords struct {
	lang, after, title, day, refusal, why, mayRead, acknowledge, contact, save, open, phone, nobody, failed, see, chronology string
}

func rejectionJourney(t *testing.T, x rejectionWords) {
	t.Parallel()
	b, home := imported(t, "school/maya", x.lang, 1280, 900)
	b.open(home + "/consent")
	b.skip()
	b.toLink(x.after)
	b.enterKey()
	b.picture("rejection-1-list-" + x.lang)
	b.says(x.title, x.day)
	b.skip()
	b.toLink(x.refusal)
	b.enterKey()
	at := b.path()
	b.picture("rejection-2-path-" + x.lang)
	b.says(x.why, x.mayRead)

	b.skip()
	b.toButton(x.acknowledge)
	b.press(" ") // unfolds
	b.toField("acknowledge-on")
	b.press("02032026")
	b.toField("acknowledge-time")
	b.press("0930AM")
	b.toField("acknowledge-with")
	b.press("Mother, director")
	b.toField("acknowledge-words")
	b.press("We heard it, and asked what matters most.")
	if got := b.value("[name=acknowledge-on]") + " " + b.value("[name=acknowledge-time]"); got != "2026-02-03 09:30" {
		t.Fatalf("the form holds %q", got)
	}
	b.toButton(x.save)
	b.enterKey()
	if b.path() != at {
		t.Fatalf("saving led to %s: %s", b.path(), b.text("main"))
	}
	b.says("We heard it, and asked what matters most.", x.open)

	b.skip()
	b.toButton(x.contact)
	b.press(" ")
	b.toField("contact-means")
	b.press(x.phone)
	b.toField("contact-on")
	b.press("02042026")
	b.toField("contact-outcome")
	b.press(x.nobody)
	b.toButton(x.save)
	b.enterKey()
	b.says(x.failed)
	b.picture("rejection-3-contact-" + x.lang)

	b.skip()
	b.toLink(x.see)
	b.enterKey()
	b.says(x.chronology, "We heard it, and asked what matters most.")
	b.picture("rejection-4-chronology-" + x.lang)
}
