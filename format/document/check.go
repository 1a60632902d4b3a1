package document

import (
	"errors"
	"fmt"
	"strings"
)

// Check says what is wrong with a document, so that no writer has to guess.
func (d *Document) Check() error {
	if strings.TrimSpace(d.Title) == "" || strings.TrimSpace(d.Language) == "" {
		return errors.New("document: a document needs a title and a language, so that it can be read aloud")
	}
	for i, b := range d.Blocks {
		if err := check(b); err != nil {
			return fmt.Errorf("document: block %d: %w", i+1, err)
		}
	}
	return nil
}

func check(b Block) error {
	switch b := b.(type) {
	case Heading:
		if b.Level < 1 || b.Level > 4 {
			return fmt.Errorf("a heading of level %d; levels are 1 to 4", b.Level)
		}
	case List:
		if b.Start < 0 {
			return fmt.Errorf("a list that begins at %d", b.Start)
		}
	case Table:
		return b.check()
	case Image:
		return b.check()
	case Drawing:
		return b.check()
	case Letterhead:
		if b.Logo != nil {
			return b.Logo.check()
		}
	case Paragraph, PageBreak, Signature:
	default:
		return fmt.Errorf("%T is no block", b)
	}
	return nil
}

func (t Table) check() error {
	n := len(t.Head)
	if n == 0 {
		return errors.New("a table without a head")
	}
	if len(t.Widths) != 0 && len(t.Widths) != n {
		return fmt.Errorf("%d widths for %d columns", len(t.Widths), n)
	}
	for i, x := range t.Widths {
		if x <= 0 || x > 10_000 {
			return fmt.Errorf("column %d is %d wide", i+1, x)
		}
	}
	for i, row := range t.Rows {
		if len(row) != n {
			return fmt.Errorf("row %d has %d cells, and the head has %d", i+1, len(row), n)
		}
	}
	return nil
}

func (m Image) check() error {
	if strings.TrimSpace(m.Alt) == "" {
		return errors.New("an image without a text that says what it shows")
	}
	if m.Width < 0 {
		return fmt.Errorf("an image %g points wide", m.Width)
	}
	_, err := m.Size()
	return err
}

// Shares are how wide the columns are, in all as wide as all.
func (t Table) Shares(all int) []int {
	sum := 0
	of := make([]int, len(t.Head))
	for i := range of {
		of[i] = 1
		if len(t.Widths) > 0 {
			of[i] = t.Widths[i]
		}
		sum += of[i]
	}
	left := all
	for i := range of {
		of[i] = all * of[i] / sum
		left -= of[i]
	}
	of[len(of)-1] += left
	return of
}

// RightToLeft reports that a language is written from right to left.
func RightToLeft(language string) bool {
	base, _, _ := strings.Cut(language, "-")
	switch strings.ToLower(base) {
	case "ar", "fa", "he", "iw", "ur", "ps", "yi", "ckb", "sd":
		return true
	}
	return false
}

// SafeLink is a link that a reader may follow, or "".
func SafeLink(link string) string {
	for _, p := range []string{"https://", "http://", "mailto:"} {
		if strings.HasPrefix(link, p) {
			return link
		}
	}
	return ""
}
