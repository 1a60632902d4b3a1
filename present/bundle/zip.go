package bundle

import (
	"bytes"
	"cmp"
	"compress/flate"
	"crypto/sha256"
	"encoding/binary"
	"hash/crc32"
	"io"
	"slices"
	"strings"

	"stayput/record/seal"
)

// A bundle is a plain zip without compression, so that its bytes depend on what
// is in it and on nothing else, and so that it cannot grow when it is opened.
const (
	maxBundle = 1<<32 - 1 // a zip without extensions ends here
	maxParts  = 1<<16 - 2
	maxText   = 256 << 20 // a part that is read into memory
	maxSmall  = 1 << 20   // a key, a checkpoint, a signature
	maxName   = 200
	maxRatio  = 200 // how much a packed part may grow, once it is larger than maxSmall

	zipLocal   = 0x04034b50
	zipCentral = 0x02014b50
	zipEnd     = 0x06054b50
	zipAfter   = 0x08074b50
	zipVersion = 20
	zipDay     = 1<<5 | 1 // January 1, 1980, the first day a zip knows

	localSize, centralSize, endSize = 30, 46, 22
)

// A source is one part on its way into a bundle.
type source struct {
	name string
	data []byte
	copy func(io.Writer) error // where data is nil
	size int64
	crc  uint32
	sum  seal.Digest
}

// A meter counts and sums what passes.
type meter struct {
	size int64
	crc  uint32
	sha  interface {
		io.Writer
		Sum([]byte) []byte
	}
}

func newMeter() *meter { return &meter{sha: sha256.New()} }

func (m *meter) Write(p []byte) (int, error) {
	m.size += int64(len(p))
	m.crc = crc32.Update(m.crc, crc32.IEEETable, p)
	return m.sha.Write(p)
}

func (m *meter) sum() seal.Digest { return seal.Digest(m.sha.Sum(nil)) }

func (s *source) to(w io.Writer) error {
	if s.copy == nil {
		_, err := w.Write(s.data)
		return err
	}
	return s.copy(w)
}

// measure reads the part once for its size and sums.
func (s *source) measure() error {
	m := newMeter()
	if err := s.to(m); err != nil {
		return err
	}
	s.size, s.crc, s.sum = m.size, m.crc, m.sum()
	return nil
}

// fields is what a local header and an entry of the directory have in common.
func (s *source) fields(b []byte) []byte {
	le := binary.LittleEndian
	b = le.AppendUint16(b, zipVersion)
	b = le.AppendUint16(b, 0) // flags
	b = le.AppendUint16(b, 0) // stored
	b = le.AppendUint16(b, 0) // midnight
	b = le.AppendUint16(b, zipDay)
	b = le.AppendUint32(b, s.crc)
	b = le.AppendUint32(b, uint32(s.size))
	b = le.AppendUint32(b, uint32(s.size))
	b = le.AppendUint16(b, uint16(len(s.name)))
	return le.AppendUint16(b, 0) // no extra field
}

// writeZip writes parts that were measured and stand in order.
func writeZip(w io.Writer, parts []*source) error {
	total := int64(endSize)
	for _, p := range parts {
		total += localSize + centralSize + 2*int64(len(p.name)) + p.size
		if total > maxBundle {
			return tooBig(total)
		}
	}
	if len(parts) > maxParts {
		return tooBig(total)
	}
	le := binary.LittleEndian
	var directory []byte
	at := int64(0)
	for _, p := range parts {
		head := append(p.fields(le.AppendUint32(nil, zipLocal)), p.name...)
		directory = le.AppendUint32(directory, zipCentral)
		directory = le.AppendUint16(directory, zipVersion)
		directory = p.fields(directory)
		directory = append(directory, make([]byte, 2+2+2+4)...) // no comment, disk 0, no attributes
		directory = le.AppendUint32(directory, uint32(at))
		directory = append(directory, p.name...)
		if _, err := w.Write(head); err != nil {
			return err
		}
		m := newMeter()
		if err := p.to(io.MultiWriter(w, m)); err != nil {
			return err
		}
		if m.size != p.size || m.sum() != p.sum {
			return changed(p.name)
		}
		at += int64(len(head)) + p.size
	}
	end := le.AppendUint32(nil, zipEnd)
	end = append(end, 0, 0, 0, 0)
	end = le.AppendUint16(end, uint16(len(parts)))
	end = le.AppendUint16(end, uint16(len(parts)))
	end = le.AppendUint32(end, uint32(len(directory)))
	end = le.AppendUint32(end, uint32(at))
	end = append(end, 0, 0)
	if _, err := w.Write(directory); err != nil {
		return err
	}
	_, err := w.Write(end)
	return err
}

// A member is one part of a zip that is being read.
type member struct {
	name         string
	method       uint16
	flags        uint16
	crc          uint32
	packed, size int64
	from         int64 // where its header begins
	data         int64 // where its bytes begin
	to           int64 // where what follows it begins
	foreign      bool  // not as a bundle is written
}

// An archive is a zip that is being read. What is odd about it is said in odd.
type archive struct {
	r        io.ReaderAt
	members  []*member
	odd      []Finding
	repacked bool // another program packed the same parts
}

func (a *archive) say(key, part string, args ...string) {
	a.odd = append(a.odd, Finding{Kind: Packing, Seq: -1, Part: part, Key: key, Args: pairs(args)})
}

// readZip reads the directory of a zip and holds it against what it describes.
// It is false for bytes that are no zip.
func readZip(r io.ReaderAt, size int64) (*archive, bool, error) {
	a := &archive{r: r}
	tail := make([]byte, min(size, endSize+1<<16))
	if err := readAt(r, tail, size-int64(len(tail))); err != nil {
		return nil, false, err
	}
	first := make([]byte, min(size, 4))
	if err := readAt(r, first, 0); err != nil {
		return nil, false, err
	}
	end := findEnd(tail)
	if end < 0 {
		if len(first) < 4 || binary.LittleEndian.Uint32(first) != zipLocal {
			return nil, false, nil
		}
		a.say("bundle.found.zip_directory", "")
		return a, true, a.walk(size)
	}
	at := size - int64(len(tail)) + int64(end)
	ok, err := a.directory(tail[end:], at)
	if err != nil {
		return nil, false, err
	}
	if !ok {
		a.members, a.odd = nil, nil
		a.say("bundle.found.zip_directory", "")
		return a, true, a.walk(size)
	}
	a.judge()
	return a, true, nil
}

// findEnd finds the record that ends a zip: the one that reaches to the last
// byte, else the last one.
func findEnd(tail []byte) int {
	last := -1
	for i := len(tail) - endSize; i >= 0; i-- {
		if binary.LittleEndian.Uint32(tail[i:]) != zipEnd {
			continue
		}
		if i+endSize+int(binary.LittleEndian.Uint16(tail[i+20:])) == len(tail) {
			return i
		}
		if last < 0 {
			last = i
		}
	}
	return last
}

// directory reads the directory; end is the record that ends the zip and what
// follows it.
func (a *archive) directory(end []byte, at int64) (bool, error) {
	le := binary.LittleEndian
	n, length, from := int(le.Uint16(end[10:])), int64(le.Uint32(end[12:])), int64(le.Uint32(end[16:]))
	if le.Uint32(end[4:]) != 0 || int(le.Uint16(end[8:])) != n || n > maxParts {
		return false, nil
	}
	start := at - length
	base := start - from
	if start < 0 || base < 0 || length > int64(n)*(centralSize+maxName+1<<10) {
		return false, nil
	}
	comment := int(le.Uint16(end[20:]))
	if after := len(end) - endSize; comment > 0 && comment <= after {
		a.say("bundle.found.zip_comment", "")
	} else if after > 0 || comment > 0 {
		a.say("bundle.found.zip_after", "")
	}
	if base > 0 {
		a.say("bundle.found.zip_before", "")
	}
	b := make([]byte, length)
	if err := readAt(a.r, b, start); err != nil {
		return false, err
	}
	for range n {
		if len(b) < centralSize || le.Uint32(b) != zipCentral {
			return false, nil
		}
		name, extra, comment := int(le.Uint16(b[28:])), int(le.Uint16(b[30:])), int(le.Uint16(b[32:]))
		if len(b) < centralSize+name+extra+comment {
			return false, nil
		}
		m := &member{
			name: string(b[centralSize : centralSize+name]), flags: le.Uint16(b[8:]), method: le.Uint16(b[10:]), crc: le.Uint32(b[16:]),
			packed: int64(le.Uint32(b[20:])), size: int64(le.Uint32(b[24:])), from: base + int64(le.Uint32(b[42:])),
		}
		want := append((&source{name: m.name, crc: m.crc, size: m.size}).fields(nil), make([]byte, 10)...)
		m.foreign = le.Uint16(b[4:]) != zipVersion || !bytes.Equal(b[6:42], want) || extra > 0
		if comment > 0 {
			a.say("bundle.found.zip_comment", m.name)
		}
		if mode := le.Uint32(b[38:]) >> 16; mode&0xf000 == 0xa000 {
			a.say("bundle.found.zip_link", m.name)
		}
		b = b[centralSize+name+extra+comment:]
		ok, err := a.local(m, start)
		if err != nil {
			return false, err
		}
		if ok {
			a.members = append(a.members, m)
		}
	}
	if len(b) > 0 {
		a.say("bundle.found.zip_gap", "")
	}
	a.cover(base, start)
	return true, nil
}

// local reads the header before the bytes of m and holds it against the directory.
func (a *archive) local(m *member, limit int64) (bool, error) {
	le := binary.LittleEndian
	var b [localSize]byte
	if m.from+localSize > limit {
		a.say("bundle.found.zip_outside", m.name)
		return false, nil
	}
	if err := readAt(a.r, b[:], m.from); err != nil {
		return false, err
	}
	nameLen, extra := int64(le.Uint16(b[26:])), int64(le.Uint16(b[28:]))
	m.data = m.from + localSize + nameLen + extra
	m.to = m.data + m.packed
	if le.Uint32(b[:]) != zipLocal || m.to > limit {
		a.say("bundle.found.zip_outside", m.name)
		return false, nil
	}
	name := make([]byte, nameLen)
	if err := readAt(a.r, name, m.from+localSize); err != nil {
		return false, err
	}
	if !bytes.Equal(b[4:], (&source{name: m.name, crc: m.crc, size: m.size}).fields(nil)) {
		m.foreign = true
	}
	same := string(name) == m.name && le.Uint16(b[6:]) == m.flags && le.Uint16(b[8:]) == m.method
	if m.flags&8 == 0 {
		same = same && le.Uint32(b[14:]) == m.crc && int64(le.Uint32(b[18:])) == m.packed && int64(le.Uint32(b[22:])) == m.size
	} else {
		var d [16]byte
		n := min(limit-m.to, 16)
		if err := readAt(a.r, d[:n], m.to); err != nil {
			return false, err
		}
		after := d[:]
		if le.Uint32(after) == zipAfter {
			after = after[4:]
			m.to += 4
		}
		m.to += 12
		same = same && n >= 12 && le.Uint32(after) == m.crc && int64(le.Uint32(after[4:])) == m.packed && int64(le.Uint32(after[8:])) == m.size
	}
	if !same {
		a.say("bundle.found.zip_header", m.name)
	}
	return true, nil
}

// cover makes sure that the parts fill the file up to the directory, each byte once.
func (a *archive) cover(at, limit int64) {
	order := slices.Clone(a.members)
	slices.SortStableFunc(order, func(x, y *member) int { return cmp.Compare(x.from, y.from) })
	bad := make(map[*member]bool)
	for _, m := range order {
		switch {
		case m.from < at:
			a.say("bundle.found.zip_overlap", m.name)
			bad[m] = true
		case m.from > at:
			a.say("bundle.found.zip_gap", m.name)
		}
		at = max(at, m.to)
	}
	if at != limit {
		a.say("bundle.found.zip_gap", "")
	}
	a.members = slices.DeleteFunc(a.members, func(m *member) bool { return bad[m] })
}

// walk finds the parts from the front, for a zip whose directory is damaged.
func (a *archive) walk(size int64) error {
	le := binary.LittleEndian
	for at := int64(0); at+localSize <= size && len(a.members) < maxParts; {
		var b [localSize]byte
		if err := readAt(a.r, b[:], at); err != nil {
			return err
		}
		if le.Uint32(b[:]) != zipLocal || le.Uint16(b[6:])&8 != 0 {
			break
		}
		name := make([]byte, le.Uint16(b[26:]))
		m := &member{flags: le.Uint16(b[6:]), method: le.Uint16(b[8:]), crc: le.Uint32(b[14:]), packed: int64(le.Uint32(b[18:])), size: int64(le.Uint32(b[22:])), from: at}
		m.data = at + localSize + int64(len(name)) + int64(le.Uint16(b[28:]))
		m.to = m.data + m.packed
		if m.to > size {
			break
		}
		if err := readAt(a.r, name, at+localSize); err != nil {
			return err
		}
		m.name = string(name)
		a.members = append(a.members, m)
		at = m.to
	}
	return nil
}

// judge tells a bundle that another program packed again, every part of it, from
// one whose packing was tampered with here and there.
func (a *archive) judge() {
	foreign := 0
	for _, m := range a.members {
		if m.foreign {
			foreign++
		}
	}
	if foreign == len(a.members) {
		a.repacked = foreign > 0
		return
	}
	for _, m := range a.members {
		if m.foreign {
			a.say("bundle.found.zip_header", m.name)
		}
	}
	if !slices.IsSortedFunc(a.members, func(x, y *member) int { return cmp.Compare(x.name, y.name) }) {
		a.repacked = true
	}
}

// open gives the bytes of a member; nil when they are packed in a way that no
// bundle is, or would grow beyond measure.
func (a *archive) open(m *member) io.Reader {
	raw := io.NewSectionReader(a.r, m.data, m.packed)
	switch {
	case m.flags&1 != 0:
	case m.method == 0 && m.packed == m.size:
		return raw
	case m.method == 8 && (m.size <= maxSmall || m.size/maxRatio <= m.packed):
		return io.LimitReader(flate.NewReader(raw), m.size+1)
	}
	return nil
}

// readAt fills b or fails.
func readAt(r io.ReaderAt, b []byte, at int64) error {
	if len(b) == 0 {
		return nil
	}
	if at < 0 {
		return io.ErrUnexpectedEOF
	}
	n, err := r.ReadAt(b, at)
	if n == len(b) {
		return nil
	}
	if err == nil || err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return err
}

// goodName reports a name that may stand in a bundle: no way out of a folder on
// any system, and no two names that a system could take for one.
func goodName(name string) bool {
	if name == "" || len(name) > maxName {
		return false
	}
	for _, piece := range strings.Split(name, "/") {
		if piece == "" || strings.Trim(piece, ".") == "" || strings.HasSuffix(piece, ".") {
			return false
		}
	}
	for i := range len(name) {
		c := name[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '.', c == '-', c == '_', c == '/':
		default:
			return false
		}
	}
	return true
}
