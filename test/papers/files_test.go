package papers

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/jhillyerd/enmime/v2"

	"stayput/format/markup"
	"stayput/law/packs"
	"stayput/locale"
	"stayput/paper"
	"stayput/present/letter"
)

// A made paper is one paper of one family in one language, with what it has to hold.
type made struct {
	name  string
	paper *paper.Paper
	cat   *locale.Catalog
	draft *letter.Letter
	files map[string][]byte
	again func(form string) ([]byte, error)
}

// each makes the papers of the families in the plain register and calls f for each, on
// all cores.
func each(t *testing.T, forms []string, f func(t *testing.T, m *made)) {
	for _, fam := range families(t) {
		t.Run(strings.ReplaceAll(fam.Name, "/", "-"), func(t *testing.T) {
			t.Parallel()
			for _, p := range all(t) {
				for _, lang := range paper.Languages {
					cat, _ := locale.For(lang)
					words := packs.Texts(lang)
					o := letter.For(fam.Brief, cat, paper.Plain, words)
					facts := Facts(fam, p, o, words)
					l := letter.Compose(p, facts, o)
					d := letter.Document(p, cat, markup.Format(l.Blocks))
					m := &made{name: p.ID + "-" + lang, paper: p, cat: cat, draft: l, files: map[string][]byte{}}
					m.again = func(form string) ([]byte, error) { return letter.File(form, p, d, facts, p.ID+".pdf") }
					for _, form := range forms {
						data, err := m.again(form)
						if err != nil {
							t.Errorf("%s.%s: %v", m.name, form, err)
							return
						}
						m.files[form] = data
					}
					f(t, m)
				}
			}
		})
	}
}

// run is what a program of others prints.
func run(t testing.TB, in []byte, name string, args ...string) string {
	t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), 3*time.Minute)
	defer stop()
	c := exec.CommandContext(ctx, name, args...)
	c.Stdin = bytes.NewReader(in)
	var said bytes.Buffer
	c.Stderr = &said
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, said.String())
	}
	return string(out)
}

// bare is a text without what a layout may change: space, hyphens, points, boxes; and
// without the signs that no built-in font holds.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Han, r) {
			return -1
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// holds reports which required content of a paper a text that came out of a file lacks.
func (m *made) lacks(text string) (out []string) {
	all := bare(text)
	for _, it := range m.paper.Contents.Required {
		for _, held := range m.draft.Held[it.ID] {
			for _, line := range strings.FieldsFunc(held, func(r rune) bool { return r == '\n' || r == '[' || r == ']' }) {
				if b := bare(line); !strings.Contains(all, b) {
					out = append(out, fmt.Sprintf("%s: %q", it.ID, line))
				}
			}
		}
	}
	return out
}

// What a paper must hold is in the file that is sent: the PDF as another program reads it
// aloud, the plain text, the message with its attachment.
func TestFilesHold(t *testing.T) {
	each(t, []string{"pdf", "txt", "eml"}, func(t *testing.T, m *made) {
		// By its tags, and as it stands on the page: reading by tags, poppler drops the rest of
		// a paragraph after a sign that no font holds.
		byTags := run(t, m.files["pdf"], "pdfinfo", "-enc", "UTF-8", "-struct-text", "-")
		lacks := m.lacks(byTags)
		if len(lacks) > 0 {
			lacks = m.lacks(byTags + "|" + run(t, m.files["pdf"], "pdftotext", "-raw", "-enc", "UTF-8", "-", "-"))
		}
		if len(lacks) > 0 {
			t.Errorf("%s.pdf lacks %s", m.name, strings.Join(lacks, "\n"))
		}
		if lacks := m.lacks(string(m.files["txt"])); len(lacks) > 0 {
			t.Errorf("%s.txt lacks %s", m.name, strings.Join(lacks, "\n"))
		}
		env, err := enmime.ReadEnvelope(bytes.NewReader(m.files["eml"]))
		if err != nil {
			t.Errorf("%s.eml: %v", m.name, err)
			return
		}
		for _, e := range env.Errors {
			if e.Severe {
				t.Errorf("%s.eml: %v", m.name, e)
			}
		}
		if len(env.Attachments) != 1 || !bytes.Equal(env.Attachments[0].Content, m.files["pdf"]) || env.GetHeader("X-Unsent") != "1" {
			t.Errorf("%s.eml: the attachment is not the paper", m.name)
		}
		if again, err := m.again("pdf"); err != nil || !bytes.Equal(again, m.files["pdf"]) {
			t.Errorf("%s: the same paper gives other bytes", m.name)
		}
	})
}

// What must not be in a tenth of them must not be in any: a tenth is opened with qpdf and
// with LibreOffice, by the place of each in the list. STAYPUT_ALL_PAPERS=1 takes all.
func tenth(i int) bool { return os.Getenv("STAYPUT_ALL_PAPERS") != "" || i%10 == 3 }

func TestOthersOpenThem(t *testing.T) {
	dir := t.TempDir()
	var list []*made
	var docs []string
	t.Run("write", func(t *testing.T) {
		for _, fam := range families(t) {
			for i, p := range all(t) {
				if !tenth(i + len(fam.Name)) {
					continue
				}
				for _, lang := range paper.Languages {
					cat, _ := locale.For(lang)
					words := packs.Texts(lang)
					o := letter.For(fam.Brief, cat, paper.Plain, words)
					facts := Facts(fam, p, o, words)
					l := letter.Compose(p, facts, o)
					d := letter.Document(p, cat, markup.Format(l.Blocks))
					m := &made{name: fmt.Sprintf("%03d-%s-%s", len(list), p.ID, lang), paper: p, cat: cat, draft: l, files: map[string][]byte{}}
					for _, form := range []string{"pdf", "docx"} {
						data, err := letter.File(form, p, d, facts, "x.pdf")
						if err != nil {
							t.Fatal(err)
						}
						m.files[form] = data
						if err := os.WriteFile(filepath.Join(dir, m.name+"."+form), data, 0o600); err != nil {
							t.Fatal(err)
						}
					}
					list, docs = append(list, m), append(docs, filepath.Join(dir, m.name+".docx"))
				}
			}
		}
	})
	if len(list) < 40 {
		t.Fatalf("only %d papers", len(list))
	}
	for _, m := range list {
		if out := run(t, nil, "qpdf", "--check", filepath.Join(dir, m.name+".pdf")); !strings.Contains(out, "No syntax or stream encoding errors") {
			t.Errorf("%s: %s", m.name, out)
		}
	}
	out := filepath.Join(dir, "office")
	for some := range slices.Chunk(docs, 100) { // LibreOffice takes no more than some hundred at once
		run(t, nil, "soffice", append([]string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", out}, some...)...)
	}
	for _, m := range list {
		text, err := os.ReadFile(filepath.Join(out, m.name+".txt"))
		if err != nil {
			t.Errorf("LibreOffice did not open %s.docx: %v", m.name, err)
			continue
		}
		if lacks := m.lacks(string(text)); len(lacks) > 0 {
			t.Errorf("%s.docx, as LibreOffice shows it, lacks %s", m.name, strings.Join(lacks, "\n"))
		}
	}
}
