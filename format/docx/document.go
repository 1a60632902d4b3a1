package docx

// A Document is what is written.
type Document struct {
	Title     string // of the file; write a Heading for what stands on the page
	Language  string // as "en-US"
	Landscape bool
	Footer    string // stands before the page number, such as "Page"; may be empty
	Of        string // stands between the page number and how many there are; empty: the number alone
	Blocks    []Block
}

// A Block is a piece of a document: a Heading, a Paragraph, a List, a Table or a
// PageBreak.
type Block interface{ write(*writer) error }

// A Heading begins a part; Level is 1 to 4.
type Heading struct {
	Level int
	Text  string
}

// A Paragraph is text. A line break in a Run begins a new line.
type Paragraph struct {
	Runs  []Run
	Small bool // set smaller, as for notes
	Right bool // set to the right, as for a date
	With  bool // stays on one page with what follows
}

// A Run is text of one look, in a Paragraph.
type Run struct {
	Text   string
	Bold   bool
	Italic bool
	Link   string // https, http or mailto; the text is a link to it
}

// A List is paragraphs with bullets, or with numbers from 1.
type List struct {
	Items    []Paragraph
	Numbered bool
}

// A Table has a head that repeats on each page. Each row has as many cells as the head;
// a cell is paragraphs. The first cell of a row is its name.
type Table struct {
	Caption string // stands above, and is what the table is called; needed
	Head    []string
	Widths  []int // how wide the columns are in proportion; none: all the same
	Rows    [][]Cell
}

// A Cell is what stands in a table.
type Cell []Paragraph

// A PageBreak begins a new page.
type PageBreak struct{}

// Text is a paragraph of plain text.
func Text(s string) Paragraph { return Paragraph{Runs: []Run{{Text: s}}} }

// Lines is a cell of plain paragraphs, one for each text.
func Lines(texts ...string) Cell {
	out := make(Cell, 0, len(texts))
	for _, s := range texts {
		out = append(out, Text(s))
	}
	return out
}
