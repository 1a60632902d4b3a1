package browser

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// A parent with a phone, in Spanish, enters the first service of the plan her child
// lives by: a photo of the page and three fields, at most eight taps from the page
// of the case; and sees it in force with the day that is still missing asked for.
func TestFirstServiceOnAPhone(t *testing.T) {
	t.Parallel()
	p := serve(t)
	b := newTab(t, p)
	b.enter(p.link)
	w := &world{p: p, b: b, lang: "es"}
	w.speak("es")
	b.open("/start/asked/evaluation_written")
	b.send("form.sp-form", map[string]string{"on": "2025-10-06", "words": "Correo.", "child": "Leo", "state": "us-ca"})
	home := b.path()
	b.phone()
	b.open(home)
	b.taps = 0
	b.tapOn("=Plan")
	b.do(chromedp.SetUploadFiles(chromedp.CSS("[type=file]"), []string{photo(t)}))
	b.taps += 2 // the button of the camera, and the picture
	b.tap("[name=what]")
	b.press("Terapia del habla")
	b.tap("[name=minutes]")
	b.press("30")
	b.tap("label[for=f-often-1]")
	b.picture("service-1-typed")
	b.tapOn("=Guardar")
	t.Logf("a first service is entered with %d taps", b.taps)
	if b.taps > 8 {
		t.Errorf("a first service took %d taps; eight is the most", b.taps)
	}
	b.says("Terapia del habla", "60 minutos por semana", "quién firmó")
	b.picture("service-2-in-force")
	b.clean()
}
