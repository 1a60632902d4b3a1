package seal_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stayput/record/seal"
)

var when = time.Date(2025, 2, 3, 21, 14, 7, 123456789, time.UTC)

// aDraft draws a draft; its names need not be sensible.
func aDraft(t *rapid.T) seal.Draft {
	return seal.Draft{
		ID: rapid.String().Draw(t, "id"), What: rapid.SampledFrom(seal.Whats()).Draw(t, "what"),
		Body: seal.Body{Salt: rapid.SliceOfN(rapid.Byte(), 0, 20).Draw(t, "salt"), Data: rapid.SliceOfN(rapid.Byte(), 0, 50).Draw(t, "data")},
	}
}

// A store is a log's tree as a store keeps it: a list of hashes.
type store struct {
	size   int64
	hashes []seal.Hash
}

func (s *store) tail() seal.Tail {
	return seal.Tail{Size: s.size, Hashes: func(indexes []int64) ([]seal.Hash, error) {
		out := make([]seal.Hash, len(indexes))
		for i, x := range indexes {
			if x >= int64(len(s.hashes)) {
				return nil, errors.New("read beyond what is stored")
			}
			out[i] = s.hashes[x]
		}
		return out, nil
	}}
}

func (s *store) append(t interface{ Fatal(...any) }, log string, drafts ...seal.Draft) seal.Sealed {
	x, err := seal.Append(log, s.tail(), "person-1", when, drafts...)
	if err != nil {
		t.Fatal(err)
	}
	if x.First != int64(len(s.hashes)) {
		t.Fatal("the new hashes do not follow the stored ones")
	}
	s.hashes = append(s.hashes, x.Hashes...)
	s.size += int64(len(drafts))
	return x
}

// One by one, all at once and from the leaves alone: the same log.
func TestAppendInPieces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		drafts := rapid.SliceOfN(rapid.Custom(aDraft), 1, 40).Draw(t, "drafts")
		var once, pieces store
		want := once.append(t, "log", drafts...)
		var entries []seal.Entry
		var head seal.Head
		for rest := drafts; len(rest) > 0; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "n")
			x := pieces.append(t, "log", rest[:n]...)
			entries, head, rest = append(entries, x.Entries...), x.Head, rest[n:]
		}
		if head != want.Head {
			t.Fatal("another head")
		}
		var tree seal.Tree
		for i := range entries {
			if entries[i] != want.Entries[i] || once.hashes[i] != pieces.hashes[i] {
				t.Fatal("another entry or hash", i)
			}
			if err := tree.Add(entries[i].Leaf()); err != nil {
				t.Fatal(err)
			}
		}
		if root, err := tree.Root(head.Size); err != nil || root != head.Root {
			t.Fatal("the leaves alone come to another root")
		}
		empty, err := seal.Append("log", pieces.tail(), "person-1", when)
		if err != nil || empty.Head != head {
			t.Fatal("adding nothing changes the head", err)
		}
	})
}

// Each entry stands in the tree, and nothing else does: any byte of a leaf
// changed, another place, another log, another proof.
func TestProofs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		drafts := rapid.SliceOfN(rapid.Custom(aDraft), 1, 30).Draw(t, "drafts")
		var s store
		x := s.append(t, "log", drafts...)
		var tree seal.Tree
		for i := range x.Entries {
			if err := tree.Add(x.Entries[i].Leaf()); err != nil {
				t.Fatal(err)
			}
		}
		seq := rapid.Int64Range(0, x.Head.Size-1).Draw(t, "seq")
		e := x.Entries[seq]
		proof, err := tree.Prove(seq)
		if err != nil {
			t.Fatal(err)
		}
		if err := seal.Proves(proof, x.Head, &e); err != nil {
			t.Fatal(err)
		}
		leaf := e.Leaf()
		back, err := seal.ParseLeaf(leaf)
		if err != nil || back != e {
			t.Fatalf("%+v is read back as %+v: %v", e, back, err)
		}
		leaf[rapid.IntRange(0, len(leaf)-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		if other, err := seal.ParseLeaf(leaf); err == nil {
			if other == e {
				t.Fatal("two leaves say the same")
			}
			if seal.Proves(proof, x.Head, &other) == nil {
				t.Fatal("an altered entry has a proof")
			}
		}
		for _, change := range []func(*seal.Entry){
			func(e *seal.Entry) { e.Log += "x" },
			func(e *seal.Entry) { e.Seq++ },
			func(e *seal.Entry) { e.ID += "x" },
			func(e *seal.Entry) { e.What += "x" },
			func(e *seal.Entry) { e.At = e.At.Add(time.Millisecond) },
			func(e *seal.Entry) { e.By += "x" },
			func(e *seal.Entry) { e.Body[0]++ },
			func(e *seal.Entry) { e.ID, e.What = e.ID+string(e.What), "" },
		} {
			other := e
			if change(&other); other != e && seal.Proves(proof, x.Head, &other) == nil {
				t.Fatalf("%+v has the proof of %+v", other, e)
			}
		}
		if len(proof) > 0 {
			proof[rapid.IntRange(0, len(proof)-1).Draw(t, "hash")][3] ^= 1
			if seal.Proves(proof, x.Head, &e) == nil {
				t.Fatal("an altered proof proves")
			}
		}
	})
}

// Every earlier state is the beginning of a later one, and no other state is.
func TestSince(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s store
		var heads []seal.Head
		var tree seal.Tree
		for range rapid.IntRange(2, 12).Draw(t, "appends") {
			x := s.append(t, "log", rapid.SliceOfN(rapid.Custom(aDraft), 1, 5).Draw(t, "drafts")...)
			for i := range x.Entries {
				if err := tree.Add(x.Entries[i].Leaf()); err != nil {
					t.Fatal(err)
				}
			}
			heads = append(heads, x.Head)
		}
		last := heads[len(heads)-1]
		for _, old := range heads {
			proof, err := tree.ProveSince(old.Size)
			if err != nil {
				t.Fatal(err)
			}
			if err := seal.ProvesSince(proof, last, old); err != nil {
				t.Fatal(err)
			}
			bad := old
			bad.Root[0] ^= 1
			if seal.ProvesSince(proof, last, bad) == nil {
				t.Fatal("another state is its beginning")
			}
			bad = old
			bad.Log = "other"
			if !errors.Is(seal.ProvesSince(proof, last, bad), seal.ErrOtherLog) {
				t.Fatal("another log is its beginning")
			}
		}
	})
}

// Two logs never share a leaf, whatever they hold.
func TestLogsShareNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		drafts := rapid.SliceOfN(rapid.Custom(aDraft), 1, 10).Draw(t, "drafts")
		a, b := rapid.String().Draw(t, "a"), rapid.String().Draw(t, "b")
		if a == b {
			return
		}
		var s1, s2 store
		x, y := s1.append(t, a, drafts...), s2.append(t, b, drafts...)
		seen := make(map[string]bool)
		for i := range x.Entries {
			seen[string(x.Entries[i].Leaf())] = true
		}
		for i := range y.Entries {
			if seen[string(y.Entries[i].Leaf())] {
				t.Fatal("a leaf is in both logs")
			}
		}
		if x.Head.Root == y.Head.Root {
			t.Fatal("both logs have one root")
		}
	})
}

// No two different entries come to the same bytes.
func TestLeavesDiffer(t *testing.T) {
	entry := rapid.Custom(func(t *rapid.T) seal.Entry {
		some := rapid.SampledFrom([]string{"", "a", "aa", "\x01a", "\x00", "case", "\x10stayput record v1"})
		return seal.Entry{Log: some.Draw(t, "log"), Seq: rapid.Int64Range(0, 2).Draw(t, "seq"), ID: some.Draw(t, "id"), What: seal.What(some.Draw(t, "what")),
			At: time.UnixMilli(rapid.Int64Range(-1, 1).Draw(t, "at")).UTC(), By: some.Draw(t, "by")}
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b := entry.Draw(t, "a"), entry.Draw(t, "b")
		if (a == b) != bytes.Equal(a.Leaf(), b.Leaf()) {
			t.Fatalf("%+v and %+v", a, b)
		}
	})
}

func TestBodies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := aDraft(t).Body
		all := append(append([]byte{}, b.Salt...), b.Data...)
		cut := rapid.IntRange(0, len(all)).Draw(t, "cut")
		other := seal.Body{Salt: all[:cut], Data: all[cut:]}
		if (b.Digest() == other.Digest()) != (cut == len(b.Salt)) {
			t.Fatal("salt and data run into each other")
		}
	})
}

func TestDigests(t *testing.T) {
	d := seal.Body{}.Digest()
	back, err := seal.ParseDigest(d.String())
	if err != nil || back != d {
		t.Fatal(back, err)
	}
	for _, s := range []string{"", "00", d.String() + "00", strings.Repeat("g", 64)} {
		if _, err := seal.ParseDigest(s); err == nil {
			t.Errorf("%q is a digest", s)
		}
	}
}

func TestHeads(t *testing.T) {
	key, err := seal.NewKey("oak", rand.NewChaCha8([32]byte{1}))
	if err != nil {
		t.Fatal(err)
	}
	stranger, err := seal.NewKey("oak", rand.NewChaCha8([32]byte{2}))
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		h := seal.Head{Log: rapid.StringMatching(`[a-z0-9-]{1,20}`).Draw(t, "log"), Size: rapid.Int64Min(0).Draw(t, "size"),
			At: time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "at"), 0).UTC()}
		copy(h.Root[:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "root"))
		if back, err := seal.ParseHead(h.Text()); err != nil || back != h {
			t.Fatalf("%+v is read back as %+v: %v", h, back, err)
		}
		c, err := key.Sign(h)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := seal.OpenCheckpoint(c, key.Public+"\n"); err != nil || back != h {
			t.Fatal(err)
		}
		if _, err := seal.OpenCheckpoint(c, stranger.Public); !errors.Is(err, seal.ErrKey) {
			t.Fatal("a stranger's key opens it:", err)
		}
		// A byte of what was signed, or of the signature.
		i := rapid.IntRange(0, len(c)-2).Draw(t, "byte")
		c[i] ^= 1
		if back, err := seal.OpenCheckpoint(c, key.Public); err == nil && back != h {
			t.Fatalf("an altered checkpoint opens as %+v", back)
		}
	})
	if _, err := seal.OpenNote([]byte("x"), "no key"); err == nil {
		t.Error("not a key opens a note")
	}
	name, err := seal.KeyName(key.Public)
	if err != nil || !strings.HasPrefix(name, "stayput/oak ") || len(name) != len("stayput/oak 01234567") {
		t.Error(name, err)
	}
	// A note that says something else is no checkpoint.
	n, err := key.SignNote("stayput.bundle/v1\nx\n")
	if err != nil {
		t.Fatal(err)
	}
	if text, err := seal.OpenNote(n, key.Public); err != nil || text != "stayput.bundle/v1\nx\n" {
		t.Error(text, err)
	}
	if _, err := seal.OpenCheckpoint(n, key.Public); !errors.Is(err, seal.ErrHead) {
		t.Error(err)
	}
}

func FuzzParseHead(f *testing.F) {
	h := seal.Head{Log: "log-7", Size: 12, At: when.Truncate(time.Second)}
	f.Add(h.Text())
	f.Add(strings.Replace(h.Text(), "12", "012", 1))
	f.Add(strings.Replace(h.Text(), "Z", "+00:00", 1))
	f.Add("stayput.record/\n0\n\nat \n")
	f.Fuzz(func(t *testing.T, text string) {
		h, err := seal.ParseHead(text)
		if err == nil && h.Text() != text {
			t.Fatalf("%q is read as %q", text, h.Text())
		}
	})
}

func FuzzParseLeaf(f *testing.F) {
	e := seal.Entry{Log: "log-7", ID: "k1", What: seal.Fact, At: when, By: "person-1"}
	f.Add(e.Leaf())
	f.Fuzz(func(t *testing.T, leaf []byte) {
		e, err := seal.ParseLeaf(leaf)
		if err == nil && !bytes.Equal(e.Leaf(), leaf) {
			t.Fatal("read as another leaf")
		}
	})
}

func benchLog(n int) ([]seal.Draft, *store, seal.Sealed) {
	rnd := rand.NewChaCha8([32]byte{7})
	drafts := make([]seal.Draft, n)
	for i := range drafts {
		salt := make([]byte, seal.SaltSize)
		_, _ = rnd.Read(salt)
		drafts[i] = seal.Draft{ID: "k" + string(rune('0'+i%10)), What: seal.Fact, Body: seal.Body{Salt: salt, Data: bytes.Repeat([]byte("x"), 400)}}
	}
	s := new(store)
	x, err := seal.Append("log", s.tail(), "person-1", when, drafts...)
	if err != nil {
		panic(err)
	}
	s.hashes, s.size = x.Hashes, int64(n)
	return drafts, s, x
}

func BenchmarkAppendAtOnce(b *testing.B) {
	drafts, _, _ := benchLog(10000)
	for b.Loop() {
		var s store
		s.append(b, "log", drafts...)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/10000, "ns/entry")
}

func BenchmarkAppendOneTo10000(b *testing.B) {
	drafts, s, _ := benchLog(10000)
	for b.Loop() {
		if _, err := seal.Append("log", s.tail(), "person-1", when, drafts[0]); err != nil {
			b.Fatal(err)
		}
	}
}

func tree10000(b *testing.B) (*seal.Tree, seal.Sealed) {
	_, _, x := benchLog(10000)
	t := new(seal.Tree)
	for i := range x.Entries {
		if err := t.Add(x.Entries[i].Leaf()); err != nil {
			b.Fatal(err)
		}
	}
	return t, x
}

func BenchmarkProve(b *testing.B) {
	t, _ := tree10000(b)
	i := int64(0)
	for b.Loop() {
		if _, err := t.Prove(i % 10000); err != nil {
			b.Fatal(err)
		}
		i += 7919
	}
}

func BenchmarkProves(b *testing.B) {
	t, x := tree10000(b)
	proof, err := t.Prove(4711)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := seal.Proves(proof, x.Head, &x.Entries[4711]); err != nil {
			b.Fatal(err)
		}
	}
}

// Every digest and every leaf of 10,000 entries, and the root.
func BenchmarkVerifyLog(b *testing.B) {
	drafts, _, x := benchLog(10000)
	for b.Loop() {
		var t seal.Tree
		for i := range x.Entries {
			if drafts[i].Body.Digest() != x.Entries[i].Body {
				b.Fatal("digest")
			}
			if err := t.Add(x.Entries[i].Leaf()); err != nil {
				b.Fatal(err)
			}
		}
		if root, err := t.Root(x.Head.Size); err != nil || root != x.Head.Root {
			b.Fatal("root")
		}
	}
}
