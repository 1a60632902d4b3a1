package web

import (
	"sync"
	"time"

	"stayput/desk"
	"stayput/intake/caseload"
	"stayput/people"
	"stayput/present/handover"
)

// What waits between two steps of an import.
const (
	parcelTime  = 2 * time.Hour
	mostParcels = 8
)

// A waiting is what somebody sent and has not confirmed yet.
type waiting struct {
	mu     sync.Mutex
	person people.PersonID
	until  time.Time
	title  string
	batch  string // of desk.NewName: the same form twice imports once
	done   string // where the import is shown once it was done
	parcel *handover.Parcel
	sheet  *sheetWaiting
	probes *probesWaiting
	log    *logWaiting
}

// A sheetWaiting is a spreadsheet between its steps.
type sheetWaiting struct {
	sheet    *caseload.Sheet
	mapping  caseload.Mapping
	defaults caseload.Defaults
	chosen   bool // the columns were confirmed
	known    bool // the columns were remembered from an earlier sheet
}

// parcels are what waits, in memory and in temporary files without a name: none
// of it survives the program, and nothing of it stands in an address.
type parcels struct {
	mu   sync.Mutex
	wait map[string]*waiting
}

// keepParcel keeps w and gives the name under which it waits.
func (s *Site) keepParcel(w *waiting) string {
	p := &s.parcels
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.wait == nil {
		p.wait = map[string]*waiting{}
	}
	now := s.now()
	w.until, w.batch = now.Add(parcelTime), desk.NewName()
	for k, x := range p.wait {
		if !now.Before(x.until) {
			p.drop(k)
		}
	}
	for len(p.wait) >= mostParcels {
		p.drop(p.spare(w.person))
	}
	name := desk.NewName()
	p.wait[name] = w
	return name
}

// spare is what has to go when somebody sends one more: the oldest of whoever has the
// most, so that nobody pushes out what others wait for.
func (p *parcels) spare(sends people.PersonID) (name string) {
	has := map[people.PersonID]int{sends: 1}
	for _, x := range p.wait {
		has[x.person]++
	}
	for k, x := range p.wait {
		y := p.wait[name]
		if y == nil || has[x.person] > has[y.person] || has[x.person] == has[y.person] && x.until.Before(y.until) {
			name = k
		}
	}
	return name
}

func (p *parcels) drop(name string) {
	p.wait[name].drop()
	delete(p.wait, name)
}

// takeParcel is what waits under a name for a person, or nil.
func (s *Site) takeParcel(name string, who desk.Who) *waiting {
	p := &s.parcels
	p.mu.Lock()
	defer p.mu.Unlock()
	w := p.wait[name]
	if w == nil || w.person != who.Person.ID || s.now().After(w.until) {
		return nil
	}
	return w
}

// drop lets go of the files, once nobody uses them.
func (w *waiting) drop() {
	go func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		if w.parcel != nil {
			w.parcel.Close()
			w.parcel = nil
		}
	}()
}
