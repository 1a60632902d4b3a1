package bundle_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/crc32"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stayput/fault"
	"stayput/present/bundle"
	"stayput/record/seal"
)

// Any one byte of the file changed is noticed.
func TestEveryByte(t *testing.T) {
	m := family(t, 1)
	z := write(t, m.bundle())
	step := 7 // from another byte each time, so that all have their turn
	if testing.Short() {
		step = 31
	}
	for i := rand.IntN(step); i < len(z); i += step {
		for _, bit := range []byte{1, 0x80} {
			z[i] ^= bit
			r, err := bundle.Verify(bytes.NewReader(z), int64(len(z)), bundle.Options{Key: m.key.Public})
			if err == nil && r.Verdict != bundle.Broken {
				t.Fatalf("byte %d of %d: %s", i, len(z), show(r))
			}
			if err != nil && fault.KindOf(err) != fault.Invalid {
				t.Fatalf("byte %d: %v", i, err)
			}
			z[i] ^= bit
		}
	}
	for n := range len(z) / 7 {
		if r, err := bundle.Verify(bytes.NewReader(z[:n*7]), int64(n*7), bundle.Options{}); err == nil && r.Verdict != bundle.Broken {
			t.Fatalf("the first %d bytes: %s", n*7, show(r))
		}
	}
}

// What can be done to a zip without touching its parts.
func TestZipAttacks(t *testing.T) {
	m := family(t, 1)
	z := write(t, m.bundle())
	le := binary.LittleEndian
	end := len(z) - 22
	directory := int(le.Uint32(z[end+16:]))
	clone := func() []byte { return bytes.Clone(z) }
	insert := func(at int, b []byte, shift bool) []byte {
		out := append(append(clone()[:at:at], b...), z[at:]...)
		if shift {
			le.PutUint32(out[end+len(b)+16:], uint32(directory+len(b)))
		}
		return out
	}
	// raw is a zip with further parts in it, as their headers say.
	raw := func(add ...*zip.FileHeader) []byte {
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		for name, data := range unpack(t, z) {
			f, err := w.Create(name)
			if err == nil {
				_, err = f.Write(data)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		for _, h := range add {
			f, err := w.CreateHeader(h)
			if err == nil {
				_, err = io.WriteString(f, "x")
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	link := &zip.FileHeader{Name: "case.yml"}
	link.SetMode(0o777 | 1<<27)
	bomb := func() []byte {
		var packed bytes.Buffer
		f, _ := flate.NewWriter(&packed, 9)
		zeros := make([]byte, 1<<20)
		for range 32 {
			_, _ = f.Write(zeros)
		}
		_ = f.Close()
		var out bytes.Buffer
		w := zip.NewWriter(&out)
		for name, data := range unpack(t, z) {
			g, _ := w.Create(name)
			_, _ = g.Write(data)
		}
		g, err := w.CreateRaw(&zip.FileHeader{Name: "files/" + strings.Repeat("a", 64), Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(make([]byte, 32<<20)),
			CompressedSize64: uint64(packed.Len()), UncompressedSize64: 32 << 20})
		if err != nil {
			t.Fatal(err)
		}
		_, _ = g.Write(packed.Bytes())
		_ = w.Close()
		return out.Bytes()
	}
	for name, c := range map[string]struct {
		z   []byte
		key string
	}{
		"trailing":      {append(clone(), "hello"...), "zip_after"},
		"before":        {append([]byte("#!/bin/sh\n"), z...), "zip_before"},
		"two in one":    {append(clone(), z...), "zip_before"},
		"gap":           {insert(directory, []byte("hidden"), true), "zip_gap"},
		"comment":       {func() []byte { b := append(clone(), "hi"...); b[end+20] = 2; return b }(), "zip_comment"},
		"count":         {func() []byte { b := clone(); b[end+8]--; b[end+10]--; return b }(), "zip_gap"},
		"overlap":       {func() []byte { b := clone(); le.PutUint32(b[directory+46+10+42:], 0); return b }(), "zip_overlap"},
		"outside":       {func() []byte { b := clone(); le.PutUint32(b[directory+42:], 1<<30); return b }(), "zip_outside"},
		"encrypted":     {func() []byte { b := clone(); b[6] |= 1; b[directory+8] |= 1; return b }(), "zip_packed"},
		"method":        {func() []byte { b := clone(); b[8] = 99; b[directory+10] = 99; return b }(), "zip_packed"},
		"time":          {func() []byte { b := clone(); b[directory+12] = 99; return b }(), "zip_header"},
		"no directory":  {z[:end], "zip_directory"},
		"twice":         {raw(&zip.FileHeader{Name: "record.jsonl"}), "zip_twice"},
		"backslash":     {raw(&zip.FileHeader{Name: `..\x`}), "zip_name"},
		"drive":         {raw(&zip.FileHeader{Name: `C:x`}), "zip_name"},
		"dots":          {raw(&zip.FileHeader{Name: "files/../../x"}), "zip_name"},
		"empty name":    {raw(&zip.FileHeader{Name: ""}), "zip_name"},
		"folder":        {raw(&zip.FileHeader{Name: "x"}), "part_added"},
		"file comment":  {raw(&zip.FileHeader{Name: "x", Comment: "y"}), "zip_comment"},
		"link":          {raw(link), "zip_link"},
		"bomb":          {bomb(), "zip_packed"},
		"not a file":    {raw(&zip.FileHeader{Name: "files/x"}), "file_added"},
		"control chars": {raw(&zip.FileHeader{Name: "x\x1b[2Jy"}), "zip_name"},
	} {
		r, err := bundle.Verify(bytes.NewReader(c.z), int64(len(c.z)), bundle.Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if r.Verdict != bundle.Broken || !has(r, bundle.Finding{Kind: kindOf(c.key), Seq: -1, Key: "bundle.found." + c.key}) {
			t.Errorf("%s: %s %+v", name, show(r), r.Findings)
		}
		if strings.Contains(show(r), "\x1b") {
			t.Errorf("%s: the report carries control characters", name)
		}
	}
}

func kindOf(key string) bundle.Kind {
	if strings.HasPrefix(key, "zip_") {
		return bundle.Packing
	}
	return bundle.Added
}

// Whatever JSON a body is, it comes through byte for byte.
func TestBodiesAreExact(t *testing.T) {
	spaces := rapid.SampledFrom([]string{"", " ", "\t", "  "})
	var value func(depth int) *rapid.Generator[string]
	value = func(depth int) *rapid.Generator[string] {
		leaf := rapid.OneOf(
			rapid.SampledFrom([]string{"null", "true", "1e400", "-0", "123456789012345678901234567890.10", `"<&>\u2028"`, "\"\u2028\u2029\u0085\"", `"\ud800"`, `"\/"`, `"files"`, "{}", "[ ]"}),
			rapid.Custom(func(t *rapid.T) string {
				return `"` + strings.Map(func(r rune) rune {
					if r < ' ' || r == '"' || r == '\\' {
						return 'x'
					}
					return r
				}, rapid.String().Draw(t, "text")) + `"`
			}))
		if depth == 0 {
			return leaf
		}
		return rapid.OneOf(leaf, rapid.Custom(func(t *rapid.T) string {
			s := spaces.Draw(t, "space")
			vs := rapid.SliceOfN(value(depth-1), 0, 4).Draw(t, "values")
			if rapid.Bool().Draw(t, "list") {
				return "[" + s + strings.Join(vs, s+","+s) + s + "]"
			}
			for i, v := range vs {
				vs[i] = rapid.SampledFrom([]string{`"a"`, `"body"`, `"gone"`, `"Entry"`, "\"\u2028\""}).Draw(t, "key") + s + ":" + s + v
			}
			return s + "{" + strings.Join(vs, ","+s) + "}" + s
		}))
	}
	rapid.Check(t, func(rt *rapid.T) {
		m := newMade(t, 3)
		n := rapid.IntRange(1, 4).Draw(rt, "entries")
		for i := range n {
			m.add(t, rapid.StringN(1, 20, 60).Filter(func(s string) bool { return strings.ToValidUTF8(s, "") == s }).Draw(rt, "id")+string(rune('a'+i)), seal.Fact, value(3).Draw(rt, "body"))
		}
		z := write(t, m.bundle())
		r := verify(t, z, bundle.Options{Key: m.key.Public})
		if r.Verdict != bundle.Proved {
			rt.Fatal(show(r))
		}
		record := unpack(t, z)["record.jsonl"]
		for _, row := range m.wall.Rows {
			if !bytes.Contains(record, append([]byte(`,"body":`), row.Body.Data...)) {
				rt.Fatalf("%q is not in the record", row.Body.Data)
			}
		}
	})
}

func FuzzVerify(f *testing.F) {
	m := family(f, 1)
	z := write(f, m.bundle())
	f.Add(z, []byte{})
	f.Add(z[:len(z)-30], m.given[2])
	f.Add(append([]byte("x"), z...), m.given[7])
	some, err := bundle.WallSelect(m.wall, m.key.Public, m.given, func(r *bundle.Row) bool { return r.Seq%3 == 0 })
	if err != nil {
		f.Fatal(err)
	}
	f.Add(write(f, m.bundle(some)), m.given[3])
	f.Fuzz(func(t *testing.T, z, since []byte) {
		r, err := bundle.Verify(bytes.NewReader(z), int64(len(z)), bundle.Options{Since: since, Key: m.key.Public})
		if err == nil && r.Verdict == "" {
			t.Fatal("no verdict")
		}
		_ = show(r)
	})
}

// FuzzParts changes one part and packs the bundle again, so that the changes get
// past the zip.
func FuzzParts(f *testing.F) {
	m := family(f, 1)
	whole := unpack(f, write(f, m.bundle()))
	for name, data := range whole {
		f.Add(name, data)
	}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		if name == "" || strings.HasSuffix(name, "/") || len(name) > 1000 {
			return
		}
		parts := make(map[string][]byte, len(whole))
		for n, d := range whole {
			parts[n] = d
		}
		same := bytes.Equal(parts[name], data) && parts[name] != nil
		parts[name] = data
		z := pack(t, parts)
		r, err := bundle.Verify(bytes.NewReader(z), int64(len(z)), bundle.Options{Key: m.key.Public})
		if err == nil && (r.Verdict == bundle.Proved) != same {
			t.Fatalf("%q: %s", name, show(r))
		}
	})
}
