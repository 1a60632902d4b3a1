package papers

import (
	"testing"

	"stayput/format/markup"
	"stayput/law/packs"
	"stayput/locale"
	"stayput/paper"
	"stayput/present/letter"
)

// BenchmarkNotice drafts a prior written notice from the record of a sample family and
// writes it as PDF: what an agency does 500 times. Run with -benchtime=500x.
func BenchmarkNotice(b *testing.B) {
	fs := families(b)
	p, err := paper.Get("pwn")
	if err != nil {
		b.Fatal(err)
	}
	cat, _ := locale.For("es")
	words := packs.Texts("es")
	for i := 0; b.Loop(); i++ {
		f := fs[i%len(fs)]
		o := letter.For(f.Brief, cat, paper.Plain, words)
		facts := Facts(f, p, o, words)
		d := letter.Document(p, cat, markup.Format(letter.Compose(p, facts, o).Blocks))
		if _, err := letter.File("pdf", p, d, facts, "x.pdf"); err != nil {
			b.Fatal(err)
		}
	}
}
