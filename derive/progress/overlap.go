package progress

import (
	"math"
	"slices"
)

// An IndexName names an index and, where several ways of counting bear one name,
// the way.
type IndexName string

// The indices that compare two phases, A before and B after.
const (
	PND          IndexName = "pnd"           // Scruggs, Mastropieri and Casto 1987
	PEM          IndexName = "pem"           // Ma 2006; ties count half
	NAP          IndexName = "nap"           // Parker and Vannest 2009
	PANDMinimum  IndexName = "pand_minimum"  // Parker, Hagan-Burke and Vannest 2007, as defined
	PANDSort     IndexName = "pand_sort"     // the same, as worked out there by sorting
	IRDRobust    IndexName = "ird_robust"    // Parker, Vannest and Brown 2009; robust form
	Tau          IndexName = "tau"           // Parker, Vannest, Davis and Sauber 2011: A against B
	TauUA        IndexName = "tau_u_a"       // A against B less the trend in A
	TauUB        IndexName = "tau_u_b"       // A against B with the trend in B
	TauUFull     IndexName = "tau_u_full"    // A against B with the trend in B less the trend in A
	TauB         IndexName = "tau_b"         // Kendall's tau-b of score and phase
	TauCorrected IndexName = "tau_corrected" // Tarlow 2017
)

// An Index is one comparison of two phases.
type Index struct {
	Name  IndexName `json:"index"`
	Value Number    `json:"value"`
	Low   float64   `json:"lowest"`  // the smallest value the index can take here
	High  float64   `json:"highest"` // the largest
	S     int       `json:"s,omitempty"`
	Pairs int       `json:"pairs,omitempty"`
	Z     Number    `json:"z,omitzero"`
}

// both reports two phases of numbers.
func both(a, b []float64) bool { return len(a) > 0 && len(b) > 0 && finite(a, b) }

// wins counts the pairs of one value of A and one of B in which B is better, in
// which it is worse, and ties.
func wins(a, b []float64, falls bool) (better, worse, same int) {
	for _, x := range a {
		for _, y := range b {
			d := sign(y - x)
			if falls {
				d = -d
			}
			switch d {
			case 1:
				better++
			case -1:
				worse++
			default:
				same++
			}
		}
	}
	return better, worse, same
}

// pnd is the share of B beyond the best of A.
func pnd(a, b []float64, falls bool) float64 {
	a, b = flip(a, falls), flip(b, falls)
	best, n := slices.Max(a), 0
	for _, y := range b {
		if y > best {
			n++
		}
	}
	return float64(n) / float64(len(b))
}

// pem is the share of B beyond the median of A; a tie counts half.
func pem(a, b []float64, falls bool) float64 {
	a, b = flip(a, falls), flip(b, falls)
	m, _ := Median(a)
	n := 0.0
	for _, y := range b {
		switch sign(y - m) {
		case 1:
			n++
		case 0:
			n += 0.5
		}
	}
	return n / float64(len(b))
}

// kept is the most points that can stay so that every A that stays lies below
// every B that stays.
func kept(a, b []float64, falls bool) int {
	a, b = slices.Clone(flip(a, falls)), slices.Clone(flip(b, falls))
	slices.Sort(a)
	slices.Sort(b)
	most := len(b)
	above := 0 // values of B not above the i-th value of A
	for i, x := range a {
		for above < len(b) && b[above] <= x {
			above++
		}
		most = max(most, i+1+len(b)-above)
	}
	return most
}

// A Sorted is a two by two table: how many points of each phase stand where that
// phase would stand if nothing overlapped.
type Sorted struct{ AA, AB, BA, BB int }

// sorted fills the table for one child. Equal values keep A before B, so that a
// tie is no overlap.
func sorted(a, b []float64, falls bool) Sorted {
	a, b = flip(a, falls), flip(b, falls)
	type point struct {
		v   float64
		inB bool
	}
	all := make([]point, 0, len(a)+len(b))
	for _, v := range a {
		all = append(all, point{v, false})
	}
	for _, v := range b {
		all = append(all, point{v, true})
	}
	slices.SortStableFunc(all, func(p, q point) int { return sign(p.v - q.v) })
	var s Sorted
	for i, p := range all {
		switch {
		case i < len(a) && !p.inB:
			s.AA++
		case i < len(a):
			s.AB++
		case !p.inB:
			s.BA++
		default:
			s.BB++
		}
	}
	return s
}

// A Pair is the two phases of one child.
type Pair struct{ A, B []float64 }

// PooledPAND is PAND by sorting over several children, each sorted alone, with
// phi (Parker, Hagan-Burke and Vannest 2007). ok needs two phases of each child.
func PooledPAND(pairs []Pair, falls bool) (pand, phi Number, overlaps, n int, ok bool) {
	var s Sorted
	for _, p := range pairs {
		if !both(p.A, p.B) {
			return Number{}, Number{}, 0, 0, false
		}
		t := sorted(p.A, p.B, falls)
		s.AA, s.AB, s.BA, s.BB = s.AA+t.AA, s.AB+t.AB, s.BA+t.BA, s.BB+t.BB
	}
	n = s.AA + s.AB + s.BA + s.BB
	if n == 0 {
		return Number{}, Number{}, 0, 0, false
	}
	overlaps = s.AB + s.BA
	pand = known(1 - float64(overlaps)/float64(n))
	down := math.Sqrt(float64(s.AA+s.AB) * float64(s.BA+s.BB) * float64(s.AA+s.BA) * float64(s.AB+s.BB))
	if down > 0 {
		phi = known(float64(s.AA*s.BB-s.AB*s.BA) / down)
	}
	return pand, phi, overlaps, n, true
}

// trendS is Kendall's S of one phase against its order, better being up.
func trendS(vs []float64, falls bool) int {
	s := 0
	for i := range vs {
		for j := i + 1; j < len(vs); j++ {
			s += sign(vs[j] - vs[i])
		}
	}
	if falls {
		return -s
	}
	return s
}
