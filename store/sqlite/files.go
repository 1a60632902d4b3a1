package sqlite

import (
	"crypto/sha256"
	"errors"
	"io"

	"stayput/desk"
	"stayput/fault"
	"stayput/people"
	"stayput/record/seal"
)

// chunk is how much of a file stands in one row.
const chunk = 256 << 10

// AddFile keeps a file under its digest. What r gives must be what f says.
func (t *tx) AddFile(space people.SpaceID, f desk.FileRow, r io.Reader) error {
	if err := t.may(true); err != nil {
		return err
	}
	kept, err := t.exists("SELECT 1 FROM files WHERE space = ? AND digest = ?", string(space), f.Digest[:])
	if err != nil {
		return err
	}
	if kept { // only look whether it is the same
		return t.copyIn(space, f, r, func(int64, []byte) error { return nil })
	}
	return t.whole(func() error {
		if _, err := t.do("INSERT INTO files (space, digest, size, type) VALUES (?, ?, ?, ?)", string(space), f.Digest[:], f.Size, f.Type); err != nil {
			return constraint(err, "space")
		}
		return t.copyIn(space, f, r, func(n int64, data []byte) error {
			_, err := t.do("INSERT INTO file_chunks (space, digest, n, data) VALUES (?, ?, ?, ?)", string(space), f.Digest[:], n, data)
			return err
		})
	})
}

// copyIn reads a file in chunks and compares it with its description.
func (t *tx) copyIn(space people.SpaceID, f desk.FileRow, r io.Reader, put func(n int64, data []byte) error) error {
	mismatch := made(fault.Invalid, "store.file_mismatch")
	sum := sha256.New()
	buf := make([]byte, chunk)
	var size int64
	for n := int64(0); ; n++ {
		k, err := io.ReadFull(r, buf)
		if k > 0 {
			if size += int64(k); size > f.Size {
				return mismatch
			}
			sum.Write(buf[:k])
			if err := t.may(true); err != nil {
				return err
			}
			if err := put(n, buf[:k]); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			break
		}
		if err != nil {
			return err
		}
	}
	if size != f.Size || seal.Digest(sum.Sum(nil)) != f.Digest {
		return mismatch
	}
	return nil
}

// File describes a file that is kept.
func (t *tx) File(space people.SpaceID, d seal.Digest) (desk.FileRow, error) {
	f := desk.FileRow{Digest: d}
	ok, err := t.one("SELECT size, type FROM files WHERE space = ? AND digest = ?", []any{string(space), d[:]}, &f.Size, &f.Type)
	if err == nil && !ok {
		err = none("file")
	}
	if err != nil {
		return desk.FileRow{}, err
	}
	return f, nil
}

// ReadFile writes the bytes of a file to w. The last of them are written only
// when all of them are what they were, so that a damaged file never looks whole.
func (t *tx) ReadFile(space people.SpaceID, d seal.Digest, w io.Writer) error {
	f, err := t.File(space, d)
	if err != nil {
		return err
	}
	broken := made(fault.Broken, "store.file_broken", "digest", d.String())
	sum := sha256.New()
	var size int64
	var last []byte
	for n := int64(0); ; n++ {
		var data []byte
		ok, err := t.one("SELECT data FROM file_chunks WHERE space = ? AND digest = ? AND n = ?", []any{string(space), d[:], n}, &data)
		if err != nil {
			return err
		}
		if !ok {
			break
		}
		if size += int64(len(data)); size > f.Size {
			return broken
		}
		sum.Write(data)
		if _, err := w.Write(last); err != nil {
			return err
		}
		last = data
	}
	if size != f.Size || seal.Digest(sum.Sum(nil)) != d {
		return broken
	}
	_, err = w.Write(last)
	return err
}

// DropFile takes a file out for good, if it is there.
func (t *tx) DropFile(space people.SpaceID, d seal.Digest) error {
	n, err := t.do("DELETE FROM files WHERE space = ? AND digest = ?", string(space), d[:])
	if n > 0 {
		t.scrub = true
	}
	return err
}
