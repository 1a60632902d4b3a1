package desk

import (
	"context"
	"crypto/sha256"
	"io"
	"path"
	"strings"
	"unicode"

	"stayput/fault"
	"stayput/people"
	"stayput/record/seal"
)

// MostFile is how large one kept file may be, in bytes.
const MostFile = 50 << 20

// KeepFile keeps the bytes of a file, to be named by an entry. kind is the media
// type found by looking at the bytes, never the one the sender claims. r is read
// twice: once for its digest, once to keep it.
func (d *Desk) KeepFile(ctx context.Context, who Who, c people.CaseID, filename, kind string, r io.ReadSeeker) (FileRef, error) {
	// What is written down is noted with the entry; a file of a private one is not.
	if err := d.may(as(ctx, SeeCase.String()), who, AddEntry, c); err != nil {
		return FileRef{}, err
	}
	h := sha256.New()
	n, err := io.Copy(h, io.LimitReader(r, MostFile+1))
	if err != nil {
		return FileRef{}, fault.New(fault.Unavailable, fault.Position{}, "desk.file_unread").Wrap(err)
	}
	if n > MostFile {
		return FileRef{}, invalid("desk.file_too_big", "limit", "50 MB")
	}
	if n == 0 {
		return FileRef{}, invalid("desk.file_empty")
	}
	ref := FileRef{Name: FileName(filename), Digest: seal.Digest(h.Sum(nil)), Size: n, Type: kind}
	err = d.change(ctx, &who, AddEntry, c, func(tx Tx) error {
		if _, err := r.Seek(0, io.SeekStart); err != nil {
			return err
		}
		return tx.AddFile(who.Space, FileRow{Digest: ref.Digest, Size: n, Type: kind}, io.LimitReader(r, n))
	})
	return ref, err
}

// File writes to w the bytes of a file that an entry of the case names and that
// who may see. first is called with the file before the first byte.
func (d *Desk) File(ctx context.Context, who Who, c people.CaseID, digest seal.Digest, first func(FileRef) error, w io.Writer) error {
	if err := d.may(as(ctx, ""), who, SeeCase, c); err != nil {
		return err
	}
	return d.store.Read(ctx, func(tx Tx) error {
		f, err := d.folder(ctx, tx, who, c)
		if err != nil {
			return err
		}
		for i := range f.marks {
			for _, x := range f.marks[i].Files {
				if x.Digest != digest {
					continue
				}
				// That there is a file of a private entry is for nobody else to know: of
				// that the access log says that the case was opened.
				if w := f.marks[i].Wall; w == WallOpen || w == WallMediation {
					d.note(ctx, who, seenFile, c)
				} else {
					d.note(OnPage(ctx, "entry_show"), who, SeeCase.String(), c)
				}
				if err := first(x); err != nil {
					return err
				}
				return tx.ReadFile(who.Space, digest, w)
			}
		}
		return missing("desk.no_file")
	})
}

// FileName makes a name safe to show and to save: without folders, control
// characters and what file systems refuse, at most 120 letters long.
func FileName(s string) string {
	s = path.Base(strings.ReplaceAll(s, `\`, "/"))
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar || strings.ContainsRune(`<>:"|?*`, r) {
			return -1
		}
		return r
	}, s)
	s = strings.Trim(s, " .")
	if r := []rune(s); len(r) > 120 {
		ext := []rune(path.Ext(s))
		if len(ext) > 12 {
			ext = nil
		}
		s = string(r[:120-len(ext)]) + string(ext)
	}
	if s == "" || s == "/" {
		return "file"
	}
	return s
}
