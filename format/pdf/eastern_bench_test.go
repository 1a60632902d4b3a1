package pdf_test

import (
	"testing"

	"stayput/format/document"
)

// BenchmarkEasternLetter is a letter with names in Chinese and Korean.
func BenchmarkEasternLetter(b *testing.B) {
	d := letter()
	d.Blocks = append(d.Blocks, document.Text("王晓梅, 陳麗華, 山田はな, 김민수"))
	for b.Loop() {
		bytesOf(b, d)
	}
}
