package bundle

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"stayput/record/seal"
)

// A wallCheck checks one wall: its lines, its leaves and its checkpoint against
// each other. Three things say what an entry is: its line, its leaf in the list,
// and the signed root. Whichever two agree convict the third.
type wallCheck struct {
	v      *verifier
	n      int
	dir    string
	report WallReport

	head   seal.Head
	headOK bool
	lines  []line
	leaves leafList
	places []place // what the log holds, by the best witness
	tree   *seal.Tree
	fits   bool // the places come to the signed root
}

func (w *wallCheck) say(k Kind, key, field string, seq int64, id, part string, args ...string) {
	if part != "" {
		part = w.dir + part
	}
	w.v.say(Finding{Kind: k, Wall: w.n, Seq: seq, ID: id, Part: part, Field: field, Key: key, Args: pairs(args)})
}

// entry says something about an entry.
func (w *wallCheck) entry(k Kind, key, field string, e *seal.Entry, args ...string) {
	w.say(k, key, field, e.Seq, e.ID, partRecord, args...)
}

func (w *wallCheck) check() {
	w.checkpoint()
	w.leaves = readLeaves(w.v.data(w.dir + partLeaves))
	record, end := split(w.v.data(w.dir + partRecord))
	for i, text := range record {
		l := readLine(text)
		l.number = i + 1
		if i == len(record)-1 && !end {
			l.form = false
		}
		w.lines = append(w.lines, l)
	}
	if w.leaves.some {
		w.reconcile()
	} else {
		w.witness()
	}
	match := w.match()
	w.order(match)
	w.bodies(match)
	w.measure()
	w.report.Entries = len(w.lines)
	w.report.Some = w.leaves.some
	if word, ok := strings.CutSuffix(string(w.v.data(w.dir+partWall)), "\n"); ok {
		w.report.Word = word
	}
	if w.leaves.some {
		w.v.note(Finding{Kind: Note, Wall: w.n, Seq: -1, Key: "bundle.note.selection", Args: map[string]string{
			"n": strconv.Itoa(len(w.lines)), "of": strconv.FormatInt(w.head.Size, 10)}})
	}
}

// checkpoint reads the signed head.
func (w *wallCheck) checkpoint() {
	raw := w.v.data(w.dir + partCheckpoint)
	if raw == nil {
		w.say(Missing, "bundle.found.part_missing", "", -1, "", partCheckpoint)
		return
	}
	var err error
	w.head, err = seal.OpenCheckpoint(raw, w.v.key)
	w.headOK = err == nil
	if err != nil {
		w.say(Signature, "bundle.found.checkpoint_signature", "", -1, "", partCheckpoint)
		w.head, w.headOK = unsignedHead(raw)
	}
	if w.headOK {
		w.report.Log, w.report.Size, w.report.At = w.head.Log, w.head.Size, w.head.At
		w.report.Root = b64.EncodeToString(w.head.Root[:])
	}
}

// witness finds out, for a whole log, which of the two lists comes to the signed
// root, and takes that one.
func (w *wallCheck) witness() {
	if tree, ok := w.comesTo(w.leaves.places); ok && len(w.leaves.bad) == 0 {
		w.places, w.tree, w.fits = w.leaves.places, tree, true
		return
	}
	fromLines := w.fromLines()
	if tree, ok := w.comesTo(fromLines); ok {
		w.places, w.tree, w.fits = fromLines, tree, true
		w.leavesWrong()
		return
	}
	// Neither does: hold them against each other, each filling the other's gaps.
	have := make(map[int64]bool)
	for _, p := range w.leaves.places {
		have[p.entry.Seq] = true
	}
	w.places = slices.Clone(w.leaves.places)
	for _, p := range fromLines {
		if !have[p.entry.Seq] {
			w.places = append(w.places, p)
		}
	}
	slices.SortFunc(w.places, func(a, b place) int { return cmp.Compare(a.entry.Seq, b.entry.Seq) })
	if tree, ok := w.comesTo(w.places); ok {
		w.tree, w.fits = tree, true
		w.leavesWrong()
	}
}

// reconcile does the same for a selection, entry by entry: each line brings the
// proof that its entry stands in the tree.
func (w *wallCheck) reconcile() {
	byID := make(map[string]*line, len(w.lines))
	bySeq := make(map[int64]*line, len(w.lines))
	for i := range w.lines {
		if l := &w.lines[i]; l.ok {
			byID[l.ID] = l
			bySeq[l.Seq] = l
		}
	}
	w.fits = w.headOK
	have := make(map[int64]bool)
	proves := func(l *line, e *seal.Entry) bool {
		return l != nil && w.headOK && seal.Proves(l.Proof, w.head, e) == nil
	}
	for _, p := range w.leaves.places {
		l := byID[p.entry.ID]
		if l == nil {
			l = bySeq[p.entry.Seq]
		}
		switch {
		case proves(l, &p.entry):
		case l != nil && l.Seq == p.entry.Seq && proves(l, &l.Entry): // the leaf was altered, the line was not
			p = place{entry: l.Entry, leaf: string(l.Leaf())}
		case l != nil && string(l.Leaf()) == p.leaf && w.headOK:
			w.fits = false
			w.entry(Altered, "bundle.found.proof_altered", "proof", &p.entry)
		}
		w.places = append(w.places, p)
		have[p.entry.Seq] = true
	}
	for i := range w.lines {
		if l := &w.lines[i]; l.ok && !have[l.Seq] && proves(l, &l.Entry) {
			have[l.Seq] = true
			w.places = append(w.places, place{entry: l.Entry, leaf: string(l.Leaf())})
		}
	}
	slices.SortFunc(w.places, func(a, b place) int { return cmp.Compare(a.entry.Seq, b.entry.Seq) })
	w.leavesWrong()
}

// leavesWrong says where the list of leaves differs from what the log holds.
func (w *wallCheck) leavesWrong() {
	listed := make(map[int64]string, len(w.leaves.places))
	for _, p := range w.leaves.places {
		listed[p.entry.Seq] = p.leaf
	}
	for i := range w.places {
		p := &w.places[i]
		if leaf, ok := listed[p.entry.Seq]; !ok || leaf != p.leaf {
			w.say(Altered, "bundle.found.leaf_altered", "leaf", p.entry.Seq, p.entry.ID, partLeaves)
		}
	}
}

// fromLines is the log as its readable lines have it.
func (w *wallCheck) fromLines() []place {
	var out []place
	have := make(map[int64]bool)
	for i := range w.lines {
		if l := &w.lines[i]; l.ok && !have[l.Seq] {
			have[l.Seq] = true
			out = append(out, place{entry: l.Entry, leaf: string(l.Leaf())})
		}
	}
	slices.SortFunc(out, func(a, b place) int { return cmp.Compare(a.entry.Seq, b.entry.Seq) })
	return out
}

// comesTo reports that the places are a log from its beginning whose tree, at the
// size of the checkpoint, has the signed root.
func (w *wallCheck) comesTo(places []place) (*seal.Tree, bool) {
	t := new(seal.Tree)
	for i := range places {
		if places[i].entry.Seq != int64(i) || places[i].entry.Log != w.head.Log {
			return nil, false
		}
		if t.Add([]byte(places[i].leaf)) != nil {
			return nil, false
		}
	}
	if !w.headOK {
		return nil, false
	}
	root, err := t.Root(w.head.Size)
	return t, err == nil && root == w.head.Root
}

// match finds for each line the place it belongs to, or -1, and says what is
// altered, missing or added.
func (w *wallCheck) match() []int {
	match := make([]int, len(w.lines))
	taken := make([]bool, len(w.places))
	byLeaf := make(map[string]int, len(w.places))
	byID := make(map[string]int, len(w.places))
	bySeq := make(map[int64]int, len(w.places))
	for i := range w.places {
		p := &w.places[i]
		byLeaf[p.leaf] = i
		if _, ok := byID[p.entry.ID]; !ok {
			byID[p.entry.ID] = i
		}
		bySeq[p.entry.Seq] = i
	}
	repeated := make([]bool, len(w.lines))
	for i := range w.lines {
		match[i] = -1
		if l := &w.lines[i]; l.ok {
			if at, ok := byLeaf[string(l.Leaf())]; ok {
				if repeated[i] = taken[at]; !taken[at] {
					match[i], taken[at] = at, true
				}
			}
		}
	}
	for _, by := range []func(l *line) (int, bool){
		func(l *line) (int, bool) { at, ok := byID[l.ID]; return at, ok },
		func(l *line) (int, bool) { at, ok := bySeq[l.Seq]; return at, ok },
	} {
		for i := range w.lines {
			if l := &w.lines[i]; l.ok && match[i] < 0 && !repeated[i] {
				if at, ok := by(l); ok && !taken[at] {
					match[i], taken[at] = at, true
				}
			}
		}
	}
	next := 0 // a line nobody can read is the one that ought to stand there
	for i := range w.lines {
		l := &w.lines[i]
		switch {
		case match[i] >= 0:
			next = match[i] + 1
		case !l.ok && next < len(w.places) && !taken[next]:
			match[i], taken[next] = next, true
			w.v.unsure = true
			w.entry(Altered, "bundle.found.entry_line", "line", &w.places[next].entry, "line", strconv.Itoa(l.number))
			next++
		case !l.ok:
			w.say(Added, "bundle.found.line_added", "line", -1, "", partRecord, "line", strconv.Itoa(l.number))
		case repeated[i]:
			w.entry(Added, "bundle.found.entry_repeated", "", &l.Entry, "line", strconv.Itoa(l.number))
		default:
			w.entry(Added, "bundle.found.entry_added", "", &l.Entry, "line", strconv.Itoa(l.number))
		}
	}
	for i := range w.places {
		p := &w.places[i]
		if !taken[i] {
			w.v.unsure = true
			w.entry(Missing, "bundle.found.entry_missing", "", &p.entry, "at", p.entry.At.Format(moment))
		}
		if w.headOK && p.entry.Seq >= w.head.Size {
			w.entry(Added, "bundle.found.entry_beyond", "", &p.entry, "size", strconv.FormatInt(w.head.Size, 10))
		}
	}
	return match
}

// order says which lines do not stand in order: the fewest that, taken out,
// leave the others in order.
func (w *wallCheck) order(match []int) {
	var lines []int
	for i, at := range match {
		if at >= 0 {
			lines = append(lines, i)
		}
	}
	// The longest rising row: tails[k] is the line that ends one of length k+1.
	var tails []int
	before := make(map[int]int, len(lines))
	for _, i := range lines {
		k, _ := slices.BinarySearchFunc(tails, match[i], func(j, at int) int { return cmp.Compare(match[j], at) })
		before[i] = -1
		if k > 0 {
			before[i] = tails[k-1]
		}
		if k == len(tails) {
			tails = append(tails, i)
		} else {
			tails[k] = i
		}
	}
	inRow := make(map[int]bool, len(tails))
	if len(tails) > 0 {
		for i := tails[len(tails)-1]; i >= 0; i = before[i] {
			inRow[i] = true
		}
	}
	for _, i := range lines {
		if !inRow[i] {
			w.entry(Moved, "bundle.found.entry_moved", "", &w.places[match[i]].entry, "line", strconv.Itoa(w.lines[i].number))
		}
	}
}

// bodies holds each line against its place, and each body against its digest.
func (w *wallCheck) bodies(match []int) {
	owner := make(map[seal.Digest]*seal.Entry, len(w.places))
	for i := range w.places {
		owner[w.places[i].entry.Body] = &w.places[i].entry
	}
	type end struct {
		seq    int64
		by     *seal.Entry
		reason string
	}
	ends := make(map[string]end)
	for i := range w.lines {
		l := &w.lines[i]
		if !l.ok || match[i] < 0 {
			continue
		}
		e := &w.places[match[i]].entry
		w.fields(l, e)
		if l.Gone {
			continue
		}
		body := l.Body
		if d := body.Digest(); d != e.Body {
			var tight bytes.Buffer
			if json.Compact(&tight, body.Data) == nil {
				body.Data = tight.Bytes()
			}
			if body.Digest() != e.Body {
				w.v.unsure = true
				if other := owner[d]; other != nil {
					w.entry(Altered, "bundle.found.body_elsewhere", "body", e, "other", strconv.FormatInt(other.Seq+1, 10), "other_id", other.ID)
				} else {
					w.entry(Altered, "bundle.found.body_altered", "body", e)
				}
				continue
			}
			l.form = false
		}
		if !l.form {
			w.entry(Altered, "bundle.found.entry_form", "form", e)
		}
		w.use(e, body.Data)
		if e.What == seal.Destroyed {
			if id, reason, ok := destroys(body.Data); ok {
				ends[id] = end{e.Seq, e, reason}
			}
		}
	}
	for i := range w.lines {
		l := &w.lines[i]
		if !l.ok || match[i] < 0 || !l.Gone {
			continue
		}
		e := &w.places[match[i]].entry
		if !l.form {
			w.entry(Altered, "bundle.found.entry_form", "form", e)
		}
		x, ok := ends[e.ID]
		if !ok || x.seq <= e.Seq {
			w.v.unsure = true
			w.entry(Missing, "bundle.found.body_missing", "body", e)
			continue
		}
		w.report.Destroyed++
		w.v.note(Finding{Kind: Destroyed, Wall: w.n, Seq: e.Seq, ID: e.ID, Key: "bundle.note.destroyed", Args: map[string]string{
			"by": strconv.FormatInt(x.seq+1, 10), "by_id": x.by.ID, "reason": x.reason, "at": x.by.At.Format(moment)}})
	}
}

// fields says which fields of a line differ from the sealed entry.
func (w *wallCheck) fields(l *line, e *seal.Entry) {
	sealed := l.Gone || l.Body.Digest() == e.Body
	for _, f := range []struct {
		name string
		same bool
	}{
		{"log", l.Log == e.Log},
		{"seq", l.Seq == e.Seq},
		{"id", l.ID == e.ID},
		{"what", l.What == e.What},
		{"at", l.At.Equal(e.At)},
		{"by", l.By == e.By},
		{"digest", l.Entry.Body == e.Body || !sealed}, // else the body tells it
	} {
		if !f.same {
			w.entry(Altered, "bundle.found.entry_altered", f.name, e)
		}
	}
	if w.headOK && e.Log != w.head.Log {
		w.entry(Added, "bundle.found.entry_other_log", "log", e)
	}
}

// use notes which files a body names.
func (w *wallCheck) use(e *seal.Entry, body []byte) {
	refs, ok := filesOf(body)
	if !ok {
		w.entry(Missing, "bundle.found.file_unclear", "body", e)
	}
	for _, r := range refs {
		if w.v.files[r.Digest] == nil {
			w.v.files[r.Digest] = &fileUse{w.n, e.Seq, e.ID, r.Name, r.Size}
		}
	}
}

// measure holds the log against the size and the root of the checkpoint.
func (w *wallCheck) measure() {
	if !w.headOK {
		return
	}
	if w.leaves.some {
		for i := range w.leaves.places {
			p := &w.leaves.places[i]
			if p.entry.Seq >= w.head.Size {
				w.fits = false
			}
		}
	}
	if w.fits {
		if len(w.leaves.bad) > 0 && !w.v.named[w.dir+partLeaves] {
			w.say(Altered, "bundle.found.part_altered", "", -1, "", partLeaves)
		}
		return
	}
	if n := w.head.Size - int64(len(w.places)); n > 0 && !w.leaves.some {
		w.say(Missing, "bundle.found.entries_missing", "", -1, "", partRecord, "n", strconv.FormatInt(n, 10))
	}
	if !w.leaves.some {
		w.say(Root, "bundle.found.root", "", -1, "", partCheckpoint)
	}
}

// since reports whether the log began as old says; known is false when the
// bundle does not hold what it takes to tell.
func (w *wallCheck) since(old seal.Head) (ok, known bool) {
	if old.Size == w.head.Size {
		return old.Root == w.head.Root, true
	}
	if !w.leaves.some {
		if w.tree == nil || old.Size > w.tree.Size() {
			return false, w.tree != nil
		}
		root, err := w.tree.Root(old.Size)
		return err == nil && root == old.Root, true
	}
	proof, there := earlierAt(w.v.data(w.dir+partEarlier), old.Size)
	if !there {
		return false, false
	}
	return seal.ProvesSince(proof, w.head, old) == nil, true
}
