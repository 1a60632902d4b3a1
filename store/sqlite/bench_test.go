package sqlite

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"

	"stayput/desk"
)

func digestOf(b []byte) [32]byte { return sha256.Sum256(b) }

// One commit, forced to the disk, with 1 or 100 entries.
func BenchmarkAppend(b *testing.B) {
	for _, n := range []int{1, 100} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			k := keep(b, b.TempDir())
			for b.Loop() {
				k.write(b, func(x desk.Tx) error { return k.add(x, n, 300) })
			}
			b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "entries/s")
		})
	}
}

func BenchmarkRead10000(b *testing.B) {
	k := keep(b, b.TempDir())
	k.write(b, func(x desk.Tx) error { return k.add(x, 10_000, 300) })
	for b.Loop() {
		n := 0
		if err := k.Read(ctx, func(x desk.Tx) error {
			return x.Rows("s", "c", "", 0, func(desk.Row) error { n++; return nil })
		}); err != nil || n != 10_000 {
			b.Fatal(n, err)
		}
	}
}

// A search in a wall of 20,500 entries, which is more than any case has.
func BenchmarkSearch(b *testing.B) {
	k := keep(b, b.TempDir())
	words := strings.Fields("reunión escuela terapia habla minutos evaluación consentimiento maestra plan servicio casa lunes llamada correo carta respuesta")
	k.write(b, func(x desk.Tx) error {
		if err := k.add(x, 20_500, 50); err != nil {
			return err
		}
		for i := range 20_500 {
			var w []string
			for j := range 40 {
				w = append(w, words[(i*7+j*j*13+i*j)%len(words)]+fmt.Sprint((i*j)%97))
			}
			if err := x.Index("s", "c", "", fmt.Sprintf("e%d", i+1), strings.Join(w, " ")); err != nil {
				return err
			}
		}
		return nil
	})
	for _, q := range []string{"r", "reunion terap", "evaluacion12"} {
		b.Run(q, func(b *testing.B) {
			for b.Loop() {
				if err := k.Read(ctx, func(x desk.Tx) error {
					_, err := x.Search("s", "c", []desk.Wall{""}, q, 50)
					return err
				}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
