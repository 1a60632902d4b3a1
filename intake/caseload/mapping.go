package caseload

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"stayput/fact"
	"stayput/fault"
)

// A Target is what a column is taken for.
type Target string

// The targets.
const (
	Ignore         Target = "ignore"
	Child          Target = "child"           // the child's name
	ChildFirst     Target = "child_first"     // the first name, where a sheet has two columns
	ChildLast      Target = "child_last"      // the last name
	Title          Target = "title"           // the title of the case
	Born           Target = "born"            // date of birth
	Grade          Target = "grade"           //
	District       Target = "district"        //
	Jurisdiction   Target = "jurisdiction"    // the state
	School         Target = "school"          // kept as a note
	LastIEP        Target = "last_iep"        // the latest yearly review
	LastEvaluation Target = "last_evaluation" // the latest evaluation or reevaluation
	IEPDue         Target = "iep_due"         // kept as a note: due dates are worked out from facts
	EvaluationDue  Target = "evaluation_due"  // kept as a note
	RequestOn      Target = "request_on"      // the day a request was made
	RequestKind    Target = "request_kind"    // what was asked for
	Requests       Target = "requests"        // what was asked for and when, in one cell
	ConsentOn      Target = "consent_on"      // the day consent to an evaluation was signed
	HomeLanguage   Target = "home_language"   //
	OutsideID      Target = "outside_id"      // a case number, or an id of another program
	Note           Target = "note"            // kept as a note under its header
)

// Targets are all targets, in the order in which they are offered.
func Targets() []Target {
	return []Target{Child, ChildFirst, ChildLast, Title, Born, Grade, District, Jurisdiction, School, LastIEP, LastEvaluation,
		RequestOn, RequestKind, Requests, ConsentOn, HomeLanguage, OutsideID, IEPDue, EvaluationDue, Note, Ignore}
}

// Dated reports that a column of this target holds dates.
func (t Target) Dated() bool {
	switch t {
	case Born, LastIEP, LastEvaluation, RequestOn, ConsentOn:
		return true
	}
	return false
}

// many reports that several columns may have this target.
func (t Target) many() bool { return t == Ignore || t == Note || t == Requests }

// An Order is how the numbers of a date such as 3/9/2025 are read.
type Order string

// The orders; the empty one is decided by the column.
const (
	ByColumn   Order = ""
	MonthFirst Order = "month_first"
	DayFirst   Order = "day_first"
)

// An Assignment is what one column is taken for.
type Assignment struct {
	Column int    `json:"column"` // from 0
	Header string `json:"header,omitempty"`
	Target Target `json:"target"`
	Order  Order  `json:"order,omitempty"` // of dates
	// Kind is what was asked for when no column says so: a word of the
	// vocabulary, for the target request_on.
	Kind string `json:"kind,omitempty"`
}

// A Mapping is what every column is taken for. It is kept by the fingerprint of
// the header it was made for.
type Mapping struct {
	Fingerprint string       `json:"fingerprint"`
	Columns     []Assignment `json:"columns"`
}

// Of is what a column is taken for.
func (m Mapping) Of(column int) Target {
	for _, a := range m.Columns {
		if a.Column == column {
			return a.Target
		}
	}
	return Ignore
}

// With is the mapping with one column taken for something else; whatever single
// column had the target before is ignored.
func (m Mapping) With(column int, t Target) Mapping {
	m.Columns = slices.Clone(m.Columns)
	found := false
	for i := range m.Columns {
		a := &m.Columns[i]
		if a.Column == column {
			a.Target, found = t, true
		} else if a.Target == t && !t.many() {
			a.Target = Ignore
		}
	}
	if !found {
		m.Columns = append(m.Columns, Assignment{Column: column, Target: t})
	}
	return m
}

// WithOrder is the mapping with the order of dates of one column.
func (m Mapping) WithOrder(column int, o Order) Mapping {
	m.Columns = slices.Clone(m.Columns)
	for i := range m.Columns {
		if m.Columns[i].Column == column {
			m.Columns[i].Order = o
		}
	}
	return m
}

// ReadMapping reads a mapping that was kept as JSON.
func ReadMapping(data []byte) (Mapping, error) {
	var m Mapping
	if err := json.Unmarshal(data, &m); err != nil {
		return Mapping{}, fault.New(fault.Invalid, fault.Position{}, "caseload.mapping_unreadable").Wrap(err)
	}
	return m, nil
}

// Guess takes each column for what its header says. What is not recognized is
// ignored.
func Guess(header []string) Mapping {
	m := Mapping{Fingerprint: Fingerprint(header), Columns: make([]Assignment, len(header))}
	scores := make([]int, len(header))
	for i, h := range header {
		m.Columns[i] = Assignment{Column: i, Header: h, Target: Ignore}
		if refusal(h) == "" {
			m.Columns[i].Target, scores[i] = guess(h)
		}
	}
	has := func(t Target) int {
		return slices.IndexFunc(m.Columns, func(a Assignment) bool { return a.Target == t })
	}
	// "Name" beside "Last name" is the first name.
	if has(ChildLast) >= 0 && has(ChildFirst) < 0 {
		if i := has(Child); i >= 0 && slices.Contains([]string{"name", "nombre", "nombres", "student", "alumno"}, fold(header[i])) {
			m.Columns[i].Target = ChildFirst
		}
	}
	best := map[Target]int{}
	for i, a := range m.Columns {
		if a.Target.many() {
			continue
		}
		j, taken := best[a.Target]
		if !taken {
			best[a.Target] = i
			continue
		}
		loser := i
		if scores[i] > scores[j] {
			best[a.Target], loser = i, j
		}
		t := Ignore
		switch a.Target {
		case OutsideID, School, IEPDue, EvaluationDue, RequestKind:
			t = Note
		}
		m.Columns[loser].Target = t
	}
	return m
}

// Guess is the mapping for this sheet; refused columns are ignored.
func (s *Sheet) Guess() Mapping {
	m := Guess(s.Headers())
	for i, c := range s.Columns {
		if c.Refused != "" {
			m.Columns[i].Target = Ignore
		}
	}
	return m
}

// Check is what is wrong with a mapping for this sheet.
func (s *Sheet) Check(m Mapping) fault.List {
	var bad fault.List
	at := fault.Position{File: s.File, Line: s.HeaderRow}
	fail := func(column int, key string, pairs ...string) {
		p := at
		p.Column = column + 1
		bad = append(bad, fault.New(fault.Invalid, p, key, pairs...))
	}
	if m.Fingerprint != "" && m.Fingerprint != s.Fingerprint {
		fail(-1, "caseload.mapping_other_header")
		return bad
	}
	used := map[Target]int{}
	seen := map[int]bool{}
	for _, a := range m.Columns {
		if a.Column < 0 || a.Column >= len(s.Columns) {
			if a.Target != Ignore {
				fail(-1, "caseload.mapping_no_column", "n", strconv.Itoa(a.Column+1))
			}
			continue
		}
		c := s.Columns[a.Column]
		switch {
		case seen[a.Column]:
			fail(a.Column, "caseload.mapping_twice", "column", c.Letter)
		case !slices.Contains(Targets(), a.Target):
			fail(a.Column, "caseload.mapping_unknown", "column", c.Letter, "target", cut(string(a.Target), 40))
		case a.Order != ByColumn && a.Order != MonthFirst && a.Order != DayFirst:
			fail(a.Column, "caseload.mapping_unknown", "column", c.Letter, "target", cut(string(a.Order), 40))
		case c.Refused != "" && a.Target != Ignore:
			if c.Refused == Immigration {
				fail(a.Column, "caseload.refused_immigration", "column", c.Letter, "header", called(c))
			} else {
				fail(a.Column, "caseload.refused_ssn", "column", c.Letter, "header", called(c))
			}
		case a.Kind != "" && !known(a.Kind):
			fail(a.Column, "case.unknown_kind", "kind", cut(a.Kind, 40))
		}
		seen[a.Column] = true
		if !a.Target.many() {
			if other, twice := used[a.Target]; twice {
				fail(a.Column, "caseload.mapping_same_target", "column", c.Letter, "other", Letter(other))
			}
			used[a.Target] = a.Column
		}
	}
	_, child := used[Child]
	_, one := used[ChildFirst]
	_, two := used[ChildLast]
	_, title := used[Title]
	if !child && !one && !two && !title {
		fail(-1, "caseload.no_name_column")
	}
	return bad
}

func known(kind string) bool { _, ok := fact.Lookup(kind); return ok }

// exact are headers that mean one thing when they stand alone, folded.
var exact = map[string]Target{
	"name": Child, "nombre": Child, "student": Child, "child": Child, "pupil": Child, "client": Child, "alumno": Child, "alumna": Child,
	"estudiante": Child, "nino": Child, "nina": Child, "hijo": Child, "hija": Child, "cliente": Child, "full name": Child, "nombre completo": Child,
	"last first": Child, "student last first": Child, "nombre y apellido": Child, "nombre y apellidos": Child, "apellidos y nombre": Child,
	"first": ChildFirst, "last": ChildLast, "first name": ChildFirst, "last name": ChildLast, "surname": ChildLast, "nombres": ChildFirst, "nombre s": ChildFirst,
	"apellido": ChildLast, "apellidos": ChildLast, "apellido s": ChildLast, "given name": ChildFirst, "family name": ChildLast,
	"case": Title, "case title": Title, "case name": Title, "matter": Title, "matter name": Title, "title": Title, "caso": Title, "titulo": Title,
	"asunto": Title, "titulo del caso": Title, "nombre del caso": Title,
	"dob": Born, "born": Born, "birthdate": Born, "birth date": Born, "birthday": Born, "date of birth": Born, "fdn": Born, "fecha de nac": Born,
	"fecha nac": Born, "fecha de nacimiento": Born, "nacimiento": Born, "f nacimiento": Born, "nacido": Born, "bdate": Born, "student dob": Born,
	"grade": Grade, "gr": Grade, "grade level": Grade, "grado": Grade, "grd": Grade, "current grade": Grade, "grado escolar": Grade,
	"district": District, "lea": District, "dist": District, "school district": District, "distrito": District, "distrito escolar": District,
	"district of residence": District, "dor": District, "district of service": District, "responsible district": District, "sau": District,
	"state": Jurisdiction, "jurisdiction": Jurisdiction, "estado": Jurisdiction, "jurisdiccion": Jurisdiction, "st": Jurisdiction,
	"school": School, "school name": School, "site": School, "campus": School, "escuela": School, "plantel": School, "school of attendance": School,
	"iep": LastIEP, "last iep": LastIEP, "iep date": LastIEP, "annual iep": LastIEP, "last annual": LastIEP, "annual": LastIEP, "last annual iep": LastIEP,
	"date of last iep": LastIEP, "last iep date": LastIEP, "iep meeting date": LastIEP, "current iep date": LastIEP, "last annual review": LastIEP,
	"annual review": LastIEP, "annual review date": LastIEP, "last ard": LastIEP, "ultimo iep": LastIEP, "ultimo pei": LastIEP, "fecha del iep": LastIEP,
	"fecha del ultimo iep": LastIEP, "iep anual": LastIEP, "pei": LastIEP, "ultima reunion del iep": LastIEP, "ultima junta del iep": LastIEP,
	"evaluation": LastEvaluation, "eval": LastEvaluation, "eval date": LastEvaluation, "last eval": LastEvaluation, "last evaluation": LastEvaluation,
	"last triennial": LastEvaluation, "triennial": LastEvaluation, "tri": LastEvaluation, "last tri": LastEvaluation, "re eval": LastEvaluation,
	"reeval": LastEvaluation, "last re eval": LastEvaluation, "last assessment": LastEvaluation, "evaluation date": LastEvaluation, "last fie": LastEvaluation,
	"ultima evaluacion": LastEvaluation, "evaluacion": LastEvaluation, "ultima trienal": LastEvaluation, "trienal": LastEvaluation, "evaluacion trienal": LastEvaluation,
	"fecha de evaluacion": LastEvaluation, "fecha de la ultima evaluacion": LastEvaluation,
	"iep due": IEPDue, "next iep": IEPDue, "annual due": IEPDue, "iep due date": IEPDue, "next annual": IEPDue, "vence el iep": IEPDue, "proximo iep": IEPDue,
	"eval due": EvaluationDue, "triennial due": EvaluationDue, "tri due": EvaluationDue, "next triennial": EvaluationDue, "next eval": EvaluationDue,
	"proxima evaluacion": EvaluationDue, "proxima trienal": EvaluationDue,
	"request": Requests, "requests": Requests, "open requests": Requests, "open request": Requests, "pending requests": Requests, "solicitudes": Requests,
	"solicitudes abiertas": Requests, "solicitudes pendientes": Requests, "solicitud": Requests, "pedidos": Requests,
	"request date": RequestOn, "date of request": RequestOn, "requested": RequestOn, "requested on": RequestOn, "request made on": RequestOn,
	"date requested": RequestOn, "referral date": RequestOn, "fecha de solicitud": RequestOn, "fecha de la solicitud": RequestOn, "solicitado": RequestOn,
	"solicitado el": RequestOn, "fecha del pedido": RequestOn,
	"request kind": RequestKind, "request type": RequestKind, "type of request": RequestKind, "kind of request": RequestKind, "requested what": RequestKind,
	"tipo de solicitud": RequestKind, "que se pidio": RequestKind, "que se solicito": RequestKind, "clase de solicitud": RequestKind,
	"consent": ConsentOn, "consent date": ConsentOn, "consent signed": ConsentOn, "consent signed on": ConsentOn, "ap signed": ConsentOn,
	"assessment plan signed": ConsentOn, "consentimiento": ConsentOn, "consentimiento firmado": ConsentOn, "fecha de consentimiento": ConsentOn,
	"consent received": ConsentOn, "consentimiento firmado el": ConsentOn, "plan de evaluacion firmado": ConsentOn,
	"language": HomeLanguage, "home language": HomeLanguage, "primary language": HomeLanguage, "idioma": HomeLanguage, "lengua": HomeLanguage,
	"idioma del hogar": HomeLanguage, "idioma materno": HomeLanguage, "lengua materna": HomeLanguage, "native language": HomeLanguage, "parent language": HomeLanguage,
	"id": OutsideID, "ssid": OutsideID, "case number": OutsideID, "case no": OutsideID, "student id": OutsideID, "sasid": OutsideID,
	"osis": OutsideID, "local id": OutsideID, "perm id": OutsideID, "case id": OutsideID, "matter number": OutsideID, "matter no": OutsideID, "matter id": OutsideID,
	"file number": OutsideID, "file no": OutsideID, "state id": OutsideID, "student number": OutsideID, "lasid": OutsideID, "seis id": OutsideID, "wiseid": OutsideID,
	"numero de caso": OutsideID, "num de caso": OutsideID, "no de caso": OutsideID, "expediente": OutsideID, "numero de expediente": OutsideID, "id del estudiante": OutsideID,
	"note": Note, "notes": Note, "comment": Note, "comments": Note, "remarks": Note, "nota": Note, "notas": Note, "comentario": Note, "comentarios": Note,
	"observaciones": Note, "case manager": Note, "case carrier": Note, "attorney": Note, "advocate": Note, "next steps": Note, "concerns": Note,
	"encargado": Note, "encargada": Note, "encargado del caso": Note, "encargada del caso": Note, "abogado": Note, "abogada": Note, "status": Note, "estado del caso": Note,
}

// guess takes one header for a target; the score is 2 for a header that is known
// as it stands, 1 for one whose words say enough, 0 for none.
func guess(head string) (Target, int) {
	if head == "" || len(head) > 100 || refusal(head) != "" {
		return Ignore, 0
	}
	hash := strings.Contains(head, "#")
	h := fold(head)
	if t, ok := exact[h]; ok && !(hash && (t == Title || t == Child)) {
		return t, 2
	}
	words := strings.Fields(h)
	has := func(any ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(any, w) })
	}
	iep := has("iep", "ieps", "pei", "annual", "anual", "ard")
	eval := has("eval", "evals", "evaluation", "assessment", "assessments", "triennial", "tri", "reeval", "reevaluation", "psychoeducational",
		"evaluacion", "evaluaciones", "reevaluacion", "trienal", "fie")
	switch {
	case len(words) > 8:
	case has("parent", "parents", "guardian", "mother", "father", "padre", "madre", "padres", "tutor", "teacher", "maestro", "maestra", "phone", "telefono",
		"email", "correo", "address", "direccion", "evaluator", "evaluador", "psychologist", "psicologo"):
	case has("due", "next", "upcoming", "deadline", "expires", "vence", "vencimiento", "proximo", "proxima", "limite") && (iep || eval):
		if eval && !has("iep") {
			return EvaluationDue, 1
		}
		return IEPDue, 1
	case has("dob", "birth", "birthdate", "birthday", "nacimiento"):
		return Born, 1
	case has("consent", "consentimiento") || has("signed", "firmado") && has("plan"):
		if !has("services", "servicios", "insurance", "photo", "medical", "release") {
			return ConsentOn, 1
		}
	case has("request", "requests", "requested", "referral", "solicitud", "solicitudes", "solicitado", "pedido"):
		switch {
		case has("type", "kind", "tipo", "clase"):
			return RequestKind, 1
		case has("open", "pending", "abiertas", "abierta", "pendientes"):
			return Requests, 1
		case has("date", "on", "fecha", "made", "requested", "el"):
			return RequestOn, 1
		}
	case has("number", "no", "num", "numero", "id", "identifier") || hash:
		if has("case", "student", "matter", "file", "caso", "expediente", "estudiante", "alumno", "local", "state", "client", "pupil", "child") {
			return OutsideID, 1
		}
	case eval && !has("type", "by", "kind", "status", "report", "result", "results", "tipo", "area", "areas"):
		return LastEvaluation, 1
	case iep && (has("date", "last", "latest", "current", "fecha", "ultimo", "ultima", "meeting", "review", "revision", "reunion", "junta", "held", "annual", "anual")):
		if !has("type", "status", "goals", "notes", "tipo") {
			return LastIEP, 1
		}
	case has("district", "distrito", "lea"):
		return District, 1
	case has("language", "idioma", "lengua"):
		return HomeLanguage, 1
	case has("grade", "grado"):
		return Grade, 1
	case has("name", "nombre", "names", "nombres", "apellido", "apellidos", "surname"):
		switch {
		case has("school", "escuela"):
			return School, 1
		case has("case", "matter", "caso"):
			return Title, 1
		case has("first", "nombres", "given", "middle") && !has("last", "apellido", "apellidos"):
			if has("middle") && !has("first") {
				return Ignore, 0
			}
			return ChildFirst, 1
		case has("last", "apellido", "apellidos", "surname", "family") && !has("first", "nombre", "nombres"):
			return ChildLast, 1
		}
		return Child, 1
	case has("school", "escuela", "plantel") && !has("year", "ano", "psychologist"):
		return School, 1
	case has("note", "notes", "comments", "notas", "comentarios", "observaciones"):
		return Note, 1
	case has("student", "child", "pupil", "alumno", "estudiante") && len(words) <= 2 && !has("age", "edad", "gender", "sex", "status"):
		return Child, 1
	}
	return Ignore, 0
}
