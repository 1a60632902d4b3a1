package bundle

import (
	"bytes"
	"cmp"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"stayput/fault"
	"stayput/record/seal"
)

// Options is what the reader of a bundle brings along. Both may be empty.
type Options struct {
	Key   string // the maker's public key, known from elsewhere
	Since []byte // a checkpoint given out earlier
}

// Verify checks a bundle of size bytes. The report says what was found, whatever
// the bytes are; an error means that they are no bundle at all (fault.Invalid),
// that what the reader brought along cannot be read (fault.Invalid), or that r
// failed.
func Verify(r io.ReaderAt, size int64, o Options) (Report, error) {
	v := verifier{given: strings.TrimSpace(o.Key), files: map[seal.Digest]*fileUse{}}
	if v.given != "" {
		if _, err := seal.KeyName(v.given); err != nil {
			return Report{}, fault.New(fault.Invalid, fault.Position{}, "bundle.bad_key").Wrap(err)
		}
	}
	if len(o.Since) > 0 {
		if _, ok := unsignedHead(o.Since); !ok {
			return Report{}, fault.New(fault.Invalid, fault.Position{}, "bundle.bad_since").Wrap(seal.ErrHead)
		}
	}
	if size > maxBundle {
		return Report{}, tooBig(size)
	}
	a, ok, err := readZip(r, size)
	if err != nil {
		return Report{}, err
	}
	if !ok {
		return Report{}, notBundle()
	}
	v.odd(a)
	if err := v.read(a); err != nil {
		return Report{}, err
	}
	if !v.resembles() {
		return Report{}, notBundle()
	}
	v.keys()
	v.walls()
	v.evidence()
	v.manifest()
	v.since(o.Since)
	return v.finish(o), nil
}

func notBundle() error { return fault.New(fault.Invalid, fault.Position{}, "bundle.not_bundle") }

// A found is one part as it was found.
type found struct {
	size int64
	sum  seal.Digest
	data []byte // of a part that is read into memory
}

// A fileUse is a file that a body names.
type fileUse struct {
	wall int
	seq  int64
	id   string
	name string
	size int64
}

type verifier struct {
	given    string // the key the reader brought
	key      string // the key to check with: the given one, else that of the bundle
	parts    map[string]*found
	list     map[string]listed // the manifest
	listed   bool              // there is a manifest
	signed   bool              // and it is the one that was signed
	checks   []*wallCheck
	files    map[seal.Digest]*fileUse
	unsure   bool // some body cannot be read, so that it is not known which files it names
	report   Report
	named    map[string]bool // parts of which something was said
	keyName  string
	repacked bool
}

func (v *verifier) say(f Finding) {
	if v.named == nil {
		v.named = make(map[string]bool)
	}
	if f.Part != "" {
		v.named[f.Part] = true
	}
	if len(v.report.Findings) >= maxFindings {
		v.report.More++
		return
	}
	v.report.Findings = append(v.report.Findings, f)
}

func (v *verifier) note(f Finding) {
	if len(v.report.Notes) < maxFindings {
		v.report.Notes = append(v.report.Notes, f)
	}
}

// part says something about a part as such.
func (v *verifier) part(k Kind, key, name string, args ...string) {
	v.say(Finding{Kind: k, Seq: -1, Part: name, Key: key, Args: pairs(args)})
}

func pairs(args []string) map[string]string {
	if len(args) == 0 {
		return nil
	}
	m := make(map[string]string, len(args)/2)
	for i := 0; i+1 < len(args); i += 2 {
		m[args[i]] = args[i+1]
	}
	return m
}

// odd takes over what the zip itself showed.
func (v *verifier) odd(a *archive) {
	for _, f := range a.odd {
		part := f.Part
		f.Part = "" // that a part's packing is odd says nothing of its bytes
		v.say(f)
		if part != "" && len(v.report.Findings) > 0 {
			v.report.Findings[len(v.report.Findings)-1].Part = part
		}
	}
	if v.repacked = a.repacked; a.repacked {
		v.note(Finding{Kind: Note, Seq: -1, Key: "bundle.note.repacked"})
	}
}

// read reads every part: the evidence through a meter, the rest into memory.
func (v *verifier) read(a *archive) error {
	v.parts = make(map[string]*found, len(a.members))
	lower := make(map[string]bool, len(a.members))
	total := int64(0)
	// Of two names that differ by case alone, the one a bundle has comes first.
	members := slices.Clone(a.members)
	slices.SortStableFunc(members, func(x, y *member) int {
		rank := func(name string) int {
			if name == partReadme || name == strings.ToLower(name) {
				return 0
			}
			return 1
		}
		return cmp.Compare(rank(x.name), rank(y.name))
	})
	for _, m := range members {
		if a.repacked && m.size == 0 && strings.HasSuffix(m.name, "/") && goodName(strings.TrimSuffix(m.name, "/")) {
			continue // folders, which other programs write down
		}
		switch {
		case !goodName(m.name):
			v.part(Packing, "bundle.found.zip_name", m.name)
			continue
		case lower[strings.ToLower(m.name)]:
			v.part(Packing, "bundle.found.zip_twice", m.name)
			continue
		}
		lower[strings.ToLower(m.name)] = true
		if total += m.size; total > maxBundle {
			v.part(Packing, "bundle.found.zip_large", m.name)
			continue
		}
		p, key, err := v.load(a, m)
		if err != nil {
			return err
		}
		if key != "" {
			v.part(Packing, key, m.name)
		}
		if p != nil {
			v.parts[m.name] = p
		}
	}
	return nil
}

// load reads one part. A key says what is odd about it.
func (v *verifier) load(a *archive, m *member) (*found, string, error) {
	limit := int64(0)
	switch base := m.name[strings.LastIndexByte(m.name, '/')+1:]; {
	case strings.HasPrefix(m.name, dirFiles):
	case base == partRecord || base == partLeaves || base == partManifest:
		limit = maxText
	case base == partCheckpoint || base == partKey || base == partSignature || base == partWall || base == partEarlier:
		limit = maxSmall
	}
	if limit > 0 && m.size > limit {
		return nil, "bundle.found.zip_large", nil
	}
	r := a.open(m)
	if r == nil {
		return nil, "bundle.found.zip_packed", nil
	}
	meter := newMeter()
	var keep bytes.Buffer
	to := io.Writer(meter)
	if limit > 0 {
		to = io.MultiWriter(meter, &keep)
	}
	if _, err := io.Copy(to, r); err != nil && m.method == 0 {
		return nil, "", err
	} else if err != nil || meter.size != m.size {
		return nil, "bundle.found.zip_packed", nil
	}
	p := &found{size: meter.size, sum: meter.sum(), data: keep.Bytes()}
	if meter.crc != m.crc {
		return p, "bundle.found.zip_sum", nil
	}
	return p, "", nil
}

func (v *verifier) data(name string) []byte {
	if p := v.parts[name]; p != nil {
		if p.data == nil {
			return []byte{}
		}
		return p.data
	}
	return nil
}

// resembles reports that this was a bundle once.
func (v *verifier) resembles() bool {
	n := 0
	for _, name := range []string{partRecord, partLeaves, partCheckpoint, partManifest, partSignature} {
		if v.parts[name] != nil {
			n++
		}
	}
	return n >= 2
}

// keys finds out which key is to be believed, and reads the manifest.
func (v *verifier) keys() {
	inside := strings.TrimSpace(string(v.data(partKey)))
	name, err := seal.KeyName(inside)
	switch {
	case v.parts[partKey] == nil: // the manifest says so
	case err != nil:
		v.part(Altered, "bundle.found.key_unreadable", partKey)
	}
	v.key, v.keyName = inside, name
	if v.given != "" {
		v.key = v.given
		v.keyName, _ = seal.KeyName(v.given)
	}
	manifest := v.data(partManifest)
	v.list = make(map[string]listed)
	if manifest == nil {
		v.part(Missing, "bundle.found.part_missing", partManifest)
	} else {
		v.listed = true
		parts, bad := readManifest(manifest)
		for _, p := range parts {
			if _, twice := v.list[p.name]; twice {
				bad = append(bad, 0)
			}
			v.list[p.name] = p
		}
		if len(bad) > 0 {
			v.part(Altered, "bundle.found.manifest_altered", partManifest)
		}
	}
	signature := v.data(partSignature)
	if signature == nil {
		v.part(Missing, "bundle.found.part_missing", partSignature)
		return
	}
	signed, err := seal.OpenNote(signature, v.key)
	if err != nil {
		if v.given != "" && v.given != inside {
			if _, err := seal.OpenNote(signature, inside); err == nil {
				v.part(Signature, "bundle.found.other_key", partSignature, "found", name, "given", v.keyName)
				v.key = inside // go on with the key that was used, to say what else is wrong
				v.signed = v.listed && string(signature[:bytes.LastIndex(signature, []byte("\n\n"))+1]) == signedText(v.parts[partManifest].sum)
				return
			}
		}
		v.part(Signature, "bundle.found.signature", partSignature)
		return
	}
	if !plainNote(signature) {
		v.part(Altered, "bundle.found.part_altered", partSignature)
	}
	if v.given != "" && v.given != inside && v.parts[partKey] != nil {
		v.part(Altered, "bundle.found.key_other", partKey)
	}
	if v.signed = v.listed && signed == signedText(v.parts[partManifest].sum); !v.signed && v.listed && !v.named[partManifest] {
		v.part(Altered, "bundle.found.manifest_altered", partManifest)
	}
}

// plainNote reports a note with one signature, written in the one way there is.
// No list of parts holds the digest of this note, so nothing else would tell.
func plainNote(signed []byte) bool {
	_, line, _ := bytes.Cut(signed, []byte("\n\n"))
	name, signature, _ := strings.Cut(strings.TrimPrefix(string(line), "\u2014 "), " ")
	b, err := b64.DecodeString(strings.TrimSuffix(signature, "\n"))
	return err == nil && string(line) == "\u2014 "+name+" "+b64.EncodeToString(b)+"\n"
}

// walls checks every wall in the bundle.
func (v *verifier) walls() {
	numbers := map[int]bool{0: true}
	look := func(name string) {
		if rest, ok := strings.CutPrefix(name, dirWalls); ok {
			first, _, _ := strings.Cut(rest, "/")
			if n, err := strconv.Atoi(first); err == nil && n > 0 && strconv.Itoa(n) == first {
				numbers[n] = true
			}
		}
	}
	for name := range v.parts {
		look(name)
	}
	for name := range v.list {
		look(name)
	}
	for _, n := range slices.Sorted(maps.Keys(numbers)) {
		w := &wallCheck{v: v, n: n}
		if n > 0 {
			w.dir = dirWalls + strconv.Itoa(n) + "/"
		}
		w.check()
		v.checks = append(v.checks, w)
		v.report.Walls = append(v.report.Walls, w.report)
	}
}

// evidence holds the files against the bodies that name them.
func (v *verifier) evidence() {
	for _, d := range slices.SortedFunc(maps.Keys(v.files), func(a, b seal.Digest) int { return bytes.Compare(a[:], b[:]) }) {
		use, name := v.files[d], dirFiles+d.String()
		f := Finding{Wall: use.wall, Seq: use.seq, ID: use.id, Part: name, Args: map[string]string{"name": use.name}}
		p := v.parts[name]
		switch {
		case p == nil && !v.named[name]:
			f.Kind, f.Key = Missing, "bundle.found.file_missing"
		case p != nil && p.sum != d:
			f.Kind, f.Key = Altered, "bundle.found.file_altered"
		case p != nil && p.size != use.size:
			f.Kind, f.Key = Altered, "bundle.found.file_size"
		default:
			continue
		}
		v.say(f)
	}
	for _, name := range slices.Sorted(maps.Keys(v.parts)) {
		digest, ok := strings.CutPrefix(name, dirFiles)
		if !ok {
			continue
		}
		v.report.Files++
		d, err := seal.ParseDigest(digest)
		if err == nil && v.files[d] != nil {
			continue
		}
		if _, known := v.list[name]; known && v.unsure && err == nil {
			if v.parts[name].sum != d {
				v.part(Altered, "bundle.found.part_altered", name)
			}
			continue
		}
		v.part(Added, "bundle.found.file_added", name)
	}
}

// manifest holds every part against the list that the maker signed. Where the
// entries or the files said more about a part already, it adds nothing.
func (v *verifier) manifest() {
	if !v.listed {
		return
	}
	altered := "bundle.found.part_altered"
	if !v.signed {
		altered = "bundle.found.part_disagrees"
	}
	for _, name := range slices.Sorted(maps.Keys(v.list)) {
		want, p := v.list[name], v.parts[name]
		switch {
		case v.named[name]:
		case p == nil:
			v.part(Missing, "bundle.found.part_missing", name)
		case p.sum != want.sum || p.size != want.size:
			v.part(Altered, altered, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(v.parts)) {
		if _, ok := v.list[name]; !ok && name != partManifest && name != partSignature && !v.named[name] {
			v.part(Added, "bundle.found.part_added", name)
		}
	}
	for _, name := range []string{partKey, partRecord, partLeaves, partCheckpoint} {
		if _, ok := v.list[name]; !ok && v.parts[name] == nil {
			v.part(Missing, "bundle.found.part_missing", name)
		}
	}
}

// since holds the record against a checkpoint given out earlier.
func (v *verifier) since(checkpoint []byte) {
	if len(checkpoint) == 0 {
		return
	}
	old, _ := unsignedHead(checkpoint)
	fail := func(wall int, key string, args ...string) {
		v.report.Earlier = EarlierFailed
		args = append(args, "size", strconv.FormatInt(old.Size, 10), "at", old.At.Format(moment))
		v.say(Finding{Kind: NotSince, Wall: wall, Seq: -1, Key: key, Args: pairs(args)})
	}
	key := v.key
	if v.given != "" {
		key = v.given
	}
	if _, err := seal.OpenCheckpoint(checkpoint, key); err != nil {
		fail(0, "bundle.found.since_signature")
		return
	}
	i := slices.IndexFunc(v.checks, func(w *wallCheck) bool { return w.headOK && w.head.Log == old.Log })
	if i < 0 {
		fail(0, "bundle.found.since_log")
		return
	}
	w := v.checks[i]
	switch ok, known := w.since(old); {
	case old.Size > w.head.Size:
		fail(w.n, "bundle.found.since_later", "now", strconv.FormatInt(w.head.Size, 10))
	case !known:
		v.report.Earlier = EarlierUnsure
		v.note(Finding{Kind: Note, Wall: w.n, Seq: -1, Key: "bundle.note.since_unsure"})
	case !ok:
		fail(w.n, "bundle.found.since_differs")
	default:
		v.report.Earlier = EarlierHeld
	}
}

// finish draws the verdict.
func (v *verifier) finish(o Options) Report {
	r := &v.report
	r.Maker = v.keyName
	if v.given != "" {
		r.ByKey = !slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Kind == Signature }) && v.signed
	}
	rank := func(f Finding) int { return slices.Index(order, f.Kind) }
	slices.SortStableFunc(r.Findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(min(a.Seq, 0), min(b.Seq, 0))*-1, cmp.Compare(a.Wall, b.Wall), cmp.Compare(a.Seq, b.Seq), cmp.Compare(rank(a), rank(b)))
	})
	switch {
	case len(r.Findings) > 0:
		r.Verdict = Broken
	case r.Earlier == EarlierHeld:
		r.Verdict = Since
	case r.ByKey:
		r.Verdict = Proved
	default:
		r.Verdict = Consistent
	}
	if r.Findings == nil {
		r.Findings = []Finding{}
	}
	if r.Notes == nil {
		r.Notes = []Finding{}
	}
	return *r
}

// order is how the findings of one entry follow each other.
var order = []Kind{Altered, Missing, Added, Moved, Root, Signature, NotSince, Packing}

// unsignedHead reads the head of a checkpoint without believing it.
func unsignedHead(checkpoint []byte) (seal.Head, bool) {
	i := bytes.LastIndex(checkpoint, []byte("\n\n"))
	if i < 0 {
		return seal.Head{}, false
	}
	h, err := seal.ParseHead(string(checkpoint[:i+1]))
	return h, err == nil
}
