package browser

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// A new user with a phone, in Spanish, goes from the one-time link to her own
// case: a request, the plan, the consent, a right deadline; then a call in a few
// taps, a photographed paper and a card to hold up. The days are those counted in
// journey_keyboard_test.go; the calendar is the one of Oakland that the program
// brings, which has the same winter break and the staff day after it.
func TestPhoneJourney(t *testing.T) {
	t.Parallel()
	p := serve(t)
	b := newTab(t, p)
	b.phone()
	b.enter(p.link)
	b.tapOn("=Español")
	if lang := ask[string](b, `document.documentElement.lang`); lang != "es" {
		t.Fatalf("after the button the page is in %q", lang)
	}
	b.picture("phone-1-start")

	b.tapOn("=Le pedí ayuda a la escuela")
	b.tapOn("=Una primera evaluación, por escrito")
	b.tap("[name=on]")
	b.press("10062025")
	b.tap("[name=words]")
	b.press("Correo a la directora: por favor evalúen a mi hijo.")
	b.choose("[name=state]", "us-ca")
	b.tap("main summary")
	b.tap("[name=child]")
	b.press("Leo")
	if got := b.value("[name=on]") + " " + b.value("[name=child]"); got != "2025-10-06 Leo" {
		t.Fatalf("the form holds %q", got)
	}
	b.picture("phone-2-typed")
	b.tapOn("=Guardar")
	home := b.path()
	if !strings.HasPrefix(home, "/cases/") {
		t.Fatalf("the form led to %s: %s", home, b.text("main"))
	}
	b.picture("phone-3-case")
	b.says("Leo", "California", "Solicitud de evaluación", "calendario escolar", "21 oct 2025")

	// The date has bounds. The plan came: the date itself offers to write it down.
	b.tapOn("=Fechas")
	b.picture("phone-4-dates")
	b.says("Plan de evaluación en 15 días", "21 oct 2025")
	b.tapOn("=Plan de evaluación en 15 días")
	b.picture("phone-5-date")
	b.tapOn("=plan de evaluación)")
	b.retype("[name=on]", "10202025")
	b.tap("[name=words]")
	b.press("Llegó por correo.")
	b.tapOn("=Guardar")

	// The consent, by way of "something else".
	b.tapOn("=Otra cosa")
	b.choose("[name=kind]", "evaluation_consent_received")
	b.retype("[name=on]", "10282025")
	b.tap("[name=words]")
	b.press("Firmado y entregado en la oficina.")
	b.picture("phone-6-consent")
	b.tapOn("=Guardar")

	// The calendar: one that the program brings.
	b.tapOn("=Fechas")
	b.says("27 dic 2025")
	b.open("/calendars?case=" + strings.TrimPrefix(home, "/cases/"))
	b.picture("phone-7-calendars")
	b.tapOn("=Usarlo para Leo : Oakland Unified School District 2025-26")
	b.picture("phone-8-calendar")
	b.open(home)
	b.picture("phone-9-case")
	b.tapOn("=Fechas")
	b.picture("phone-10-dates")
	b.says("Con retraso (1)", "11 de enero", "13 de enero")
	b.tapOn("=Reunión del IEP dentro de los 60")
	b.picture("phone-11-date")
	b.says("11 de enero", "13 de enero", "28 de octubre de 2025")

	// A call, from the case's first page: at most five taps, and the words.
	b.open(home)
	b.taps = 0
	b.tapOn("=Una llamada")
	b.tapOn("=Hablamos")
	b.tap("[name=words]")
	b.press("La secretaria dijo que la psicóloga llama el lunes.")
	b.picture("phone-12-call")
	b.tapOn("=Guardar")
	t.Logf("a call is written down with %d taps", b.taps)
	if b.taps > 5 {
		t.Errorf("a call took %d taps; five is the most", b.taps)
	}
	b.says("La secretaria dijo que la psicóloga llama el lunes.")

	// A paper, photographed.
	b.tapOn("=Una foto de un papel")
	b.picture("phone-13-photo")
	b.do(chromedp.SetUploadFiles(chromedp.CSS("[type=file]"), []string{photo(t)}))
	b.until("the picture before it is sent", `document.querySelector(".sp-preview:not([hidden]) img")?.naturalWidth > 0`)
	b.picture("phone-14-photo")
	b.tapOn("=Guardar")
	b.tapOn(".sp-notes a") // look at it
	b.until("the picture that was kept", `document.querySelector("img.sp-picture")?.naturalWidth === 1200`)
	b.picture("phone-15-kept")
	b.says("IMG_2041.jpg")

	// The card for the counter, in both languages at once, and its one tap.
	b.open(home)
	b.tapOn("=Enseñe esto")
	b.tapOn("=Pido una evaluación")
	b.picture("phone-16-card")
	b.says("I am asking in writing that my child be evaluated", "Pido por escrito que evalúen a mi hijo o hija")
	b.taps = 0
	b.tapOn("main form.sp-noprint button[type=submit]")
	if b.taps != 1 {
		t.Errorf("the card took %d taps to write down", b.taps)
	}
	b.tapOn("=Registro")
	b.picture("phone-17-record")
	b.says("6 ", "Entregué una petición por escrito para una evaluación.", "La secretaria dijo", "28 de octubre de 2025")
}

// retype puts another day where one stands.
func (b *tab) retype(sel, digits string) {
	b.t.Helper()
	b.tap(sel)
	b.press(digits)
}

// choose picks from a list. The list itself is drawn by the phone.
func (b *tab) choose(sel, value string) {
	b.t.Helper()
	s := b.find(sel)
	if s.H < 40 {
		b.t.Errorf("%s: the list %s is only %.0f pixels high", b.path(), sel, s.H)
	}
	b.taps += 2
	if got := ask[string](b, `(() => { const e = document.querySelector(`+quote(sel)+`); e.value = `+quote(value)+`; e.dispatchEvent(new Event("input", {bubbles: true})); e.dispatchEvent(new Event("change", {bubbles: true})); return e.value })()`); got != value {
		b.t.Fatalf("%s: %s has no %q", b.path(), sel, value)
	}
}

// photo is a picture as a phone takes it.
func photo(t *testing.T) string {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 1200, 1600))
	for y := range 1600 {
		for x := range 1200 {
			img.Set(x, y, color.RGBA{uint8(200 + x/40), uint8(200 + y/50), 230, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "IMG_2041.jpg")
	if err := os.WriteFile(name, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	return name
}
