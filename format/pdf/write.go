package pdf

import (
	"io"
	"slices"
	"sort"
	"strconv"
	"strings"

	"stayput/format/document"
)

// A Report is what there is to say of a file that was written.
type Report struct {
	Pages       int
	Unprintable []string // signs that no font holds, each once; a marked box stands for them
}

// Write writes a document.
func Write(out io.Writer, d *document.Document) (Report, error) {
	if err := d.Check(); err != nil {
		return Report{}, err
	}
	t := typesetters.Get().(*typesetter)
	defer typesetters.Put(t)
	t.lost = map[rune]bool{}
	w := &writer{d: d, file: newFile(), set: t, fonts: make([]*used, len(typefaces)), pictures: map[*byte]*picture{}, root: &tag{name: "Document", lang: d.Language, hung: true}}
	if w.room = wide; d.Tight {
		w.room = tight
	}
	w.wide, w.high = 612_000, 792_000
	if d.Landscape {
		w.wide, w.high = w.high, w.wide
	}
	w.column = w.wide - 2*margin
	var strips []strip
	for _, b := range d.Blocks {
		s, err := w.block(b)
		if err != nil {
			return Report{}, err
		}
		if _, signs := b.(document.Signature); signs && len(strips) > 0 && !strips[len(strips)-1].page {
			strips[len(strips)-1].with = true // nobody signs a page without a word on it
		}
		strips = append(strips, s...)
	}
	w.flow(strips)
	w.numbers()
	_, err := out.Write(w.finish())
	r := Report{Pages: len(w.pages)}
	for c := range t.lost {
		r.Unprintable = append(r.Unprintable, string(c))
	}
	sort.Strings(r.Unprintable)
	return r, err
}

// margin is an inch, on all sides.
const margin = 72_000

// A writer writes one document.
type writer struct {
	room
	d        *document.Document
	file     *file
	set      *typesetter
	fonts    []*used // by their place among the typefaces
	root     *tag
	pages    []*page
	linked   []linked
	pictures map[*byte]*picture
	drawn    []*picture // in their order
	heads    []head     // headings, for the outline
	above    []int      // the levels of the headings under which the next one stands
	wide     length     // of a page
	high     length
	column   length // how wide the text is
}

func (w *writer) newPage() *page {
	p := &page{id: w.file.next(), wide: w.wide, high: w.high}
	w.pages = append(w.pages, p)
	return p
}

// numbers writes the number of each page, which is not read aloud.
func (w *writer) numbers() {
	for i, p := range w.pages {
		text := strconv.Itoa(i + 1)
		if w.d.Footer != "" {
			text = w.d.Footer + " " + text
		}
		if w.d.Of != "" {
			text += " " + w.d.Of + " " + strconv.Itoa(len(w.pages))
		}
		spans := []span{{text: strings.ReplaceAll(text, "\n", " "), look: look{size: 9}, tag: artifact}}
		ls := w.set.lines(spans, w.d.Language, w.column)
		for k := range ls[:1] {
			w.line(p, &ls[k], spans, margin+max(0, w.column-ls[k].wide), w.high-margin/2-ls[k].high())
		}
		p.end()
	}
}

// finish writes everything that is not yet written, and gives the file.
func (w *writer) finish() []byte {
	f := w.file
	w.root.number(f)
	catalog, info, tree, structure, parents, meta := f.next(), f.next(), f.next(), f.next(), f.next(), f.next()

	var fonts, pictures strings.Builder
	for _, u := range w.fonts {
		if u != nil {
			u.write(f)
			fonts.WriteString("/" + u.label + " " + ref(u.id))
		}
	}
	for _, x := range w.drawn {
		pictures.WriteString("/" + x.label + " " + ref(x.id))
	}
	resources := f.next()
	f.put(resources, "<</Font<<"+fonts.String()+">>/XObject<<"+pictures.String()+">>>>")

	var kids, nums strings.Builder
	for i, p := range w.pages {
		content := f.next()
		body := slices.Concat([]byte("/Artifact BMC\nq\n"), p.under, []byte("Q\nEMC\n"), p.text)
		if len(p.under) == 0 {
			body = p.text
		}
		f.stream(content, "", body)
		annots := ""
		if len(p.links) > 0 {
			annots = "/Annots[" + refs(p.links) + "]"
		}
		f.put(p.id, "<</Type/Page/Parent "+ref(tree)+"/MediaBox["+points(0, 0, w.wide, w.high)+"]/Resources "+ref(resources)+"/Contents "+ref(content)+"/Tabs/S/StructParents "+strconv.Itoa(i)+annots+">>")
		kids.WriteString(ref(p.id) + " ")
		ids := make([]int, len(p.marks))
		for k, t := range p.marks {
			ids[k] = t.id
		}
		nums.WriteString(strconv.Itoa(i) + "[" + refs(ids) + "]")
	}
	f.put(tree, "<</Type/Pages/Count "+strconv.Itoa(len(w.pages))+"/Kids["+strings.TrimSpace(kids.String())+"]>>")
	for i, l := range w.linked {
		nums.WriteString(strconv.Itoa(structLinks+i) + " " + ref(l.tag.id) + " ")
	}
	f.put(parents, "<</Nums["+strings.TrimSpace(nums.String())+"]>>")
	f.put(structure, "<</Type/StructTreeRoot/K "+ref(w.root.id)+"/ParentTree "+ref(parents)+"/ParentTreeNextKey "+strconv.Itoa(structLinks+len(w.linked))+">>")
	w.root.write(f, structure)

	title, author := printable(w.d.Title), printable(w.d.Author)
	about := "<</Title" + str(title) + "/Producer(Stayput)"
	if author != "" {
		about += "/Author" + str(author)
	}
	f.put(info, about+">>")
	f.raw(meta, "/Type/Metadata/Subtype/XML", []byte(metadata(title, author, w.d.Language)))
	outline := ""
	if id := w.outline(); id > 0 {
		outline = "/Outlines " + ref(id)
	}
	f.put(catalog, "<</Type/Catalog/Pages "+ref(tree)+"/Lang"+str(w.d.Language)+"/MarkInfo<</Marked true>>/StructTreeRoot "+ref(structure)+"/ViewerPreferences<</DisplayDocTitle true>>/Metadata "+ref(meta)+outline+">>")
	return f.finish(catalog, info)
}

func refs(ids []int) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = ref(id)
	}
	return strings.Join(out, " ")
}

// metadata says what the file is, for programs that read no PDF. It says no time.
func metadata(title, author, lang string) string {
	x := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace
	if author != "" {
		author = "<dc:creator><rdf:Seq><rdf:li>" + x(author) + "</rdf:li></rdf:Seq></dc:creator>"
	}
	return "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">` +
		`<dc:title><rdf:Alt><rdf:li xml:lang="x-default">` + x(title) + `</rdf:li></rdf:Alt></dc:title>` + author +
		`<dc:language><rdf:Bag><rdf:li>` + x(lang) + `</rdf:li></rdf:Bag></dc:language><pdf:Producer>Stayput</pdf:Producer>` +
		"</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>"
}
