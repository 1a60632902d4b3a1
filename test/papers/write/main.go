// Command write drafts the papers of the sample families and writes them as PDF, DOCX and
// text into a folder, for a person to look at.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"stayput/day"
	"stayput/format/document"
	"stayput/format/docx"
	"stayput/format/markup"
	"stayput/format/pdf"
	"stayput/law/packs"
	"stayput/locale"
	"stayput/paper"
	"stayput/present/letter"
	"stayput/test/papers"
)

func main() {
	out := flag.String("out", "", "folder to write to")
	only := flag.String("paper", "", "one paper instead of all")
	family := flag.String("family", "", "one family instead of all: a part of its name")
	forms := flag.String("forms", "pdf,docx,md", "what to write")
	flag.Parse()
	if err := run(*out, *only, *family, *forms); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(out, only, family, forms string) error {
	if out == "" {
		return fmt.Errorf("say where to write with -out")
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	asOf, err := day.Of(2026, time.November, 22)
	if err != nil {
		return err
	}
	for _, name := range papers.Families {
		if !strings.Contains(name, family) {
			continue
		}
		f, err := papers.Open(".", name, asOf)
		if err != nil {
			return err
		}
		for _, id := range paper.IDs() {
			if only != "" && id != only {
				continue
			}
			p, err := paper.Get(id)
			if err != nil {
				return err
			}
			for _, lang := range paper.Languages {
				cat, _ := locale.For(lang)
				words := packs.Texts(lang)
				for _, r := range paper.Registers {
					o := letter.For(f.Brief, cat, r, words)
					l := letter.Compose(p, papers.Facts(f, p, o, words), o)
					d := &document.Document{Title: l.Title, Language: lang, Blocks: l.Blocks}
					base := filepath.Join(out, strings.NewReplacer("/", "-", ".yaml", "").Replace(name)+"-"+id+"-"+lang+"-"+string(r))
					if err := write(base, forms, d); err != nil {
						return fmt.Errorf("%s: %w", base, err)
					}
				}
			}
		}
	}
	return nil
}

func write(base, forms string, d *document.Document) error {
	for _, form := range strings.Split(forms, ",") {
		var b bytes.Buffer
		var err error
		switch form {
		case "pdf":
			_, err = pdf.Write(&b, d)
		case "docx":
			err = docx.Write(&b, d)
		case "md":
			b.WriteString(markup.Format(d.Blocks))
		}
		if err != nil {
			return err
		}
		if err := os.WriteFile(base+"."+form, b.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}
