package pdf

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"sort"
)

// subset is a font with only some of its shapes, under their old numbers, and without
// hints for screens. What a PDF reader does not ask for is left out.
func subset(data []byte, used []int) []byte {
	t := tablesOf(data)
	head, hhea, maxp, hmtx := slices.Clone(t["head"]), slices.Clone(t["hhea"]), slices.Clone(t["maxp"]), t["hmtx"]
	long := be16(head, 50) == 1
	all := be16(maxp, 4)
	shape := func(g int) []byte { return shapeOf(t["loca"], t["glyf"], long, g, all) }
	keep := closure(used, shape)
	n := keep[len(keep)-1] + 1

	metrics := max(1, be16(hhea, 34))
	var glyf []byte
	loca := make([]byte, 4*(n+1))
	widths := make([]byte, 4*n)
	at := 0
	for g := range n {
		binary.BigEndian.PutUint32(loca[4*g:], uint32(len(glyf)))
		if at < len(keep) && keep[at] == g {
			at++
			glyf = append(glyf, unhinted(shape(g))...)
			for len(glyf)%4 != 0 {
				glyf = append(glyf, 0)
			}
			m := min(g, metrics-1)
			copy(widths[4*g:4*g+2], hmtx[4*m:])
			if g < metrics {
				copy(widths[4*g+2:4*g+4], hmtx[4*g+2:])
			} else {
				copy(widths[4*g+2:4*g+4], hmtx[4*metrics+2*(g-metrics):])
			}
		}
	}
	binary.BigEndian.PutUint32(loca[4*n:], uint32(len(glyf)))
	if len(glyf) == 0 {
		glyf = make([]byte, 4)
	}
	binary.BigEndian.PutUint16(head[50:], 1)
	binary.BigEndian.PutUint32(head[8:], 0)
	binary.BigEndian.PutUint16(hhea[34:], uint16(n))
	binary.BigEndian.PutUint16(maxp[4:], uint16(n))
	return join(map[string][]byte{"glyf": glyf, "head": head, "hhea": hhea, "hmtx": widths, "loca": loca, "maxp": maxp})
}

// closure is the shapes that some shapes are made of, in order, with the empty box that
// every font begins with.
func closure(used []int, shape func(int) []byte) []int {
	seen := map[int]bool{}
	todo := append([]int{0}, used...)
	for len(todo) > 0 {
		g := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[g] {
			continue
		}
		seen[g] = true
		parts(shape(g), func(at int) { todo = append(todo, be16(shape(g), at+2)) })
	}
	out := make([]int, 0, len(seen))
	for g := range seen {
		out = append(out, g)
	}
	sort.Ints(out)
	return out
}

const (
	wordArgs    = 1 << 0
	oneScale    = 1 << 3
	moreParts   = 1 << 5
	twoScales   = 1 << 6
	fourScales  = 1 << 7
	partsHinted = 1 << 8
)

// parts visits the parts of a shape that is made of others, and gives where they end.
func parts(s []byte, visit func(at int)) (end int) {
	if len(s) < 10 || be16(s, 0) < 0x8000 { // the count of contours is not negative
		return 0
	}
	for at := 10; at+4 <= len(s); {
		flags := be16(s, at)
		visit(at)
		at += 6
		if flags&wordArgs != 0 {
			at += 2
		}
		switch {
		case flags&oneScale != 0:
			at += 2
		case flags&twoScales != 0:
			at += 4
		case flags&fourScales != 0:
			at += 8
		}
		if flags&moreParts == 0 {
			return min(at, len(s))
		}
	}
	return len(s)
}

// unhinted is a shape without its program.
func unhinted(s []byte) []byte {
	if len(s) < 10 {
		return s
	}
	out := slices.Clone(s)
	var heads []int
	if end := parts(s, func(at int) { heads = append(heads, at) }); end > 0 {
		for _, at := range heads {
			binary.BigEndian.PutUint16(out[at:], uint16(be16(out, at)&^partsHinted))
		}
		return out[:end]
	}
	at := 10 + 2*be16(s, 0)
	if at+2 > len(s) {
		return s
	}
	skip := at + 2 + be16(s, at)
	if skip > len(s) {
		return s
	}
	out[at], out[at+1] = 0, 0
	return append(out[:at+2], s[skip:]...)
}

// shapeOf is the bytes of one shape; none for a space.
func shapeOf(loca, glyf []byte, long bool, g, all int) []byte {
	if g < 0 || g >= all {
		return nil
	}
	var from, to int
	if long {
		from, to = int(binary.BigEndian.Uint32(loca[4*g:])), int(binary.BigEndian.Uint32(loca[4*g+4:]))
	} else {
		from, to = 2*be16(loca, 2*g), 2*be16(loca, 2*g+2)
	}
	if from >= to || to > len(glyf) {
		return nil
	}
	return glyf[from:to]
}

func be16(b []byte, at int) int { return int(binary.BigEndian.Uint16(b[at:])) }

// tablesOf are the tables of a font file.
func tablesOf(data []byte) map[string][]byte {
	out := map[string][]byte{}
	for i := range be16(data, 4) {
		at := 12 + 16*i
		from := binary.BigEndian.Uint32(data[at+8:])
		out[string(data[at:at+4])] = data[from : from+binary.BigEndian.Uint32(data[at+12:])]
	}
	return out
}

// join makes a font file of tables.
func join(tables map[string][]byte) []byte {
	names := make([]string, 0, len(tables))
	for n := range tables {
		names = append(names, n)
	}
	sort.Strings(names)
	n := len(names)
	log := bits.Len(uint(n)) - 1
	power := 1 << log // the largest power of two below
	out := []byte{0, 1, 0, 0}
	for _, v := range [...]int{n, power * 16, log, (n - power) * 16} {
		out = binary.BigEndian.AppendUint16(out, uint16(v))
	}
	at := 12 + 16*n
	headAt := 0
	for _, name := range names {
		t := tables[name]
		out = append(out, name...)
		out = binary.BigEndian.AppendUint32(out, sum(t))
		out = binary.BigEndian.AppendUint32(out, uint32(at))
		out = binary.BigEndian.AppendUint32(out, uint32(len(t)))
		if name == "head" {
			headAt = at
		}
		at += (len(t) + 3) &^ 3
	}
	for _, name := range names {
		out = append(out, tables[name]...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	binary.BigEndian.PutUint32(out[headAt+8:], 0xB1B0AFBA-sum(out))
	return out
}

// sum is the checksum of a table.
func sum(t []byte) uint32 {
	var s uint32
	for len(t) >= 4 {
		s += binary.BigEndian.Uint32(t)
		t = t[4:]
	}
	var last [4]byte
	copy(last[:], t)
	return s + binary.BigEndian.Uint32(last[:])
}
