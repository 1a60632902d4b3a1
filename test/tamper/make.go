package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"stayput/present/bundle"
	"stayput/record/seal"
)

// A known is a record whose content is known, with a way to sign.
type known struct {
	key   seal.Key
	rows  []bundle.Row
	tree  seal.Tree
	given [][]byte // the checkpoint after each entry
	files map[seal.Digest][]byte
	rnd   *rand.Rand
	seed  [32]byte
}

const entries = 40

// newKnown makes the record. The same seed gives the same bytes, but for the key.
func newKnown(seed uint64, key byte) (*known, error) {
	k := &known{files: map[seal.Digest][]byte{}, rnd: rand.New(rand.NewPCG(seed, 7)), seed: [32]byte{key, byte(seed), byte(seed >> 8)}}
	var err error
	if k.key, err = seal.NewKey("oak-street", rand.NewChaCha8(k.seed)); err != nil {
		return nil, err
	}
	return k, nil
}

// fill adds the entries; change may make another body of each.
func (k *known) fill(change func(i int, body string) string) error {
	for i := range entries {
		id, what := k.id(i), seal.Fact
		body := fmt.Sprintf(`{"entry":{"on":"2025-%02d-%02d","kind":"contact","means":"phone","summary":"Llamada %d: <%s> & más \u00e9\u2028"}}`, 1+i/28, 1+i%28, i, id)
		switch {
		case i == 0:
			what, body = seal.CaseFacts, `{"case":{"title":"Maya R.","side":"family"}}`
		case i == 25:
			what, body = seal.Destroyed, fmt.Sprintf(`{"entry":"%s","reason":"34 CFR 300.624(b)","law":"us"}`, k.id(11))
		case i%7 == 3:
			content := fmt.Appendf(nil, "File %d\n%x\n", i, k.rnd.Uint64())
			d := seal.Digest(sha256.Sum256(content))
			k.files[d] = content
			body = fmt.Sprintf(`{"entry":{"on":"2025-02-03","kind":"contact"},"files":[{"name":"letter %d.eml","sha256":"%s","size":%d,"type":"message/rfc822"}],"via":"mail"}`, i, d, len(content))
		}
		if change != nil {
			body = change(i, body)
		}
		if err := k.add(id, what, body); err != nil {
			return err
		}
	}
	k.rows[11].Gone, k.rows[11].Body = true, seal.Body{}
	return nil
}

func (k *known) id(i int) string { return fmt.Sprintf("e%02dx%s", i, []string{"q", "r", "s"}[i%3]) }

func (k *known) add(id string, what seal.What, body string) error {
	salt := make([]byte, seal.SaltSize)
	for i := range salt {
		salt[i] = byte(k.rnd.Uint32())
	}
	b := seal.Body{Salt: salt, Data: []byte(body)}
	at := time.Date(2025, 1, 6, 8, 30, 0, 0, time.UTC).Add(time.Duration(len(k.rows)) * 26 * time.Hour)
	s, err := seal.Append("wall-open-7f", seal.Tail{Size: k.tree.Size(), Hashes: k.tree.ReadHashes}, []string{"u1", "u2"}[len(k.rows)%2], at, seal.Draft{ID: id, What: what, Body: b})
	if err != nil {
		return err
	}
	if err := k.tree.Add(s.Entries[0].Leaf()); err != nil {
		return err
	}
	checkpoint, err := k.key.Sign(s.Head)
	if err != nil {
		return err
	}
	k.rows = append(k.rows, bundle.Row{Entry: s.Entries[0], Body: b})
	k.given = append(k.given, checkpoint)
	return nil
}

func (k *known) wall() bundle.Wall {
	return bundle.Wall{Checkpoint: k.given[len(k.given)-1], Rows: k.rows}
}

func (k *known) write(walls ...bundle.Wall) ([]byte, error) {
	var out bytes.Buffer
	err := bundle.Write(&out, bundle.Bundle{
		Public: k.key.Public, Sign: k.key.SignNote, Walls: walls,
		File: func(d seal.Digest, w io.Writer) error {
			b, ok := k.files[d]
			if !ok {
				return fmt.Errorf("no file %s", d)
			}
			_, err := w.Write(b)
			return err
		},
		Brief: []byte(`{"as_of":"2025-06-01"}` + "\n"),
		Plans: []bundle.Part{{Name: "iep-2025.json", Data: []byte(`{"id":"iep-2025"}`)}},
		Extra: []bundle.Part{{Name: "case.yaml", Data: []byte("stayput: 1\n")}},
	})
	return out.Bytes(), err
}

// unpack gives the parts of a bundle by name.
func unpack(z []byte) (map[string][]byte, error) {
	zr, err := zip.NewReader(bytes.NewReader(z), int64(len(z)))
	if err != nil {
		return nil, err
	}
	parts := map[string][]byte{}
	for _, f := range zr.File {
		rc, err := f.Open()
		if err != nil {
			return nil, err
		}
		if parts[f.Name], err = io.ReadAll(rc); err != nil {
			return nil, err
		}
	}
	return parts, nil
}

// pack makes a zip of parts, as any program would.
func pack(parts map[string][]byte) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	var names []string
	for name := range parts {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write(parts[name])
		}
		if err != nil {
			panic(err) // a buffer takes everything
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// lines cuts a part into its lines, each with its end.
func lines(b []byte) [][]byte {
	l := bytes.SplitAfter(b, []byte("\n"))
	return l[:len(l)-1]
}

func join(l [][]byte) []byte { return bytes.Join(l, nil) }

// cut splits a line of the record before its salt.
func cut(line []byte) (entry, body []byte) {
	i := strings.Index(string(line), `"salt":`)
	if i < 0 {
		return line, nil
	}
	return line[:i], line[i:]
}

func digestOf(b []byte) seal.Digest { return sha256.Sum256(b) }

func base64Of(b []byte) string { return base64.StdEncoding.EncodeToString(b) }
