package handover

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"stayput/desk"
	"stayput/fault"
)

// What a parcel may hold at most.
const (
	MostCase     = 16 << 20  // bytes of one case file
	MostUnpacked = 200 << 20 // bytes of all parts
	MostParts    = 2000
	mostRatio    = 200     // unpacked to packed, of a part of some size
	ratioFrom    = 1 << 20 // smaller parts may be as empty as they like
)

// A Part is one file of a parcel.
type Part struct {
	Path     string // cleaned: never absolute, never out of the parcel
	Size     int64
	InZip    bool
	from     int64 // where it begins in the spool
	calendar bool
	used     bool
}

// A Parcel is some files that came in together, kept in one temporary file
// until somebody says what to do with them.
type Parcel struct {
	Parts   []*Part
	Cases   []*Case
	Spare   []string   // files that no case names
	Notices fault.List // what was left out
	spool   *os.File
	size    int64
	names   map[string]*Part
}

// NewParcel begins a parcel. Close drops what it holds.
func NewParcel() (*Parcel, error) {
	f, err := os.CreateTemp("", "stayput-parcel-*")
	if err != nil {
		return nil, fault.New(fault.Unavailable, fault.Position{}, "handover.no_room").Wrap(err)
	}
	// Where the system lets a file be used without a name, nothing stays behind,
	// not even after a crash.
	os.Remove(f.Name())
	return &Parcel{spool: f, names: map[string]*Part{}}, nil
}

// Close drops the parcel.
func (p *Parcel) Close() error {
	err := p.spool.Close()
	if e := os.Remove(p.spool.Name()); e != nil && !errors.Is(e, os.ErrNotExist) && err == nil {
		err = e
	}
	return err
}

// Size is how many bytes the parcel holds.
func (p *Parcel) Size() int64 { return p.size }

// Open gives the bytes of a part.
func (p *Parcel) Open(t *Part) *io.SectionReader { return io.NewSectionReader(p.spool, t.from, t.Size) }

func (p *Parcel) bytes(t *Part) ([]byte, error) { return io.ReadAll(p.Open(t)) }

// Part is the part at a cleaned path, or nil.
func (p *Parcel) Part(name string) *Part { return p.names[strings.ToLower(name)] }

// Add puts one file into the parcel, or, when it is a zip, the files in it.
func (p *Parcel) Add(name string, r io.ReaderAt, size int64) error {
	head := make([]byte, 4)
	n, _ := r.ReadAt(head, 0)
	if bytes.HasPrefix(head[:n], []byte("PK\x03\x04")) && !office(name) {
		return p.unpack(name, r, size)
	}
	return p.keep(CleanPath(name), io.NewSectionReader(r, 0, size), false)
}

// office reports a document that happens to be a zip.
func office(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub":
		return true
	}
	return false
}

// keep copies a part into the spool.
func (p *Parcel) keep(name string, r io.Reader, zipped bool) error {
	if len(p.Parts) >= MostParts {
		return refuse(name, "handover.too_many_parts", "limit", fmt.Sprint(MostParts))
	}
	if p.names[strings.ToLower(name)] != nil {
		p.notice(name, "handover.twice")
		return nil
	}
	room := MostUnpacked - p.size
	n, err := io.Copy(io.NewOffsetWriter(p.spool, p.size), io.LimitReader(r, room+1))
	if err != nil {
		var full *os.PathError
		if errors.As(err, &full) {
			return fault.New(fault.Unavailable, fault.Position{File: name}, "handover.no_room").Wrap(err)
		}
		return refuse(name, "handover.damaged").Wrap(err)
	}
	if n > room {
		return refuse(name, "handover.too_big", "limit", fmt.Sprintf("%d MB", MostUnpacked>>20))
	}
	t := &Part{Path: name, Size: n, InZip: zipped, from: p.size}
	p.size += n
	p.Parts = append(p.Parts, t)
	p.names[strings.ToLower(name)] = t
	return nil
}

// unpack adds the files of a zip. What the zip says of sizes is not believed;
// what comes out is counted.
func (p *Parcel) unpack(name string, r io.ReaderAt, size int64) error {
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return refuse(name, "handover.damaged").Wrap(err)
	}
	if len(z.File) > MostParts {
		return refuse(name, "handover.too_many_parts", "limit", fmt.Sprint(MostParts))
	}
	for _, f := range z.File {
		clean := CleanPath(f.Name)
		switch {
		case strings.HasSuffix(f.Name, "/"), f.FileInfo().IsDir():
			continue
		case hidden(clean):
			continue // what systems leave behind: __MACOSX, .DS_Store, Thumbs.db
		case !f.Mode().IsRegular():
			p.notice(clean, "handover.not_plain")
			continue
		case f.Flags&1 != 0:
			return refuse(name, "handover.locked")
		}
		if strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "./") != clean {
			p.notice(clean, "handover.renamed")
		}
		in, err := f.Open()
		if err != nil {
			return refuse(clean, "handover.damaged").Wrap(err)
		}
		err = p.keep(clean, &ratio{r: in, packed: int64(f.CompressedSize64)}, true)
		in.Close()
		if errors.Is(err, errBomb) {
			return refuse(name, "handover.bomb")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

var errBomb = errors.New("unpacks to far more than a real file would")

// ratio stops a part that unpacks to far more than it takes.
type ratio struct {
	r         io.Reader
	n, packed int64
}

func (b *ratio) Read(buf []byte) (int, error) {
	n, err := b.r.Read(buf)
	if b.n += int64(n); b.n > ratioFrom && b.n > mostRatio*max(b.packed, 1) {
		return n, errBomb
	}
	return n, err
}

func (p *Parcel) notice(name, key string) {
	if len(p.Notices) < 50 {
		p.Notices = append(p.Notices, fault.New(fault.Invalid, fault.Position{File: name}, key, "name", name))
	}
}

func refuse(name, key string, pairs ...string) *fault.Error {
	return fault.New(fault.Invalid, fault.Position{File: name}, key, append(pairs, "name", name)...)
}

// CleanPath makes a path that stays where it is put: no drive, no way up, no
// sign that a file system or a screen would take for something else.
func CleanPath(s string) string {
	s = strings.ReplaceAll(s, `\`, "/")
	if len(s) > 1 && s[1] == ':' {
		s = s[2:]
	}
	var out []string
	for _, part := range strings.Split(s, "/") {
		part = strings.TrimSpace(strings.Map(func(r rune) rune {
			if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError {
				return -1
			}
			return r
		}, part))
		if part == "" || part == "." || part == ".." {
			continue
		}
		if part = desk.FileName(part); part != "" {
			out = append(out, part)
		}
		if len(out) > 8 { // deeper than anybody keeps a case
			out = slices.Delete(out, 0, 1)
		}
	}
	if len(out) == 0 {
		return "file"
	}
	return strings.Join(out, "/")
}

// hidden reports a file that a system leaves behind.
func hidden(name string) bool {
	for _, part := range strings.Split(name, "/") {
		if part == "__MACOSX" || strings.EqualFold(part, "thumbs.db") || strings.EqualFold(part, "desktop.ini") || strings.HasPrefix(part, "DS_Store") || strings.HasPrefix(part, "._") || strings.HasPrefix(part, ".") {
			return true
		}
	}
	return false
}

// Keep puts one file into the parcel as it is, also when it is a zip.
func (p *Parcel) Keep(name string, r io.ReaderAt, size int64) error {
	return p.keep(CleanPath(name), io.NewSectionReader(r, 0, size), false)
}
