package servicelog

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"stayput/intake/caseload"
	"stayput/plan"
	"stayput/plan/session"
)

// phrases are what logs say of a session, folded; the first that is found in a
// text counts, so that the narrower ones come first. An empty outcome says that
// school did not meet: the row is no session.
var phrases = []struct {
	words   []string
	outcome session.Outcome
}{
	{[]string{"makeup", "make up", "made up", "compensatory", "reposicion", "sesion repuesta", "repuesta", "compensatoria"}, session.MakeUp},
	{[]string{"no school", "holiday", "school closed", "vacation", "spring break", "winter break", "fall break", "thanksgiving break", "non student day", "no hubo clases", "feriado", "dia festivo", "vacaciones", "asueto"}, ""},
	{[]string{"late start", "started late", "began late", "provider late", "empezo tarde", "comenzo tarde", "inicio tarde"}, session.LateStart},
	{[]string{"short session", "ended early", "left early", "shortened", "partial", "sesion corta", "termino antes", "parcial"}, session.Short},
	{[]string{"group instead of individual", "group instead", "seen in group instead", "en grupo en vez", "grupo en lugar"}, session.GroupInstead},
	{[]string{"wrong setting", "other setting", "wrong place", "otro lugar"}, session.WrongSetting},
	{[]string{"student refused", "child refused", "refused", "refusal", "se nego", "no quiso", "rechazo"}, session.ChildRefused},
	{[]string{"provider absent", "provider unavailable", "provider out", "provider sick", "therapist absent", "therapist out", "therapist unavailable", "therapist sick", "slp absent", "slp out", "slp unavailable",
		"ot absent", "ot out", "pt absent", "pt out", "teacher absent", "staff absent", "staff shortage", "staff unavailable", "no provider", "no therapist", "no sub", "no substitute", "no staff", "vacancy", "vacant",
		"provider meeting", "iep meeting", "in a meeting", "missed by provider", "missed provider", "terapeuta ausente", "proveedor ausente", "proveedora ausente", "maestra ausente", "maestro ausente", "falto la terapeuta",
		"falto el terapeuta", "sin terapeuta", "sin personal", "sin proveedor", "no vino la terapeuta", "no vino el terapeuta", "vacante"}, session.MissedProvider},
	{[]string{"school event", "assembly", "field trip", "testing", "state test", "school activity", "class activity", "fire drill", "evento escolar", "evento de la escuela", "asamblea", "excursion", "examenes", "actividad escolar"}, session.MissedEvent},
	{[]string{"student absent", "child absent", "student unavailable", "student not available", "absent", "absence", "not at school", "student out", "student sick", "child sick", "sick", "no show", "estudiante ausente",
		"alumno ausente", "alumna ausente", "nino ausente", "nina ausente", "ausente", "falto", "enfermo", "enferma", "no asistio"}, session.ChildAbsent},
	{[]string{"reported missing", "parent reports", "family reports", "la familia informa", "mama informa"}, session.ReportedMissing},
	{[]string{"pending", "pendiente", "awaiting"}, session.Pending},
	{[]string{"not logged", "unlogged", "no log", "unknown", "sin registro", "se desconoce"}, session.Unlogged},
	{[]string{"not delivered", "not provided", "not seen", "no session", "cancelled", "canceled", "cancelada", "missed", "not held", "no se dio", "no hubo sesion", "no se realizo", "sin sesion"}, unclear},
	{[]string{"delivered", "provided", "present", "attended", "completed", "held", "seen", "served", "direct", "given", "complete", "yes", "dada", "dado", "impartida", "realizada", "presente", "asistio", "completada", "entregado", "si"}, session.Delivered},
}

// unclear: it did not take place, and it is not said why.
const unclear session.Outcome = "?"

// codes are what attendance columns say in a letter or two.
var codes = map[string]session.Outcome{
	"p": session.Delivered, "d": session.Delivered, "a": session.ChildAbsent, "sa": session.ChildAbsent, "pa": session.MissedProvider, "ta": session.MissedProvider,
	"mu": session.MakeUp, "r": session.ChildRefused, "sr": session.ChildRefused, "se": session.MissedEvent, "y": session.Delivered, "n": unclear, "x": session.Delivered,
}

// readOutcome reads what a text says came of a session; ok is false when it says
// nothing that is known.
func readOutcome(text string) (o session.Outcome, ok bool) {
	if text == "" || len(text) > 500 {
		return "", false
	}
	for _, w := range session.Outcomes() {
		if text == string(w) {
			return w, true
		}
	}
	h := caseload.Fold(text)
	if o, ok := codes[h]; ok {
		return o, true
	}
	padded := " " + h + " "
	for _, p := range phrases {
		for _, w := range p.words {
			if strings.Contains(padded, " "+w+" ") {
				return p.outcome, true
			}
		}
	}
	return "", false
}

var (
	hourMinutes  = regexp.MustCompile(`^(\d{1,2}):(\d{2})(?::\d{2})?(?:\s*(?:h|hrs?|hours?|horas?))?$`)
	plainMinutes = regexp.MustCompile(`^(-?\d{1,9})(?:[.,](\d+))?\s*(?:min(?:ute|uto)?s?\.?|m|')?$`)
	hoursAlone   = regexp.MustCompile(`^(-?\d{1,6})(?:[.,](\d{1,3}))?\s*(?:h|hrs?\.?|hours?|horas?)$`)
	hoursAnd     = regexp.MustCompile(`^(\d{1,2})\s*(?:h|hrs?\.?|hours?|horas?)\s*(?:y\s*)?(\d{1,2})\s*(?:min(?:ute|uto)?s?\.?|m)?$`)
	thousands    = regexp.MustCompile(`^\d{1,3}(?:,\d{3})+(?:\s|$)`)
	units15      = regexp.MustCompile(`^(\d{1,2})\s*(?:units?|unidades?)$`)
)

// A flaw is what is wrong with a value, as the end of a key: servicelog.row.KEY.
type flaw = string

// readMinutes reads a length of time in whole minutes.
func readMinutes(c cell) (n plan.Count, bad flaw) {
	if c.broken {
		return plan.Count{}, "broken"
	}
	if c.number {
		v := c.value
		switch {
		case c.time && v >= 0 && v < 2:
			v = math.Round(v*24*60*100) / 100 // a part of a day
		case c.date:
			return plan.Count{}, "minutes_date"
		}
		return whole(v)
	}
	s := strings.ToLower(strings.Join(strings.Fields(c.text), " "))
	if s == "" || s == "-" || s == "n/a" || s == "na" {
		return plan.Count{}, ""
	}
	if m := hourMinutes.FindStringSubmatch(s); m != nil {
		return whole(float64(atoi(m[1])*60 + atoi(m[2])))
	}
	if thousands.MatchString(s) {
		s = strings.ReplaceAll(s, ",", "")
	}
	if m := plainMinutes.FindStringSubmatch(s); m != nil {
		v, err := strconv.ParseFloat(m[1]+"."+m[2]+"0", 64)
		if err != nil {
			return plan.Count{}, "minutes_unreadable"
		}
		return whole(v)
	}
	if m := hoursAlone.FindStringSubmatch(s); m != nil {
		v, err := strconv.ParseFloat(m[1]+"."+m[2]+"0", 64)
		if err != nil {
			return plan.Count{}, "minutes_unreadable"
		}
		return whole(v * 60)
	}
	if m := hoursAnd.FindStringSubmatch(s); m != nil {
		return whole(float64(atoi(m[1])*60 + atoi(m[2])))
	}
	if units15.MatchString(s) {
		return plan.Count{}, "minutes_units" // a unit of billing is not a length of time everywhere
	}
	return plan.Count{}, "minutes_unreadable"
}

func whole(v float64) (plan.Count, flaw) {
	switch {
	case v != v || math.IsInf(v, 0):
		return plan.Count{}, "minutes_unreadable"
	case v < 0:
		return plan.Count{}, "minutes_negative"
	case v > session.MaxMinutes:
		return plan.Count{}, "minutes_above_day"
	case v != math.Trunc(v):
		return plan.CountOf(int(math.Round(v))), "minutes_rounded"
	}
	return plan.CountOf(int(v)), ""
}

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

var clockTime = regexp.MustCompile(`^(\d{1,2})(?::(\d{2}))?(?::\d{2})?\s*([ap])?\.?\s*m?\.?$`)

// readStart reads a time of day, in minutes after midnight.
func readStart(c cell) plan.Count {
	if c.number {
		if v := c.value - math.Trunc(c.value); c.value >= 0 && (c.time || c.value < 1) {
			return plan.CountOf(int(math.Round(v*24*60)) % (24 * 60))
		}
		return plan.Count{}
	}
	m := clockTime.FindStringSubmatch(strings.ToLower(strings.TrimSpace(c.text)))
	if m == nil || m[2] == "" && m[3] == "" {
		return plan.Count{}
	}
	h, min := atoi(m[1]), atoi(m[2])
	switch {
	case m[3] == "p" && h < 12:
		h += 12
	case m[3] == "a" && h == 12:
		h = 0
	}
	if h > 23 || min > 59 {
		return plan.Count{}
	}
	return plan.CountOf(h*60 + min)
}

// readDelivery reads how a session was given.
func readDelivery(text string) plan.Delivery {
	h := " " + caseload.Fold(text) + " "
	group := strings.Contains(h, " group ") || strings.Contains(h, " grupo ") || strings.Contains(h, " grupal ") || strings.Contains(h, " g ") || strings.Contains(h, " small ")
	alone := strings.Contains(h, " individual ") || strings.Contains(h, " 1 1 ") || strings.Contains(h, " i ") || strings.Contains(h, " one on one ") || strings.Contains(h, " solo ")
	switch n := atoi(strings.TrimSpace(h)); {
	case group && alone:
		return "individual_and_group"
	case group, n > 1:
		return "group"
	case alone, n == 1:
		return "individual"
	case strings.Contains(h, " consult"):
		return "consult"
	case strings.Contains(h, " push in "):
		return "push_in"
	case strings.Contains(h, " pull out "):
		return "pull_out"
	}
	return ""
}
