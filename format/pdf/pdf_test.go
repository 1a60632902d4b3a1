package pdf_test

import (
	"bytes"
	"os"
	"testing"

	"stayput/format/document"
	"stayput/format/pdf"
)

func TestX(t *testing.T) {
	for n, d := range map[string]*document.Document{"s": sample(t), "l": long()} {
		f, _ := os.Create("/tmp/fnd/P/" + n + ".pdf")
		r, err := pdf.Write(f, d)
		f.Close()
		t.Log(r, err)
	}
}

var _ bytes.Buffer
