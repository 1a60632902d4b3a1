package paper

import (
	"slices"

	"stayput/fault"
)

// A Shelf is the papers that one office writes: the built-in ones, and its own over them.
// One of its own with the name of a built-in one takes its place. A nil Shelf holds the
// built-in ones alone.
type Shelf struct {
	own  map[string]*Paper
	gone map[string]*Paper // taken away: what was begun with one is still read with it
	bad  map[string]error  // its own that cannot be read
}

// Put adds a paper of the office's own.
func (s *Shelf) Put(p *Paper) {
	if s.own == nil {
		s.own = map[string]*Paper{}
	}
	s.own[p.ID] = p
}

// Keep adds a paper that was taken away, for what was begun with it.
func (s *Shelf) Keep(p *Paper) {
	if s.gone == nil {
		s.gone = map[string]*Paper{}
	}
	s.gone[p.ID] = p
}

// Fail says that a paper of the office's own cannot be read. A built-in one of that name
// is there still.
func (s *Shelf) Fail(id string, err error) {
	if s.bad == nil {
		s.bad = map[string]error{}
	}
	s.bad[id] = err
}

// Own is the office's own paper of a name, or nil.
func (s *Shelf) Own(id string) *Paper {
	if s == nil {
		return nil
	}
	return s.own[id]
}

// Bad is why the office's own paper of a name cannot be read, or nil.
func (s *Shelf) Bad(id string) error {
	if s == nil {
		return nil
	}
	return s.bad[id]
}

// Get is the paper of a name.
func (s *Shelf) Get(id string) (*Paper, error) {
	if s == nil {
		return Get(id)
	}
	if p := s.own[id]; p != nil {
		return p, nil
	}
	if BuiltIn(id) {
		return Get(id)
	}
	if p := s.gone[id]; p != nil {
		return p, nil
	}
	if err := s.bad[id]; err != nil {
		return nil, err
	}
	return nil, fault.New(fault.NotFound, fault.Position{}, "paper.unknown", "word", id, "nearest", fault.Nearest(id, s.IDs()))
}

// IDs lists the papers that can be written, by name.
func (s *Shelf) IDs() []string {
	if s == nil || len(s.own) == 0 {
		return IDs()
	}
	out := slices.Clone(IDs())
	for id := range s.own {
		out = append(out, id)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// BuiltIn reports that a paper of that name comes with the program.
func BuiltIn(id string) bool {
	_, yes := slices.BinarySearch(IDs(), id)
	return yes
}
