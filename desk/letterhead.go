package desk

import (
	"bytes"
	"context"
	"crypto/sha256"
	"image"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"stayput/fault"
	"stayput/format/document"
	"stayput/people"
	"stayput/record/seal"
)

// The letterhead of a space: its name, its address, its picture. It stands at the head of
// letters that an office writes.

const itemLetterhead = "letterhead" // Letterhead, under the one name oneItem

// How much a letterhead may hold.
const (
	MostHeadLines = 6
	mostHeadLine  = 100
	MostLogo      = 2 << 20   // bytes
	mostLogoDots  = 4_000_000 // a picture of a few inches needs no more, and each letter carries it
)

// A Letterhead is what stands at the head of an office's letters.
type Letterhead struct {
	Lines []string        `json:"lines"` // the first is the name; none: there is no letterhead
	Logo  *FileRef        `json:"logo,omitempty"`
	By    people.PersonID `json:"by"`
	At    time.Time       `json:"at"`

	Office  bool  `json:"-"` // the space is an office's: its letters bear it unless somebody says no
	Version int64 `json:"-"`
}

// Any reports that there is one.
func (h *Letterhead) Any() bool { return len(h.Lines) > 0 }

// Letterhead is the letterhead of the space.
func (d *Desk) Letterhead(ctx context.Context, who Who) (out Letterhead, err error) {
	if err = d.may(ctx, who, SeeSpace, ""); err != nil {
		return out, err
	}
	err = d.store.Read(ctx, func(tx Tx) error {
		out = Letterhead{}
		s, err := spaceOf(tx, who.Space)
		if err != nil {
			return err
		}
		out.Version, err = get(tx, who.Space, itemLetterhead, oneItem, &out)
		out.Office = s.Kind != people.Household
		return err
	})
	return out, err
}

// LetterheadLogo writes the picture of the space's letterhead to w. first is called with
// the file before the first byte.
func (d *Desk) LetterheadLogo(ctx context.Context, who Who, first func(FileRef) error, w io.Writer) error {
	if err := d.may(ctx, who, SeeSpace, ""); err != nil {
		return err
	}
	return d.store.Read(ctx, func(tx Tx) error {
		var h Letterhead
		if _, err := get(tx, who.Space, itemLetterhead, oneItem, &h); err != nil {
			return err
		}
		if h.Logo == nil {
			return missing("desk.no_file")
		}
		if err := first(*h.Logo); err != nil {
			return err
		}
		return tx.ReadFile(who.Space, h.Logo.Digest, w)
	})
}

// A HeadChange is a letterhead as a form brings it.
type HeadChange struct {
	Lines   []string
	Logo    []byte // a new picture; none: the one that is there stays
	NoLogo  bool   // it goes
	Version int64  // of the one that was shown
}

// SaveLetterhead keeps a letterhead. The picture that was there before is dropped when
// nothing else keeps it. Without lines and without a picture there is none any more.
func (d *Desk) SaveLetterhead(ctx context.Context, who Who, in HeadChange) error {
	if err := d.may(ctx, who, ChangeSpace, ""); err != nil {
		return err
	}
	lines, err := headLines(in.Lines)
	if err != nil {
		return err
	}
	var logo *FileRef
	var data []byte
	if len(in.Logo) > 0 {
		if logo, data, err = logoOf(in.Logo); err != nil {
			return err
		}
	}
	err = d.change(ctx, &who, ChangeSpace, "", func(tx Tx) error {
		var was Letterhead
		v, err := get(tx, who.Space, itemLetterhead, oneItem, &was)
		if err != nil {
			return err
		}
		h := Letterhead{Lines: lines, Logo: was.Logo, By: who.Person.ID, At: d.now().UTC()}
		if logo != nil {
			h.Logo = logo
		} else if in.NoLogo {
			h.Logo = nil
		}
		if len(lines) == 0 && h.Logo != nil {
			return invalid("desk.head_name")
		}
		same := slices.Equal(was.Lines, h.Lines) && (was.Logo == nil) == (h.Logo == nil) && (h.Logo == nil || *h.Logo == *was.Logo)
		switch {
		case same:
			return nil // the form was sent twice, or nothing was changed
		case v != in.Version:
			return conflict("desk.changed_meanwhile")
		}
		if logo != nil {
			if err := tx.AddFile(who.Space, FileRow{Digest: logo.Digest, Size: logo.Size, Type: logo.Type}, bytes.NewReader(data)); err != nil {
				return err
			}
		}
		if err := d.put(tx, who.Space, itemLetterhead, oneItem, v, h); err != nil {
			return err
		}
		if was.Logo == nil || h.Logo != nil && h.Logo.Digest == was.Logo.Digest {
			return nil
		}
		return d.dropUnkept(ctx, tx, who, was.Logo.Digest)
	})
	if err == nil {
		d.note(ctx, who, ChangeSpace.String(), "")
	}
	return err
}

// headLines are the lines of a letterhead without empty ones.
func headLines(in []string) (out []string, err error) {
	for _, s := range in {
		s = strings.Join(strings.FieldsFunc(s, func(c rune) bool { return unicode.IsSpace(c) || unicode.IsControl(c) }), " ")
		switch {
		case s == "":
			continue
		case !utf8.ValidString(s):
			return nil, invalid("desk.log_text")
		case utf8.RuneCountInString(s) > mostHeadLine:
			return nil, invalid("desk.head_long", "limit", strconv.Itoa(mostHeadLine))
		}
		out = append(out, s)
	}
	if len(out) > MostHeadLines {
		return nil, invalid("desk.head_many", "limit", strconv.Itoa(MostHeadLines))
	}
	return out, nil
}

// logoOf reads a picture. What a camera wrote beside it is left out. How large it is
// stands in its first bytes, so that nothing too large is ever drawn.
func logoOf(data []byte) (*FileRef, []byte, error) {
	if len(data) > MostLogo {
		return nil, nil, invalid("desk.file_too_big", "limit", "2 MB")
	}
	m := document.Image{Data: data}
	z, err := m.Size()
	if err != nil {
		return nil, nil, err
	}
	if z.Width*z.Height > mostLogoDots {
		return nil, nil, fault.New(fault.Invalid, fault.Position{}, "document.picture_large", "width", strconv.Itoa(z.Width), "height", strconv.Itoa(z.Height), "limit", strconv.Itoa(mostLogoDots/1_000_000))
	}
	if m, err = m.Bare(); err != nil {
		return nil, nil, err
	}
	// A picture that is cut off has a size too, and no letter could be written with it.
	if _, _, err := image.Decode(bytes.NewReader(m.Data)); err != nil {
		return nil, nil, fault.New(fault.Invalid, fault.Position{}, "document.picture_unread").Wrap(err)
	}
	sum := sha256.Sum256(m.Data)
	kind := "image/" + z.Format
	return &FileRef{Name: "logo." + z.Format, Digest: seal.Digest(sum[:]), Size: int64(len(m.Data)), Type: kind}, m.Data, nil
}

// HeadPaper says whether a paper bears the letterhead: yes, no, or "" as the space does
// it. version is the one that was shown. What was finished is a draft again.
func (d *Desk) HeadPaper(ctx context.Context, who Who, c people.CaseID, id string, version int64, head string) error {
	if err := d.may(ctx, who, AddEntry, c); err != nil {
		return err
	}
	if head != "" && head != "yes" && head != "no" {
		return invalid("desk.form_name")
	}
	return d.change(ctx, &who, AddEntry, c, func(tx Tx) error {
		p, err := d.paper(ctx, tx, who, c, id)
		switch {
		case err != nil:
			return err
		case p.Sent != nil:
			return conflict("desk.paper_sent")
		case p.Head == head:
			return nil // the form was sent twice
		case p.Version != version:
			return conflict("desk.changed_meanwhile")
		}
		p.Head, p.At, p.Done, p.Files = head, d.now().UTC(), time.Time{}, nil
		return d.putPaper(tx, who.Space, &p)
	})
}
