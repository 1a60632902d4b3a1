package bundle_test

import (
	"bytes"
	"fmt"
	"io"
	"testing"

	"stayput/present/bundle"
	"stayput/record/seal"
)

// A record of 10,000 entries is more than any child has.
func tenThousand(b *testing.B) *made {
	m := newMade(b, 1)
	for i := range 10000 {
		m.add(b, fmt.Sprintf("k%d", i), seal.Fact, fmt.Sprintf(`{"entry":{"on":"2025-02-21","kind":"contact","means":"phone","with":["principal","case manager"],"outcome":"reached","summary":"Asked why the plan came late, %d","response":"Accepted the meeting."}}`, i))
	}
	return m
}

func BenchmarkWrite10000(b *testing.B) {
	m := tenThousand(b)
	z := write(b, m.bundle())
	b.SetBytes(int64(len(z)))
	for b.Loop() {
		if err := bundle.Write(io.Discard, m.bundle()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkVerify10000(b *testing.B) {
	m := tenThousand(b)
	z := write(b, m.bundle())
	b.SetBytes(int64(len(z)))
	for b.Loop() {
		r, err := bundle.Verify(bytes.NewReader(z), int64(len(z)), bundle.Options{Key: m.key.Public, Since: m.given[5000]})
		if err != nil || r.Verdict != bundle.Since {
			b.Fatal(err, show(r))
		}
	}
}
