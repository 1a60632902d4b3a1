package progress

import "math"

// Needed in each phase before any index of a comparison is shown.
const (
	NeedBefore = 3
	NeedAfter  = 5
)

// A Comparison holds two phases against each other, A before and B after.
type Comparison struct {
	From       string     `json:"from,omitempty"` // the phase before, by its name
	To         string     `json:"to,omitempty"`
	M          int        `json:"before"` // points in A
	N          int        `json:"after"`  // points in B
	Enough     bool       `json:"enough"`
	Falls      bool       `json:"falls"` // lower is better
	Indices    []Index    `json:"indices,omitempty"`
	Corrected  Corrected  `json:"corrected,omitzero"`
	Medians    [2]Number  `json:"medians"`             // of A and of B, as measured
	Difference Number     `json:"difference,omitzero"` // mean of B less mean of A, as measured
	SMD        Number     `json:"smd,omitzero"`        // that difference in standard deviations of A (Glass)
	Phi        Number     `json:"phi,omitzero"`        // with PAND by sorting
	Trends     [2]Kendall `json:"-"`                   // of A and of B with their order, as measured
}

// Index is one index of the comparison by its name.
func (c Comparison) Index(name IndexName) (Index, bool) {
	for _, i := range c.Indices {
		if i.Name == name {
			return i, true
		}
	}
	return Index{}, false
}

// Compare holds two phases against each other for a page: with fewer than
// NeedBefore and NeedAfter points it says so and gives no index.
func Compare(a, b []Point, falls bool) Comparison {
	if len(a) < NeedBefore || len(b) < NeedAfter {
		return Comparison{M: len(a), N: len(b), Falls: falls}
	}
	xa, ya := axes(a, a[0].On)
	xb, yb := axes(b, a[0].On)
	return Indices(xa, ya, xb, yb, falls)
}

// Indices works out every index from two phases of any length of at least one.
// xa and xb are positions in time, which only baseline-corrected tau uses. What
// cannot be worked out is left out.
func Indices(xa, a, xb, b []float64, falls bool) Comparison {
	c := Comparison{M: len(a), N: len(b), Falls: falls}
	if !both(a, b) {
		return c
	}
	c.Enough = true
	m, n := float64(len(a)), float64(len(b))
	better, worse, same := wins(a, b, falls)
	s := better - worse
	mn := len(a) * len(b)
	add := func(name IndexName, v, low, high float64, s, pairs int) {
		c.Indices = append(c.Indices, Index{Name: name, Value: known(v), Low: low, High: high, S: s, Pairs: pairs})
	}
	add(PND, pnd(a, b, falls), 0, 1, 0, 0)
	add(PEM, pem(a, b, falls), 0, 1, 0, 0)
	add(NAP, (float64(better)+float64(same)/2)/(m*n), 0, 1, 0, mn)

	stay := float64(kept(a, b, falls)) / (m + n)
	add(PANDMinimum, stay, max(m, n)/(m+n), 1, 0, 0)
	pand, phi, _, _, _ := PooledPAND([]Pair{{a, b}}, falls)
	add(PANDSort, pand.V, 0, 1, 0, 0)
	c.Phi = phi
	add(IRDRobust, 1-(m+n)*(m+n)/(2*m*n)*(1-stay), 0, 1, 0, 0)

	ta, tb := trendS(a, falls), trendS(b, falls)
	pa, pb := len(a)*(len(a)-1)/2, len(b)*(len(b)-1)/2
	add(Tau, float64(s)/float64(mn), -1, 1, s, mn)
	if z := known(float64(s) / math.Sqrt(m*n*(m+n+1)/3)); z.Known {
		c.Indices[len(c.Indices)-1].Z = z
	}
	add(TauUA, float64(s-ta)/float64(mn), -1-float64(pa)/float64(mn), 1+float64(pa)/float64(mn), s-ta, mn)
	add(TauUB, float64(s+tb)/float64(mn+pb), -1, 1, s+tb, mn+pb)
	add(TauUFull, float64(s+tb-ta)/float64(mn+pb+pa), -1, 1, s+tb-ta, mn+pb+pa)

	if k, ok := BaselineCorrected(xa, a, xb, b, falls); ok {
		c.Corrected = k
		if k.Plain.Known {
			add(TauB, k.Plain.V, -1, 1, k.PlainS, 0)
		}
		if k.Value.Known {
			add(TauCorrected, k.Value.V, -1, 1, k.S, 0)
		}
	}
	ma, _ := Median(a)
	mb, _ := Median(b)
	c.Medians = [2]Number{known(ma), known(mb)}
	c.Difference = known(mean(b) - mean(a))
	if sd, ok := deviation(a); ok && sd > 0 {
		c.SMD = known((mean(b) - mean(a)) / sd)
	}
	c.Trends[0], _ = KendallOf(order(len(a)), a)
	c.Trends[1], _ = KendallOf(order(len(b)), b)
	return c
}

// order is 1, 2, … n.
func order(n int) []float64 {
	xs := make([]float64, n)
	for i := range xs {
		xs[i] = float64(i + 1)
	}
	return xs
}
