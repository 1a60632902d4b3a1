package servicelog

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"stayput/fault"
	"stayput/intake/caseload"
)

// A Target is what a column is taken for.
type Target string

// The targets.
const (
	Ignore   Target = "ignore"
	Date     Target = "date"
	Service  Target = "service"
	Minutes  Target = "minutes"  // given; of a missed session those it should have had
	Planned  Target = "planned"  // how long it should have been
	Outcome  Target = "outcome"  // what came of it
	Reason   Target = "reason"   //
	Provider Target = "provider" //
	Delivery Target = "delivery" // alone or in a group
	Setting  Target = "setting"  // where
	Start    Target = "start"    // the time of day it began
	Makes    Target = "makes"    // of a make-up: the day that it makes up
	Child    Target = "child"    // whose session it was
	Note     Target = "note"
)

// Targets are all targets, in the order in which they are offered.
func Targets() []Target {
	return []Target{Date, Service, Minutes, Outcome, Reason, Provider, Planned, Start, Delivery, Setting, Makes, Child, Note, Ignore}
}

// An Assignment is what one column is taken for.
type Assignment struct {
	Column int            `json:"column"` // from 0
	Header string         `json:"header,omitempty"`
	Target Target         `json:"target"`
	Order  caseload.Order `json:"order,omitempty"` // of the numbers of a date
}

// A Mapping is what every column is taken for. It is kept by the fingerprint of
// the header it was made for.
type Mapping struct {
	Fingerprint string       `json:"fingerprint"`
	Columns     []Assignment `json:"columns"`
}

// ReadMapping reads a mapping that was kept as JSON.
func ReadMapping(data []byte) (Mapping, error) {
	var m Mapping
	if err := json.Unmarshal(data, &m); err != nil {
		return Mapping{}, fault.New(fault.Invalid, fault.Position{}, "servicelog.mapping_unreadable").Wrap(err)
	}
	return m, nil
}

// With is the mapping with one column taken for something else; whatever column
// had the target before is ignored.
func (m Mapping) With(column int, t Target) Mapping {
	m.Columns = slices.Clone(m.Columns)
	found := false
	for i := range m.Columns {
		a := &m.Columns[i]
		if a.Column == column {
			a.Target, found = t, true
		} else if a.Target == t && t != Note {
			a.Target = Ignore
		}
	}
	if !found {
		m.Columns = append(m.Columns, Assignment{Column: column, Target: t})
	}
	return m
}

// of is the column of a target, or -1.
func (m Mapping) of(t Target) int {
	for _, a := range m.Columns {
		if a.Target == t {
			return a.Column
		}
	}
	return -1
}

// Guess takes each column for what its header says.
func (f *File) Guess() Mapping {
	m := Mapping{Fingerprint: f.Fingerprint}
	used := map[Target]bool{}
	for _, c := range f.Columns {
		t := guess(c.Header)
		if c.Refused || used[t] && t != Note {
			t = Ignore
		}
		used[t] = true
		m.Columns = append(m.Columns, Assignment{Column: c.Index, Header: c.Header, Target: t})
	}
	return m
}

// Check is what is wrong with a mapping for this file.
func (f *File) Check(m Mapping) fault.List {
	var bad fault.List
	fail := func(column int, key string, pairs ...string) {
		bad = append(bad, fault.New(fault.Invalid, fault.Position{File: f.Name, Line: f.HeaderRow, Column: column + 1}, key, pairs...))
	}
	if m.Fingerprint != "" && m.Fingerprint != f.Fingerprint {
		fail(-1, "servicelog.mapping_other_header")
		return bad
	}
	used := map[Target]int{}
	seen := map[int]bool{}
	for _, a := range m.Columns {
		letter := caseload.Letter(max(a.Column, 0))
		switch other, twice := used[a.Target]; {
		case !slices.Contains(Targets(), a.Target):
			fail(a.Column, "servicelog.mapping_unknown", "column", letter, "target", cut(string(a.Target), 40))
		case a.Target == Ignore:
		case a.Column < 0 || a.Column >= len(f.Columns):
			fail(-1, "servicelog.mapping_no_column", "n", strconv.Itoa(a.Column+1))
		case seen[a.Column]:
			fail(a.Column, "servicelog.mapping_twice", "column", letter)
		case f.Columns[a.Column].Refused:
			fail(a.Column, "servicelog.mapping_refused", "column", letter)
		case twice && a.Target != Note:
			fail(a.Column, "servicelog.mapping_same_target", "column", letter, "other", caseload.Letter(other))
		}
		if a.Target != Ignore {
			seen[a.Column] = true
			used[a.Target] = a.Column
		}
	}
	if _, ok := used[Date]; !ok {
		fail(-1, "servicelog.mapping_no_date")
	}
	_, minutes := used[Minutes]
	if _, outcome := used[Outcome]; !minutes && !outcome {
		fail(-1, "servicelog.mapping_no_minutes")
	}
	return bad
}

// exact are headers that mean one thing, folded.
var exact = map[string]Target{
	"date": Date, "session date": Date, "service date": Date, "date of service": Date, "dos": Date, "day": Date, "date of session": Date, "fecha": Date,
	"fecha del servicio": Date, "fecha de la sesion": Date, "fecha de servicio": Date, "dia": Date, "log date": Date, "start date": Date,
	"service": Service, "service name": Service, "service type": Service, "type of service": Service, "related service": Service, "services": Service,
	"servicio": Service, "tipo de servicio": Service, "service code": Service, "special education service code": Service, "therapy": Service, "terapia": Service,
	"minutes": Minutes, "min": Minutes, "mins": Minutes, "duration": Minutes, "minutes provided": Minutes, "actual minutes": Minutes, "minutes delivered": Minutes,
	"minutes of service": Minutes, "time in minutes": Minutes, "total minutes": Minutes, "duration minutes": Minutes, "length": Minutes, "minutos": Minutes,
	"duracion": Minutes, "minutos dados": Minutes, "minutes served": Minutes, "delivered minutes": Minutes, "session length": Minutes, "duration min": Minutes,
	"planned minutes": Planned, "scheduled minutes": Planned, "minutes planned": Planned, "minutes scheduled": Planned, "required minutes": Planned,
	"minutes required": Planned, "minutos previstos": Planned, "minutos programados": Planned, "planned": Planned, "iep minutes": Planned,
	"outcome": Outcome, "status": Outcome, "session status": Outcome, "attendance": Outcome, "result": Outcome, "attendance status": Outcome, "delivered": Outcome,
	"estado": Outcome, "resultado": Outcome, "asistencia": Outcome, "service status": Outcome, "disposition": Outcome, "attendance code": Outcome,
	"reason": Reason, "reason missed": Reason, "reason not provided": Reason, "why": Reason, "reason for absence": Reason, "motivo": Reason, "razon": Reason,
	"provider": Provider, "therapist": Provider, "service provider": Provider, "provider name": Provider, "staff": Provider, "clinician": Provider, "slp": Provider,
	"teacher": Provider, "proveedor": Provider, "proveedora": Provider, "terapeuta": Provider, "maestro": Provider, "maestra": Provider, "logged by": Provider,
	"delivery": Delivery, "group individual": Delivery, "individual group": Delivery, "group": Delivery, "session type": Delivery, "modalidad": Delivery,
	"grupo": Delivery, "delivery model": Delivery, "service delivery": Delivery, "group size": Delivery, "model": Delivery, "individual o grupo": Delivery,
	"setting": Setting, "location": Setting, "place": Setting, "lugar": Setting, "service location": Setting, "ubicacion": Setting,
	"start": Start, "start time": Start, "time": Start, "time in": Start, "begin time": Start, "hora": Start, "hora de inicio": Start, "inicio": Start,
	"makes up": Makes, "make up for": Makes, "makeup for": Makes, "makes": Makes, "missed date": Makes, "date made up": Makes, "repone": Makes, "makeup for date": Makes,
	"original date": Makes, "sesion que repone": Makes, "repone la sesion del": Makes,
	"student": Child, "student name": Child, "child": Child, "name": Child, "client": Child, "client name": Child, "pupil": Child, "alumno": Child, "alumna": Child,
	"estudiante": Child, "nombre": Child, "nino": Child, "nina": Child, "child name": Child,
	"note": Note, "notes": Note, "comment": Note, "comments": Note, "nota": Note, "notas": Note, "comentarios": Note, "observaciones": Note, "session notes": Note,
	"description": Note, "activity": Note,
}

// guess takes a header for a target.
func guess(head string) Target {
	if head == "" || len(head) > 120 || caseload.RefusedHeader(head) != "" {
		return Ignore
	}
	h := caseload.Fold(head)
	if t, ok := exact[h]; ok {
		return t
	}
	w := strings.Fields(h)
	has := func(any ...string) bool {
		return slices.ContainsFunc(w, func(x string) bool { return slices.Contains(any, x) })
	}
	switch {
	case len(w) > 6 || has("birth", "dob", "nacimiento", "end", "fin"):
	case has("minutes", "minutos", "mins") && has("planned", "scheduled", "required", "programados", "previstos", "iep"):
		return Planned
	case has("minutes", "minutos", "mins", "duration", "duracion"):
		return Minutes
	case has("date", "fecha") && has("session", "service", "sesion", "servicio"):
		return Date
	case has("reason", "motivo", "razon"):
		return Reason
	case has("attendance", "asistencia", "outcome", "status"):
		return Outcome
	case has("provider", "therapist", "proveedor", "terapeuta", "clinician"):
		return Provider
	}
	return Ignore
}
