package calendar

import (
	"strings"
	"unicode"

	"stayput/day"
)

// fold writes a text small, without accents, apostrophes or signs, with one
// blank around every word, so that phrases can be looked for.
func fold(s string) string {
	var b strings.Builder
	b.WriteByte(' ')
	blank := true
	for _, r := range s {
		r = unicode.ToLower(r)
		if plain, ok := accents[r]; ok {
			r = plain
		}
		switch {
		case r == '\'' || r == '’' || r == 'ʼ' || unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
			blank = false
		case !blank:
			b.WriteByte(' ')
			blank = true
		}
	}
	if !blank {
		b.WriteByte(' ')
	}
	return b.String()
}

var accents = map[rune]rune{'á': 'a', 'é': 'e', 'í': 'i', 'ó': 'o', 'ú': 'u', 'ü': 'u', 'ñ': 'n', 'ç': 'c', 'à': 'a', 'è': 'e'}

// has reports whether the folded text s has one of the phrases.
func has(s string, phrases []string) bool {
	for _, p := range phrases {
		if strings.Contains(s, " "+p+" ") {
			return true
		}
	}
	return false
}

// The phrases by which calendars say things, folded.
var (
	firstDay = []string{
		"first day of school", "first day of classes", "first day of class", "first day of instruction", "first student day",
		"first day for students", "first day for all students", "first day of student attendance", "students first day", "first pupil day",
		"first day of the school year", "school year begins", "school begins", "school starts", "classes begin", "classes start", "instruction begins",
		"primer dia de clases", "primer dia de clase", "primer dia de escuela", "primer dia de la escuela", "primer dia escolar",
		"inicio de clases", "inicio de las clases", "inicio del ano escolar", "comienzo de clases", "comienzan las clases",
		"empiezan las clases", "inician las clases",
	}
	lastDay = []string{
		"last day of school", "last day of classes", "last day of class", "last day of instruction", "last student day",
		"last day for students", "last day for all students", "last day of student attendance", "students last day", "last pupil day",
		"last day of the school year", "school year ends", "school ends", "classes end", "instruction ends",
		"ultimo dia de clases", "ultimo dia de clase", "ultimo dia de escuela", "ultimo dia de la escuela", "ultimo dia escolar",
		"ultimo dia", "fin de clases", "fin de las clases", "fin del ano escolar", "terminan las clases",
	}
	// everybody says that all pupils are meant after all.
	everybody = []string{"k 12", "tk 12", "pk 12", "all grades", "all students", "todos los grados", "todos los estudiantes"}
	// someOnly says that a first or last day is that of some pupils.
	someOnly = []string{
		"kindergarten", "kinder", "k", "tk", "prek", "pre k", "pk", "preschool", "grade", "grades", "grado", "grados", "senior", "seniors",
		"freshmen", "freshman", "elementary", "middle", "high", "secondary", "primaria", "secundaria", "preescolar", "6th", "7th", "9th", "12th",
	}
	// notTheYear says that something else than the pupils' year begins or ends.
	notTheYear = []string{
		"summer", "verano", "teacher", "teachers", "staff", "faculty", "maestros", "personal", "break", "breaks", "recess", "vacation", "vacations", "vacaciones",
		"receso", "holiday", "before", "after", "antes", "despues", "until", "hasta", "camp", "registration", "enrollment", "inscripciones", "practice", "tryouts",
		"sports", "club", "clubs", "program", "programa", "first semester", "1st semester", "fall semester", "first quarter", "1st quarter", "first trimester",
		"1st trimester", "primer semestre", "primer trimestre", "night", "week of", "adult", "week", "back",
		"to drop", "to add", "to withdraw", "to register", "para inscribirse",
	}
	// aTerm with one of the looser phrases means a term and not the year.
	aTerm  = []string{"semester", "quarter", "trimester", "term", "semestre", "trimestre", "session"}
	looser = []string{"school begins", "school starts", "classes begin", "classes start", "instruction begins", "school ends", "classes end", "instruction ends", "ultimo dia"}

	noSchool = []string{
		"no school", "no classes", "no class", "no students", "no student attendance", "no pupils", "schools closed", "school closed", "schools are closed",
		"school is closed", "schools will be closed", "all schools closed", "district closed", "non student", "nonstudent", "student free", "pupil free", "students off",
		"student holiday", "students do not attend", "students not in attendance", "no hay clases", "no habra clases", "no hay escuela",
		"no habra escuela", "sin clases", "sin escuela", "sin estudiantes", "escuelas cerradas", "escuela cerrada", "no lectivo",
	}
	closing = []string{
		"holiday", "holidays", "recess", "break", "breaks", "vacation", "vacations", "vacaciones", "receso", "descanso", "dia festivo", "dias festivos",
		"feriado", "feriados", "asueto", "non instructional", "noninstructional",
	}
	staffWords = []string{
		"staff development", "staff day", "staff work day", "staff workday", "professional development", "professional learning", "professional growth",
		"pupil free", "student free", "non student", "nonstudent", "no pupils", "non instructional", "noninstructional", "teacher work day", "teacher workday",
		"teacher work days", "teacher workdays", "work day", "workday", "teacher in service", "teacher inservice", "in service", "inservice",
		"institute day", "conference", "conferences", "staff", "teacher preparation", "teacher planning", "desarrollo profesional", "capacitacion", "conferencias",
	}
	emergencyWords = []string{
		"emergency", "emergencia", "snow day", "snow days", "weather closure", "weather", "smoke day", "smoke", "wildfire", "power shutoff", "power outage", "hurricane", "flood",
	}
	vacationWords = []string{"break", "breaks", "recess", "vacation", "vacations", "week", "vacaciones", "receso", "descanso", "intersession", "semana"}
	holidayWords  = []string{"holiday", "holidays", "dia festivo", "dias festivos", "feriado", "feriados", "asueto"}
	minimumWords  = []string{
		"minimum day", "minimum days", "early release", "early releases", "early dismissal", "early dismissals", "early out", "shortened day", "shortened days",
		"half day", "half days", "modified day", "reduced day", "late start", "delayed start", "dia minimo", "dias minimos", "salida temprana",
		"dia corto", "dia reducido", "medio dia",
	}
	// notAClosure says that something is about a closure, or makes light of it.
	notAClosure = []string{
		"concert", "party", "parties", "fair", "faire", "program", "programs", "performance", "camp", "camps", "shopping", "parade", "potluck", "breakfast", "lunch",
		"luncheon", "feast", "bazaar", "show", "boutique", "dance", "assembly", "celebration", "sale", "store", "homework", "meal", "meals", "food", "drive",
		"resume", "resumes", "return", "returns", "back", "begin", "begins", "start", "starts", "end", "ends", "before", "after", "until", "last day", "first day",
		"office", "offices", "fiesta", "concierto", "regreso", "regresan", "comienza", "termina", "antes", "despues", "oficina", "oficinas", "ultimo dia", "primer dia",
		"in session", "study", "practice", "regular day",
	}
	uncertain = []string{"make up", "makeup", "if needed", "tentative", "possible", "reposicion", "si es necesario"}

	// namedHolidays are days on which public schools mostly stay closed.
	namedHolidays = []string{
		"new years day", "new years", "new year", "martin luther king", "martin luther king jr", "dr king", "mlk", "mlk day", "presidents day", "president day", "presidents",
		"lincolns birthday", "lincoln", "lincolns", "washingtons birthday", "memorial day", "juneteenth", "independence day", "july 4th", "fourth of july", "labor day",
		"columbus day", "indigenous peoples day", "indigenous people day", "indigenous peoples", "native american day", "veterans day", "veteran day", "thanksgiving", "thanksgiving day",
		"christmas", "christmas day", "christmas eve", "new years eve", "cesar chavez", "cesar chavez day", "good friday", "easter monday", "admission day", "remembrance day", "rosh hashanah", "yom kippur",
		"lunar new year", "diwali", "eid", "eid al fitr", "eid al adha", "patriots day", "election day",
		"dia del trabajo", "dia de los veteranos", "accion de gracias", "dia de accion de gracias", "navidad", "ano nuevo", "dia de los caidos",
		"dia de los presidentes", "dia de la independencia", "dia de la raza", "viernes santo",
	}
)

// A guess is what a closure's name alone says of why pupils stay at home.
type guess struct {
	kind day.ClosureKind
	sure bool
	long bool // a vacation when it lasts three weekdays or more: "Winter holidays"
}

// guessName reads a closure's name.
func guessName(name string) guess {
	s := fold(name)
	switch {
	case has(s, emergencyWords):
		return guess{kind: day.Emergency, sure: true}
	case has(s, staffWords):
		return guess{kind: day.StaffDay, sure: true}
	case has(s, vacationWords):
		return guess{kind: day.Vacation, sure: true}
	case has(s, holidayWords) || has(s, namedHolidays):
		return guess{kind: day.HolidayClosure, sure: true, long: true}
	}
	return guess{}
}

// over is the kind of a closure of those days.
func (g guess) over(span day.Span) day.ClosureKind {
	weekdays := 0
	for d := span.First; g.long && d <= span.Last && weekdays < 3; d++ {
		if !d.Weekend() {
			weekdays++
		}
	}
	if weekdays >= 3 {
		return day.Vacation
	}
	return g.kind
}

// guesses are the names read so far in one file: what repeats is read once.
type guesses map[string]guess

func (m guesses) name(name string) guess {
	g, ok := m[name]
	if !ok {
		g = guessName(name)
		m[name] = g
	}
	return g
}

// guessKind tells from a closure's name why pupils stay at home; sure is false
// when the name says nothing.
func guessKind(name string, span day.Span) (k day.ClosureKind, sure bool) {
	g := guessName(name)
	return g.over(span), g.sure
}

// someGrades tells from a closure's folded name for which grades it holds, when
// the name says so in so many words.
func someGrades(s string) []string {
	elementary := has(s, []string{"elementary only", "only elementary", "no elementary", "elementary pupil free", "elementary non student", "elementary student free"})
	secondary := has(s, []string{"secondary"})
	switch {
	case elementary && !secondary:
		return []string{"elementary"}
	case secondary && !elementary && !has(s, []string{"elementary and secondary", "elementary secondary"}):
		return []string{"secondary"}
	}
	return nil
}
