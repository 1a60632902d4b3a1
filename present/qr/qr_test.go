package qr_test

import (
	"encoding/xml"
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"stayput/present/qr"
)

// draw paints the runs of an SVG as a picture with eight pixels to a module.
func draw(t *testing.T, svg string) image.Image {
	t.Helper()
	size := regexp.MustCompile(`viewBox="0 0 (\d+) `).FindStringSubmatch(svg)
	if size == nil {
		t.Fatal("no size")
	}
	n, _ := strconv.Atoi(size[1])
	const px = 8
	img := image.NewGray(image.Rect(0, 0, n*px, n*px))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	_, path, _ := strings.Cut(svg, `fill="#000" d="`)
	for _, m := range regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1`).FindAllStringSubmatch(path, -1) {
		x, _ := strconv.Atoi(m[1])
		y, _ := strconv.Atoi(m[2])
		w, _ := strconv.Atoi(m[3])
		for yy := y * px; yy < (y+1)*px; yy++ {
			for xx := x * px; xx < (x+w)*px; xx++ {
				img.SetGray(xx, yy, color.Gray{})
			}
		}
	}
	return img
}

// A reader that is not ours finds the text again.
func TestRead(t *testing.T) {
	scan, err := exec.LookPath("zbarimg")
	if err != nil {
		t.Fatal("install zbar-tools: ", err)
	}
	for _, text := range []string{"https://192.168.1.20:7848/phone#k=Qm9ndXM", "https://example.org/join/" + strings.Repeat("aZ9_-", 30)} {
		svg, err := qr.SVG(text, `a "title" <b>`)
		if err != nil {
			t.Fatal(err)
		}
		if err := xml.Unmarshal([]byte(svg), new(struct{ XMLName xml.Name })); err != nil {
			t.Errorf("not well formed: %v", err)
		}
		name := filepath.Join(t.TempDir(), "code.png")
		f, err := os.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := png.Encode(f, draw(t, svg)); err != nil {
			t.Fatal(err)
		}
		f.Close()
		out, err := exec.Command(scan, "--quiet", "--raw", name).Output()
		if err != nil || strings.TrimSuffix(string(out), "\n") != text {
			t.Errorf("read %q (%v), want %q", out, err, text)
		}
	}
}

// The text for a terminal shows the same code: as many lines as half its rows.
func TestText(t *testing.T) {
	svg, err := qr.SVG("https://localhost", "x")
	if err != nil {
		t.Fatal(err)
	}
	text, err := qr.Text("https://localhost")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	n := draw(t, svg).Bounds().Dx() / 8
	if len(lines) != (n+1)/2 {
		t.Errorf("%d lines for %d rows", len(lines), n)
	}
	for i, l := range lines {
		if got := len([]rune(l)); got != n {
			t.Errorf("line %d has %d columns of %d", i, got, n)
		}
	}
}

func TestTooLong(t *testing.T) {
	if _, err := qr.SVG(strings.Repeat("x", 5000), ""); err == nil {
		t.Error("taken")
	}
	if _, err := qr.Text(strings.Repeat("x", 5000)); err == nil {
		t.Error("taken")
	}
}
