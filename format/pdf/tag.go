package pdf

import "strconv"

// A tag is what a piece of a page is: a heading, a cell. Tags form a tree in the order of
// reading.
type tag struct {
	name   string // such as "H1" or "TD"
	lang   string // empty: as the tag around it
	alt    string // what a picture shows
	actual string // what is read in its place
	attrs  string // the dictionary of attributes, without brackets
	parent *tag
	kids   []kid
	hung   bool // it is among the kids of its parent
	id     int
}

// A kid of a tag is a tag, a piece of a page, or a link on a page.
type kid struct {
	tag  *tag
	page *page
	mark int // the number of the piece on the page
	link int // the object of the link
}

// under makes a tag under another. It is put there when it is first written into, or at
// once by hang.
func under(parent *tag, name string) *tag { return &tag{name: name, parent: parent} }

// hang puts a tag under its parent, after what is already there.
func (t *tag) hang() *tag {
	if !t.hung && t.parent != nil {
		t.parent.hang()
		t.parent.kids = append(t.parent.kids, kid{tag: t})
		t.hung = true
	}
	return t
}

// artifact is the tag of what is not to be read aloud: a page number, a head that repeats.
var artifact = &tag{name: "Artifact"}

// number gives every tag of a tree the number of its object.
func (t *tag) number(f *file) {
	t.id = f.next()
	for _, k := range t.kids {
		if k.tag != nil {
			k.tag.number(f)
		}
	}
}

// write writes the tags of a tree under an object.
func (t *tag) write(f *file, parent int) {
	b := "<</S/" + t.name + "/P " + ref(parent)
	home := t.page()
	if home != nil {
		b += "/Pg " + ref(home.id)
	}
	if t.lang != "" {
		b += "/Lang" + str(t.lang)
	}
	if t.alt != "" {
		b += "/Alt" + str(t.alt)
	}
	if t.actual != "" {
		b += "/ActualText" + str(t.actual)
	}
	if t.attrs != "" {
		b += "/A<<" + t.attrs + ">>"
	}
	if len(t.kids) > 0 {
		b += "/K["
		for i, k := range t.kids {
			if i > 0 {
				b += " "
			}
			switch {
			case k.tag != nil:
				b += ref(k.tag.id)
			case k.link > 0:
				b += "<</Type/OBJR/Obj " + ref(k.link) + "/Pg " + ref(k.page.id) + ">>"
			case k.page == home:
				b += strconv.Itoa(k.mark)
			default:
				b += "<</Type/MCR/Pg " + ref(k.page.id) + "/MCID " + strconv.Itoa(k.mark) + ">>"
			}
		}
		b += "]"
	}
	f.put(t.id, b+">>")
	for _, k := range t.kids {
		if k.tag != nil {
			k.tag.write(f, t.id)
		}
	}
}

// page is the page of the first piece of a tag.
func (t *tag) page() *page {
	for _, k := range t.kids {
		if k.tag == nil {
			return k.page
		}
	}
	return nil
}
