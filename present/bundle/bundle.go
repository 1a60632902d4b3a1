package bundle

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"stayput/fault"
	"stayput/locale"
	"stayput/record/seal"
)

// A Bundle is what goes into one zip.
type Bundle struct {
	// Public is the key of the space, as seal.Key has it, and Sign signs a text
	// with its secret half: seal.Key.SignNote. The secret never comes here.
	Public string
	Sign   func(text string) ([]byte, error)

	// Walls are the logs to hand out. The first is the one the bundle is about;
	// further ones come along only when their keeper says so.
	Walls []Wall

	// File writes the bytes of a file that a body names. Which files a bundle
	// holds follows from its bodies. It is called twice for each.
	File func(d seal.Digest, w io.Writer) error

	Brief []byte // brief.json; nil for none
	Plans []Part // under plans/
	Extra []Part // a readable copy of the case, school calendars, ...

	// Anyway makes the bundle of a record that does not verify, for somebody who
	// must have what is left of it. Verify then says what is wrong.
	Anyway bool
}

// A Wall is one log, whole or some entries of it.
type Wall struct {
	Word       string // what the wall is called; "" for the open one
	Checkpoint []byte // the signed head
	// Rows are the entries in order: all of them up to the checkpoint, or some
	// of them, each with its proof.
	Rows []Row
	// Earlier goes with a selection: proofs for the checkpoints given out before.
	Earlier []Earlier
	// Leaves are the leaf bytes as they stood when they were sealed, where the
	// store knows them better than Rows does; nil is the usual case.
	Leaves [][]byte
}

// A Part is a further document. Its name has letters a to z, digits, dots,
// hyphens and slashes; Name makes one.
type Part struct {
	Name string
	Data []byte
}

// Name makes any text a name that a part may have.
func Name(s string) string {
	plain := strings.NewReplacer("á", "a", "é", "e", "í", "i", "ó", "o", "ú", "u", "ü", "u", "ñ", "n",
		"Á", "A", "É", "E", "Í", "I", "Ó", "O", "Ú", "U", "Ü", "U", "Ñ", "N", " ", "-").Replace(s)
	var b strings.Builder
	for _, r := range plain {
		if r < utf8.RuneSelf && goodName(string(r)+"x") {
			b.WriteRune(r)
		}
	}
	name := b.String()
	if len(name) > maxName/2 {
		name = name[:maxName/2]
	}
	if name = strings.Trim(name, "./"); !goodName(name) {
		return "part"
	}
	return name
}

// Write makes the bundle. The same input gives the same bytes. A record that
// does not verify is refused with a fault of kind Broken for every entry, so that
// nobody hands out what cannot be checked; see Bundle.Anyway.
func Write(w io.Writer, in Bundle) error {
	parts, err := in.parts()
	if err != nil {
		return err
	}
	for _, p := range parts {
		if err := p.measure(); err != nil {
			return err
		}
		if digest, ok := strings.CutPrefix(p.name, dirFiles); ok && p.sum.String() != digest {
			return changed(p.name)
		}
	}
	slices.SortFunc(parts, func(a, b *source) int { return cmp.Compare(a.name, b.name) })
	manifest := &source{name: partManifest, data: manifestOf(parts)}
	if err := manifest.measure(); err != nil {
		return err
	}
	signed, err := in.Sign(signedText(manifest.sum))
	if err != nil {
		return err
	}
	if _, err := seal.OpenNote(signed, in.Public); err != nil {
		return fault.New(fault.Internal, fault.Position{}, "bundle.cannot_sign").Wrap(err)
	}
	signature := &source{name: partSignature, data: signed}
	if err := signature.measure(); err != nil {
		return err
	}
	parts = append(parts, manifest, signature)
	slices.SortFunc(parts, func(a, b *source) int { return cmp.Compare(a.name, b.name) })
	return writeZip(w, parts)
}

// WallSelect makes a selection of a whole wall: the rows that keep takes, each
// with its proof, the entries that say why one of them is gone, and the proofs
// for the checkpoints given out before. The wall's word stays.
func WallSelect(whole Wall, public string, given [][]byte, keep func(*Row) bool) (Wall, error) {
	head, err := seal.OpenCheckpoint(whole.Checkpoint, public)
	if err != nil {
		return Wall{}, brokenHead(err)
	}
	out := Wall{Word: whole.Word, Checkpoint: whole.Checkpoint}
	var t seal.Tree
	taken := make([]bool, len(whole.Rows))
	gone := make(map[string]bool)
	for i := range whole.Rows {
		r := &whole.Rows[i]
		if err := t.Add(r.Leaf()); err != nil {
			return Wall{}, err
		}
		if taken[i] = keep(r); taken[i] && r.Gone {
			gone[r.ID] = true
		}
	}
	if root, err := t.Root(t.Size()); err != nil || t.Size() != head.Size || root != head.Root {
		return Wall{}, brokenHead(err)
	}
	for i := range whole.Rows {
		r := whole.Rows[i]
		if !taken[i] && r.What == seal.Destroyed && !r.Gone {
			id, _, ok := destroys(r.Body.Data)
			taken[i] = ok && gone[id]
		}
		if !taken[i] {
			continue
		}
		proof, err := t.Prove(r.Seq)
		if err != nil {
			return Wall{}, err
		}
		r.Proof = proof
		if r.Proof == nil {
			r.Proof = []seal.Hash{}
		}
		out.Rows = append(out.Rows, r)
	}
	seen := make(map[int64]bool)
	for _, c := range given {
		old, err := seal.OpenCheckpoint(c, public)
		if err != nil || old.Log != head.Log || old.Size < 1 || old.Size > head.Size || seen[old.Size] {
			continue
		}
		seen[old.Size] = true
		proof, err := t.ProveSince(old.Size)
		if err != nil {
			return Wall{}, err
		}
		out.Earlier = append(out.Earlier, Earlier{old.Size, proof})
	}
	slices.SortFunc(out.Earlier, func(a, b Earlier) int { return cmp.Compare(a.Size, b.Size) })
	return out, nil
}

// parts makes every part but the manifest and its signature.
func (in *Bundle) parts() ([]*source, error) {
	if len(in.Walls) == 0 {
		return nil, fault.New(fault.Invalid, fault.Position{}, "bundle.nothing")
	}
	parts := []*source{
		{name: partReadme, data: readme()},
		{name: partKey, data: []byte(strings.TrimSpace(in.Public) + "\n")},
	}
	files := make(map[seal.Digest]bool)
	for i := range in.Walls {
		dir := ""
		if i > 0 {
			dir = dirWalls + strconv.Itoa(i) + "/"
		}
		ps, err := in.wall(dir, &in.Walls[i], files)
		if err != nil {
			return nil, err
		}
		parts = append(parts, ps...)
	}
	for d := range files {
		if in.File == nil {
			return nil, fault.New(fault.Internal, fault.Position{}, "bundle.no_file", "file", d.String())
		}
		parts = append(parts, &source{name: dirFiles + d.String(), copy: func(w io.Writer) error { return in.File(d, w) }})
	}
	if in.Brief != nil {
		parts = append(parts, &source{name: partBrief, data: in.Brief})
	}
	for _, p := range in.Plans {
		parts = append(parts, &source{name: dirPlans + p.Name, data: p.Data})
	}
	for _, p := range in.Extra {
		if ours(p.Name) {
			return nil, badName(p.Name)
		}
		parts = append(parts, &source{name: p.Name, data: p.Data})
	}
	seen := make(map[string]bool, len(parts))
	for _, p := range parts {
		lower := strings.ToLower(p.name)
		if !goodName(p.name) || seen[lower] {
			return nil, badName(p.name)
		}
		seen[lower] = true
		if p.copy == nil && p.data == nil {
			p.data = []byte{}
		}
	}
	return parts, nil
}

// ours reports a name that only the bundle itself gives.
func ours(name string) bool {
	name = strings.ToLower(name)
	switch name {
	case strings.ToLower(partReadme), partRecord, partLeaves, partCheckpoint, partEarlier, partWall, partKey, partManifest, partSignature, partBrief:
		return true
	}
	for _, dir := range []string{dirFiles, dirPlans, dirWalls} {
		if strings.HasPrefix(name, dir) || name+"/" == dir {
			return true
		}
	}
	return false
}

// wall makes the parts of one wall and adds the files that its bodies name.
func (in *Bundle) wall(dir string, w *Wall, files map[seal.Digest]bool) ([]*source, error) {
	head, err := seal.OpenCheckpoint(w.Checkpoint, in.Public)
	if err != nil {
		return nil, brokenHead(err)
	}
	var wrong fault.List
	say := func(r *Row, key string) {
		wrong = append(wrong, fault.New(fault.Broken, fault.Position{}, key, "place", strconv.FormatInt(r.Seq+1, 10), "id", r.ID))
	}
	all := whole(w.Rows, head.Size)
	gone := make(map[string]int64) // who was destroyed, and the last place that says so
	ids := make(map[string]bool)
	rows := slices.Clone(w.Rows)
	var t seal.Tree
	for i := range rows {
		r := &rows[i]
		if !r.good() || ids[r.ID] || (i > 0 && rows[i-1].Seq >= r.Seq) {
			return nil, fault.New(fault.Invalid, fault.Position{}, "bundle.bad_entry", "place", strconv.FormatInt(r.Seq+1, 10), "id", r.ID)
		}
		ids[r.ID] = true
		switch {
		case all:
			r.Proof = nil
			if err := t.Add(r.Leaf()); err != nil {
				return nil, err
			}
		case r.Proof == nil || seal.Proves(r.Proof, head, &r.Entry) != nil:
			say(r, "bundle.broken_proof")
			if r.Proof == nil {
				r.Proof = []seal.Hash{}
			}
		}
		if r.Gone {
			continue
		}
		if !goodBody(r.Body.Data) {
			say(r, "bundle.broken_body")
			r.Gone, r.Body = true, seal.Body{}
			continue
		}
		if r.Body.Digest() != r.Entry.Body {
			say(r, "bundle.broken_body")
			continue
		}
		if r.What == seal.Destroyed {
			if id, _, ok := destroys(r.Body.Data); ok {
				gone[id] = r.Seq
			}
		}
		refs, ok := filesOf(r.Body.Data)
		if !ok {
			return nil, fault.New(fault.Invalid, fault.Position{}, "bundle.bad_files", "place", strconv.FormatInt(r.Seq+1, 10), "id", r.ID)
		}
		for _, f := range refs {
			files[f.Digest] = true
		}
	}
	for i := range w.Rows {
		if r := &w.Rows[i]; r.Gone {
			if at, ok := gone[r.ID]; !ok || at <= r.Seq {
				say(r, "bundle.broken_gone")
			}
		}
	}
	if all {
		if root, err := t.Root(head.Size); err != nil || root != head.Root {
			wrong = append(wrong, brokenHead(err))
		}
	}
	if len(wrong) > 0 && !in.Anyway {
		return nil, wrong
	}
	var record bytes.Buffer
	for i := range rows {
		record.Write(appendRow(nil, &rows[i]))
		record.WriteByte('\n')
	}
	leaf := func(i int) []byte {
		if i < len(w.Leaves) {
			return w.Leaves[i]
		}
		return rows[i].Leaf()
	}
	parts := []*source{
		{name: dir + partRecord, data: record.Bytes()},
		{name: dir + partLeaves, data: appendLeaves(rows, head.Size, leaf)},
		{name: dir + partCheckpoint, data: w.Checkpoint},
	}
	if w.Word != "" {
		if strings.ContainsAny(w.Word, "\n\r") {
			return nil, badName(w.Word)
		}
		parts = append(parts, &source{name: dir + partWall, data: []byte(w.Word + "\n")})
	}
	if !all && len(w.Earlier) > 0 {
		parts = append(parts, &source{name: dir + partEarlier, data: appendEarlier(w.Earlier)})
	}
	return parts, nil
}

// good reports an entry that a line can say without loss.
func (r *Row) good() bool {
	at := r.At.UTC()
	return r.Log != "" && r.ID != "" && r.Seq >= 0 && utf8.ValidString(r.Log+r.ID+string(r.What)+r.By) &&
		at.Year() >= 0 && at.Year() <= 9999 && at.Equal(at.Truncate(time.Millisecond))
}

// readme is the page that tells a person what the zip is.
func readme() []byte {
	var b bytes.Buffer
	for i, lang := range locale.Languages {
		if c, ok := locale.For(lang); ok {
			if i > 0 {
				b.WriteString("\n\n")
			}
			b.WriteString(c.T("bundle.readme"))
		}
	}
	b.WriteString("\n")
	return b.Bytes()
}

func badName(name string) error {
	return fault.New(fault.Invalid, fault.Position{}, "bundle.bad_name", "name", name)
}

func brokenHead(err error) *fault.Error {
	e := fault.New(fault.Broken, fault.Position{}, "bundle.broken_head")
	if err == nil {
		err = errors.New("the entries do not come to the hash of the checkpoint")
	}
	return e.Wrap(err)
}

func tooBig(size int64) error {
	return fault.New(fault.Invalid, fault.Position{}, "bundle.too_big", "size", fmt.Sprintf("%d MB", size>>20), "limit", fmt.Sprintf("%d MB", int64(maxBundle)>>20))
}

func changed(name string) error {
	return fault.New(fault.Broken, fault.Position{}, "bundle.file_changed", "file", strings.TrimPrefix(name, dirFiles))
}
