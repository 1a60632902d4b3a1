// Command write drafts the papers of the sample families and writes them as PDF, DOCX and
// text into a folder, for a person to look at.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"stayput/day"
	"stayput/derive/draft"
	"stayput/format/document"
	"stayput/format/markup"
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
					facts := papers.Facts(f, p, o, words)
					text := markup.Format(letter.Compose(p, facts, o).Blocks)
					base := filepath.Join(out, strings.NewReplacer("/", "-", ".yaml", "").Replace(name)+"-"+id+"-"+lang+"-"+string(r))
					if err := write(base, forms, text, p, letter.Document(p, cat, text), facts); err != nil {
						return fmt.Errorf("%s: %w", base, err)
					}
				}
			}
		}
	}
	return nil
}

// write writes a paper in each of the forms; md is the text that a person edits.
func write(base, forms, text string, p *paper.Paper, d *document.Document, f *draft.Facts) error {
	for _, form := range strings.Split(forms, ",") {
		b := []byte(text)
		if form != "md" {
			var err error
			if b, err = letter.File(form, p, d, f, filepath.Base(base)); err != nil {
				return err
			}
		}
		if err := os.WriteFile(base+"."+form, b, 0o644); err != nil {
			return err
		}
	}
	return nil
}
