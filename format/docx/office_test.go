package docx_test

import (
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"stayput/format/document"
)

// LibreOffice opens what is written, and shows all of it.
func TestLibreOffice(t *testing.T) {
	dir := t.TempDir()
	long := document.Table{Caption: "A long table", Head: []string{"No.", "What"}, Widths: []int{1, 5}, Rows: [][]document.Cell{{document.Lines("1"), document.Lines(strings.Repeat("many words ", 2000) + "and the last")}}}
	docs := map[string]*document.Document{
		"all": sample(), "letter": letter(t), "drawn": drawn(),
		"long": {Title: "Long", Language: "es-US", Blocks: []document.Block{long, document.Text("the end")}},
	}
	args := []string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", "pdf", "--outdir", dir}
	for name, d := range docs {
		path := filepath.Join(dir, name+".docx")
		if err := os.WriteFile(path, bytesOf(t, d), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, path)
	}
	if out, err := exec.Command("soffice", args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s(./check installs what the tests need)", err, out)
	}
	read := func(program string, args ...string) string {
		out, err := exec.Command(program, args...).CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", program, err, out)
		}
		return string(out)
	}
	for name, want := range map[string][]string{
		"all":    {"Uno", "March 2, 2026", "first", "one again", `What "is" <it>`, "small", "Página 1 de 2"},
		"letter": {"A sample office", "Una carta", "What is your <telephone> number?", document.Gap, "9.", "10.", "Rosa Sample", "Page 1 of 1"},
		"drawn":  {"Above", "Below"},
		"long":   {"A long table", "and the last", "the end"},
	} {
		text := strings.Join(strings.Fields(read("pdftotext", filepath.Join(dir, name+".pdf"), "-")), " ")
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s does not show %q: %s", name, w, text[:min(len(text), 2000)])
			}
		}
	}
	if n := strings.Count(read("pdfimages", "-list", filepath.Join(dir, "letter.pdf")), " image "); n != 2 {
		t.Errorf("the letter shows %d pictures", n)
	}
	// The drawing is seen: dark at its left, white at its right. It stands under the
	// heading, from 54 to 558 points.
	read("pdftoppm", "-r", "72", "-png", "-singlefile", filepath.Join(dir, "drawn.pdf"), filepath.Join(dir, "drawn"))
	f, err := os.Open(filepath.Join(dir, "drawn.png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	dark, pale := 0, 0
	for y := 120; y < 320; y++ {
		if r, _, _, _ := m.At(180, y).RGBA(); r < 0x4000 {
			dark++
		}
		if r, _, _, _ := m.At(330, y).RGBA(); r > 0xC000 {
			pale++
		}
	}
	if dark != 200 || pale != 200 {
		t.Errorf("%d dark, %d white of 200", dark, pale)
	}
}
