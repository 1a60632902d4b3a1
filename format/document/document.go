package document

// A Document is what is written.
type Document struct {
	Title     string // of the file; write a Heading for what stands on the page
	Language  string // as "en-US"
	Author    string // of the file; may be empty
	Footer    string // stands before the page number, such as "Page"; may be empty
	Of        string // stands between the page number and how many there are; empty: the number alone
	Landscape bool
	Tight     bool // set closer, for a letter that would run a little over its page
	Blocks    []Block
}

// A Block is a piece of a document: a Heading, a Paragraph, a List, a Table, a PageBreak,
// an Image, a Drawing, a Signature or a Letterhead, each by value.
type Block interface{ block() }

func (Heading) block()    {}
func (Paragraph) block()  {}
func (List) block()       {}
func (Table) block()      {}
func (PageBreak) block()  {}
func (Image) block()      {}
func (Signature) block()  {}
func (Letterhead) block() {}

// A Heading begins a part; Level is 1 to 4.
type Heading struct {
	Level    int
	Text     string
	Language string // empty: the document's
}

// A Paragraph is text. A line break in a Run begins a new line.
type Paragraph struct {
	Runs     []Run
	Small    bool   // set smaller, as for notes
	Right    bool   // set to the right, as for a date; to the left where text runs from the right
	With     bool   // stays on one page with what follows
	Language string // empty: the document's
}

// A Run is text of one look, in a Paragraph.
type Run struct {
	Text   string
	Bold   bool
	Italic bool
	Link   string // https, http or mailto; the text is a link to it
	Blank  bool   // a gap to fill by hand; Text is the question, set small after it
}

// Gap is what a Blank is printed as: a line to write on.
const Gap = "____________________"

// A List is paragraphs with bullets, or with numbers.
type List struct {
	Items    []Paragraph
	Numbered bool
	Start    int // the first number; 0 is 1
}

// First is the number of the first item.
func (l List) First() int {
	if l.Start == 0 {
		return 1
	}
	return l.Start
}

// A Table has a head that repeats on each page. Each row has as many cells as the head;
// a cell is paragraphs. The first cell of a row is its name.
type Table struct {
	Caption string // stands above, and is what the table is called; may be empty
	Head    []string
	Widths  []int // how wide the columns are in proportion; none: all the same
	Rows    [][]Cell
	Keep    bool // stays on one page, if a page can hold it
}

// A Cell is what stands in a table.
type Cell []Paragraph

// A PageBreak begins a new page.
type PageBreak struct{}

// An Image is a picture, PNG or JPEG.
type Image struct {
	Data  []byte
	Alt   string  // what the picture shows, for who does not see it; needed
	Width float64 // in points; 0: as the picture is, up to the column
}

// A Signature is lines to sign on, one below the other.
type Signature struct{ Lines []SignLine }

// A SignLine is a line to write on, with what belongs there below it.
type SignLine struct {
	Label string // such as "Signature" or "Date"
	Value string // stands on the line, when it is known
}

// A Letterhead is the name and the address of an office, at the head of a letter. Its
// first line is the name.
type Letterhead struct {
	Lines []string
	Logo  *Image
}

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
