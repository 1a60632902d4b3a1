package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"sync"
	"unicode/utf16"
)

// A file is the objects of a PDF file. Objects without a stream are packed together.
type file struct {
	out    bytes.Buffer
	where  []place  // of each object, by its number
	plain  []string // objects without a stream, by their place in packed
	packed []int    // their numbers
}

// A place is where an object stands: at an offset of the file, or in a pack.
type place struct {
	offset int
	pack   int // the number of the pack; 0: none
	index  int
}

func newFile() *file {
	f := &file{where: make([]place, 1)}
	f.out.WriteString("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")
	return f
}

// next is the number of a new object.
func (f *file) next() int {
	f.where = append(f.where, place{})
	return len(f.where) - 1
}

// put gives the body of an object.
func (f *file) put(id int, body string) {
	f.packed = append(f.packed, id)
	f.plain = append(f.plain, body)
}

// stream gives an object with a stream, packed as small as it goes. The dictionary comes
// without its brackets.
func (f *file) stream(id int, dict string, data []byte) {
	f.raw(id, dict+"/Filter/FlateDecode", deflate(data))
}

// raw gives an object with a stream as it is.
func (f *file) raw(id int, dict string, data []byte) {
	f.where[id] = place{offset: f.out.Len()}
	f.out.WriteString(strconv.Itoa(id) + " 0 obj\n<<" + dict + "/Length " + strconv.Itoa(len(data)) + ">>\nstream\n")
	f.out.Write(data)
	f.out.WriteString("\nendstream\nendobj\n")
}

// finish writes what is left: the packs and the table of places.
func (f *file) finish(root, info int) []byte {
	const most = 200 // in a pack, so that a reader need not open all to see one
	for from := 0; from < len(f.plain); from += most {
		to := min(from+most, len(f.plain))
		id := f.next()
		var head, body bytes.Buffer
		for i := from; i < to; i++ {
			head.WriteString(strconv.Itoa(f.packed[i]) + " " + strconv.Itoa(body.Len()) + " ")
			body.WriteString(f.plain[i])
			body.WriteByte('\n')
			f.where[f.packed[i]] = place{pack: id, index: i - from}
		}
		dict := "/Type/ObjStm/N " + strconv.Itoa(to-from) + "/First " + strconv.Itoa(head.Len())
		f.stream(id, dict, append(head.Bytes(), body.Bytes()...))
	}
	id := f.next()
	start := f.out.Len()
	f.where[id] = place{offset: start}
	table := make([]byte, 0, 7*len(f.where))
	for i, p := range f.where {
		switch {
		case i == 0:
			table = append(table, 0, 0, 0, 0, 0, 255, 255)
		case p.pack > 0:
			table = append(table, 2, byte(p.pack>>24), byte(p.pack>>16), byte(p.pack>>8), byte(p.pack), byte(p.index>>8), byte(p.index))
		default:
			table = append(table, 1, byte(p.offset>>24), byte(p.offset>>16), byte(p.offset>>8), byte(p.offset), 0, 0)
		}
	}
	// What the file is called in the trailer comes of what it holds.
	sum := sha256.Sum256(f.out.Bytes())
	name := "<" + hex.EncodeToString(sum[:16]) + ">"
	f.stream(id, "/Type/XRef/W[1 4 2]/Size "+strconv.Itoa(len(f.where))+"/Root "+ref(root)+"/Info "+ref(info)+"/ID["+name+name+"]", table)
	f.out.WriteString("startxref\n" + strconv.Itoa(start) + "\n%%EOF\n")
	return f.out.Bytes()
}

var packers = sync.Pool{New: func() any { return zlib.NewWriter(nil) }}

func deflate(data []byte) []byte {
	var b bytes.Buffer
	z := packers.Get().(*zlib.Writer)
	z.Reset(&b)
	z.Write(data) // a buffer takes everything
	z.Close()
	packers.Put(z)
	return b.Bytes()
}

// ref names an object.
func ref(id int) string { return strconv.Itoa(id) + " 0 R" }

// str is a text as the format writes it.
func str(s string) string {
	plain := true
	for i := range len(s) {
		if c := s[i]; c < 0x20 || c > 0x7E || c == '(' || c == ')' || c == '\\' {
			plain = false
			break
		}
	}
	if plain {
		return "(" + s + ")"
	}
	const digits = "0123456789ABCDEF"
	out := []byte("<FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, digits[u>>12], digits[u>>8&15], digits[u>>4&15], digits[u&15])
	}
	return string(append(out, '>'))
}

// A length is thousandths of a point.
type length = int

// num writes a length in points.
func num(b []byte, v length) []byte {
	if v < 0 {
		b, v = append(b, '-'), -v
	}
	b = strconv.AppendInt(b, int64(v/1000), 10)
	if v %= 1000; v == 0 {
		return b
	}
	d := [4]byte{'.', byte('0' + v/100), byte('0' + v/10%10), byte('0' + v%10)}
	n := 4
	for d[n-1] == '0' {
		n--
	}
	return append(b, d[:n]...)
}

// points writes lengths in points, one after the other.
func points(vs ...length) string {
	var b []byte
	for i, v := range vs {
		if i > 0 {
			b = append(b, ' ')
		}
		b = num(b, v)
	}
	return string(b)
}
