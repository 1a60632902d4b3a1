package letter_test

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"

	"stayput/format/document"
	"stayput/format/pdf"
	"stayput/paper"
	"stayput/present/letter"
)

// Side by side, each block of one language stands beside the same block of the other,
// and each says its language to who reads it aloud.
func TestBoth(t *testing.T) {
	p, _ := paper.Get("demand-pwn")
	en, es := options(t, "en", paper.Plain), options(t, "es", paper.Plain)
	a, b := letter.Compose(p, facts(), en).Blocks, letter.Compose(p, facts(), es).Blocks
	d := letter.Both(p, letter.Side{Cat: en.Cat, Blocks: a}, letter.Side{Cat: es.Cat, Blocks: b})
	rows := d.Blocks[0].(document.Table).Rows
	if len(rows) != len(a) || len(a) != len(b) {
		t.Fatalf("%d rows of %d and %d blocks", len(rows), len(a), len(b))
	}
	beside := false
	for _, r := range rows {
		l, x := letter.Plain(r[0][0]), letter.Plain(r[1][0])
		if strings.HasPrefix(l, "On February 20, 2025") {
			beside = strings.HasPrefix(x, "El 20 de febrero de 2025")
		}
		if r[0][0].Language != "en-US" || r[1][0].Language != "es-US" {
			t.Errorf("%q is %s, %q is %s", l, r[0][0].Language, x, r[1][0].Language)
		}
	}
	if !beside {
		t.Error("the sentences do not stand side by side")
	}
	var out bytes.Buffer
	if _, err := pdf.Write(&out, d); err != nil {
		t.Fatal(err)
	}
	c := exec.Command("pdftotext", "-raw", "-", "-")
	c.Stdin = &out
	text, err := c.Output()
	if err != nil {
		t.Fatalf("%v (./check installs what the tests need)", err)
	}
	for _, want := range []string{"English", "Spanish", "Request for prior written notice", "Petición del aviso previo por escrito", "March 15, 2025", "15 de marzo de 2025"} {
		if !strings.Contains(strings.Join(strings.Fields(string(text)), " "), want) {
			t.Errorf("no %q in the PDF", want)
		}
	}
	// Texts of different length, and nothing at all, go side by side too.
	for _, x := range [][]document.Block{nil, b[:2]} {
		if _, err := pdf.Write(new(bytes.Buffer), letter.Both(p, letter.Side{Cat: en.Cat, Blocks: a}, letter.Side{Cat: es.Cat, Blocks: x})); err != nil {
			t.Error(err)
		}
	}
}
