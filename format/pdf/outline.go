package pdf

import "strconv"

// A head is a heading and where it stands.
type head struct {
	level int
	text  string
	page  *page
	y     length // of its top, from the foot of the page
}

// few is how many headings a document may have without an outline.
const few = 3

// An entry is a line of the outline.
type entry struct {
	head
	id     int
	parent *entry
	kids   []*entry
}

// outline writes the outline, and gives its object; 0 when there is none.
func (w *writer) outline() int {
	if len(w.heads) < few {
		return 0
	}
	top := &entry{id: w.file.next()}
	at := top
	for _, h := range w.heads {
		for at != top && at.level >= h.level {
			at = at.parent
		}
		e := &entry{head: h, id: w.file.next(), parent: at}
		at.kids = append(at.kids, e)
		at = e
	}
	w.file.put(top.id, "<</Type/Outlines"+top.ends()+">>")
	w.entries(top)
	return top.id
}

// ends names the first and the last entry below one, and how many there are, all open.
func (e *entry) ends() string {
	if len(e.kids) == 0 {
		return ""
	}
	return "/First " + ref(e.kids[0].id) + "/Last " + ref(e.kids[len(e.kids)-1].id) + "/Count " + strconv.Itoa(e.count())
}

func (e *entry) count() int {
	n := len(e.kids)
	for _, k := range e.kids {
		n += k.count()
	}
	return n
}

func (w *writer) entries(e *entry) {
	for i, k := range e.kids {
		b := "<</Title" + str(printable(k.text)) + "/Parent " + ref(e.id) + "/Dest[" + ref(k.page.id) + " /XYZ " + points(margin, k.y) + " null]"
		if i > 0 {
			b += "/Prev " + ref(e.kids[i-1].id)
		}
		if i < len(e.kids)-1 {
			b += "/Next " + ref(e.kids[i+1].id)
		}
		w.file.put(k.id, b+k.ends()+">>")
		w.entries(k)
	}
}
