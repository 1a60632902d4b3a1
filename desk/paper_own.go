package desk

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"time"

	"stayput/paper"
	"stayput/people"
)

// Papers of a space's own: an office takes the file of a built-in paper, changes it, and
// brings it back, or writes one of its own. What is brought is read whole before anything
// is kept, and everything wrong in it is told. One of the name of a built-in paper takes
// its place in the space.

const (
	itemOwnPapers = "own_papers" // ownPapers, under the one name oneItem
	itemOwnPaper  = "own_paper"  // ownFile by the name of the paper
	oneItem       = "all"
)

const mostOwnPapers = 100

// An OwnPaper is one of a space's own papers, without what it says.
type OwnPaper struct {
	ID    string          `json:"id"`
	Title paper.Words     `json:"title"`
	By    people.PersonID `json:"by"`
	At    time.Time       `json:"at"`
	N     int64           `json:"n"` // the version of the list with which it came
	Size  int             `json:"size"`
	Gone  bool            `json:"gone,omitempty"` // taken away; kept for what was begun with it
	Bad   error           `json:"-"`              // why it cannot be read any more
}

// An OwnShelf is the own papers of a space that can be written, by name.
type OwnShelf struct {
	Papers  []OwnPaper
	Version int64 // of the list; a form that brings a paper carries it
}

type (
	ownPapers struct {
		Papers []OwnPaper `json:"papers"`
	}
	ownFile struct {
		File string `json:"file"`
	}
	// readShelf is a shelf as it was read, and the list it was read from.
	readShelf struct {
		list  []byte
		shelf *paper.Shelf
	}
)

// shelfOf is the papers of a space. It is read again when the list of its own was changed.
func (d *Desk) shelfOf(tx Tx, space people.SpaceID) (*paper.Shelf, error) {
	its, err := tx.Items(space, itemOwnPapers, oneItem)
	if err != nil || len(its) == 0 {
		return nil, err
	}
	if x, ok := d.shelves.Load(space); ok && bytes.Equal(x.(*readShelf).list, its[0].Body) {
		return x.(*readShelf).shelf, nil
	}
	var list ownPapers
	if err := unpack(its[0], &list); err != nil {
		return nil, err
	}
	out := &paper.Shelf{}
	for _, x := range list.Papers {
		var file ownFile
		if _, err := get(tx, space, itemOwnPaper, x.ID, &file); err != nil {
			return nil, err
		}
		p, err := paper.Read(x.ID+".yaml", []byte(file.File))
		switch {
		case err != nil: // this version of the program asks for more
			out.Fail(x.ID, err)
		case x.Gone:
			out.Keep(p)
		default:
			out.Put(p)
		}
	}
	d.shelves.Store(space, &readShelf{its[0].Body, out})
	return out, nil
}

// Shelf is the papers that are written in the space: the built-in ones with its own over
// them. A library that belongs to no case names papers by it.
func (d *Desk) Shelf(ctx context.Context, who Who) (out *paper.Shelf, err error) {
	if err = d.may(ctx, who, SeeSpace, ""); err != nil {
		return nil, err
	}
	err = d.store.Read(ctx, func(tx Tx) error {
		out, err = d.shelfOf(tx, who.Space)
		return err
	})
	return out, err
}

// OwnPapers lists the space's own papers.
func (d *Desk) OwnPapers(ctx context.Context, who Who) (out OwnShelf, err error) {
	if err = d.may(ctx, who, ChangeSpace, ""); err != nil {
		return out, err
	}
	err = d.store.Read(ctx, func(tx Tx) error {
		var list ownPapers
		if out.Version, err = get(tx, who.Space, itemOwnPapers, oneItem, &list); err != nil {
			return err
		}
		shelf, err := d.shelfOf(tx, who.Space)
		if err != nil {
			return err
		}
		out.Papers = nil
		for _, x := range list.Papers {
			if !x.Gone {
				x.Bad = shelf.Bad(x.ID)
				out.Papers = append(out.Papers, x)
			}
		}
		return nil
	})
	return out, err
}

// OwnPaperFile is the file of one of the space's own papers, as it was brought.
func (d *Desk) OwnPaperFile(ctx context.Context, who Who, id string) (data []byte, err error) {
	if err = d.may(ctx, who, ChangeSpace, ""); err != nil {
		return nil, err
	}
	err = d.store.Read(ctx, func(tx Tx) error {
		var list ownPapers
		if _, err := get(tx, who.Space, itemOwnPapers, oneItem, &list); err != nil {
			return err
		}
		if !slices.ContainsFunc(list.Papers, func(x OwnPaper) bool { return x.ID == id && !x.Gone }) {
			return missing("desk.no_paper")
		}
		var file ownFile
		if _, err := get(tx, who.Space, itemOwnPaper, id, &file); err != nil {
			return err
		}
		data = []byte(file.File)
		return nil
	})
	return data, err
}

// SaveOwnPaper keeps a paper of the space's own. filename is what errors call it, version
// the OwnShelf.Version that was shown: when somebody else brought the same paper since,
// it is a Conflict. The same file twice is kept once.
func (d *Desk) SaveOwnPaper(ctx context.Context, who Who, filename string, data []byte, version int64) (out OwnPaper, err error) {
	if err = d.may(ctx, who, ChangeSpace, ""); err != nil {
		return out, err
	}
	p, err := paper.Read(filename, data)
	if err != nil {
		return out, err
	}
	err = d.change(ctx, &who, ChangeSpace, "", func(tx Tx) error {
		var list ownPapers
		var file ownFile
		v, err := get(tx, who.Space, itemOwnPapers, oneItem, &list)
		if err != nil {
			return err
		}
		n, err := get(tx, who.Space, itemOwnPaper, p.ID, &file)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(list.Papers, func(x OwnPaper) bool { return x.ID == p.ID })
		if i >= 0 && !list.Papers[i].Gone {
			if out = list.Papers[i]; file.File == string(data) {
				return nil // the form was sent twice
			}
			if out.N > version {
				return conflict("desk.changed_meanwhile")
			}
		}
		standing := 0
		for j, x := range list.Papers {
			if !x.Gone && j != i {
				standing++
			}
		}
		if standing >= mostOwnPapers {
			return conflict("desk.own_papers_many", "limit", "100")
		}
		out = OwnPaper{ID: p.ID, Title: p.Title, By: who.Person.ID, At: d.now().UTC(), N: v + 1, Size: len(data)}
		if i >= 0 {
			list.Papers[i] = out
		} else {
			list.Papers = append(list.Papers, out)
			slices.SortFunc(list.Papers, func(a, b OwnPaper) int { return strings.Compare(a.ID, b.ID) })
		}
		if err := d.put(tx, who.Space, itemOwnPaper, p.ID, n, ownFile{string(data)}); err != nil {
			return err
		}
		return d.put(tx, who.Space, itemOwnPapers, oneItem, v, list)
	})
	if err == nil {
		d.note(ctx, who, ChangeSpace.String(), "")
	}
	return out, err
}

// DropOwnPaper takes one of the space's own papers away: a built-in one of that name is
// back in its place. What was begun with it is still read with it.
func (d *Desk) DropOwnPaper(ctx context.Context, who Who, id string) error {
	if err := d.may(ctx, who, ChangeSpace, ""); err != nil {
		return err
	}
	err := d.change(ctx, &who, ChangeSpace, "", func(tx Tx) error {
		var list ownPapers
		v, err := get(tx, who.Space, itemOwnPapers, oneItem, &list)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(list.Papers, func(x OwnPaper) bool { return x.ID == id && !x.Gone })
		if i < 0 {
			return nil // the form was sent twice
		}
		begun := false
		if !paper.BuiltIn(id) {
			all, err := items[Paper](tx, who.Space, itemPaper, "", nil)
			if err != nil {
				return err
			}
			begun = slices.ContainsFunc(all, func(p Paper) bool { return p.Document == id })
		}
		if begun {
			list.Papers[i].Gone = true
		} else {
			list.Papers = slices.Delete(list.Papers, i, i+1)
			if err := tx.DropItem(who.Space, itemOwnPaper, id); err != nil {
				return err
			}
		}
		return d.put(tx, who.Space, itemOwnPapers, oneItem, v, list)
	})
	if err == nil {
		d.note(ctx, who, ChangeSpace.String(), "")
	}
	return err
}
