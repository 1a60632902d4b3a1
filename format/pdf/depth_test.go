package pdf_test

import (
	"slices"
	"testing"

	"stayput/format/document"
)

// headingsOf are the tags of the headings of a document with headings of some levels.
func headingsOf(t testing.TB, levels []int) []string {
	d := &document.Document{Title: "t", Language: "en-US"}
	for _, l := range levels {
		d.Blocks = append(d.Blocks, document.Heading{Level: l, Text: "a part"}, document.Text("x"))
	}
	path, _ := written(t, d)
	var out []string
	objectsOf(t, path).tree().each(func(e *elem) {
		if len(e.Name) == 3 && e.Name[:2] == "/H" {
			out = append(out, e.Name[2:])
		}
	})
	return out
}

// A letter begins with headings of the second level, and is read as if with the first.
func TestHeadingsSkipNoLevel(t *testing.T) {
	for _, c := range []struct {
		levels []int
		want   []string
	}{
		{[]int{1, 2, 3, 2, 1}, []string{"1", "2", "3", "2", "1"}},
		{[]int{2, 2, 3, 2}, []string{"1", "1", "2", "1"}},
		{[]int{1, 3, 3, 2, 4}, []string{"1", "2", "2", "2", "3"}},
		{[]int{4, 1, 4}, []string{"1", "1", "2"}},
		{[]int{3, 2, 3}, []string{"1", "1", "2"}},
	} {
		if got := headingsOf(t, c.levels); !slices.Equal(got, c.want) {
			t.Errorf("%v is read as %v, and not %v", c.levels, got, c.want)
		}
	}
}
