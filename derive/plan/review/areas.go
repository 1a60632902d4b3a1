package review

import "strings"

// An area is a field of a child's life at school, as bits: a text may be about
// several. It is how a need, a goal and a service are seen to belong together
// when nobody linked them.
type area uint16

const (
	academic area = 1 << iota
	speech
	motor
	social
	health
	senses
	adaptive
	work
	conduct // what a behavior plan is about, part of social
	gross   // moving about, part of motor
)

func (a area) has(b area) bool { return a&b != 0 }

// stems are beginnings of words, English and Spanish, and what they are about.
var stems = map[area][]string{
	academic: {"read", "writ", "math", "academic", "spell", "fluency", "comprehension", "literacy", "phonic", "decod", "essay", "study", "organiz", "executive",
		"assignment", "homework", "calculation", "language arts", "ela", "tutor", "instruction", "resource", "co-teaching", "inclusion", "lectura", "leer", "lee", "escri",
		"matem", "académ", "ortograf", "comprensión", "alfabet", "tarea", "instrucción", "estudio", "organización"},
	speech: {"speech", "language", "communicat", "articulat", "pragmatic", "expressive", "receptive", "slp", "aac", "habla", "lenguaje", "comunica", "articulac", "pragmát"},
	motor: {"motor", "occupational", "handwriting", "sensory", "physical", "gait", "mobility", "ot", "pt", "ape", "fine", "gross", "ocupacional", "física", "caligraf",
		"sensorial", "movilidad", "motri"},
	gross:    {"gross", "physical", "gait", "mobility", "pt", "ape", "física", "movilidad", "gruesa"},
	social:   {"social", "emotion", "behavior", "behaviour", "counsel", "psycholog", "mental", "anxiety", "coping", "regulat", "peer", "friend", "attention", "task", "conducta", "emocion", "consejer", "psicol", "ansiedad", "compañero", "comportamiento", "atención", "erics", "ermhs"},
	conduct:  {"behavior", "behaviour", "task", "break", "check-in", "reinforce", "calm", "conducta", "comportamiento", "descanso", "pausa", "calma", "refuerzo", "regulat"},
	health:   {"health", "nurs", "medic", "seizure", "diabet", "feeding", "salud", "enfermer", "médic", "convuls"},
	senses:   {"vision", "visual impair", "hearing", "deaf", "braille", "audiolog", "orientation", "visión", "audición", "sord", "audiolog", "orientación"},
	adaptive: {"adaptive", "daily living", "self-help", "self-care", "toilet", "dress", "life skill", "functional", "adaptativ", "vida diaria", "autocuidado", "funcional", "baño"},
	work:     {"vocation", "career", "employment", "transition", "job", "work experience", "college", "vocacional", "carrera", "empleo", "transición", "laboral", "universidad"},
}

// areasOf is what a text is about; zero when nothing in it says.
func areasOf(text string) area {
	t := " " + strings.Map(func(c rune) rune {
		switch c {
		case '/', ',', '.', ';', ':', '(', ')', '"', '\n', '\t':
			return ' '
		}
		return c
	}, strings.ToLower(text)) + " "
	var a area
	for one, list := range stems {
		for _, s := range list {
			if len(s) <= 3 {
				s += " " // a short one is a whole word
			}
			if strings.Contains(t, " "+s) {
				a |= one
				break
			}
		}
	}
	if a.has(conduct) {
		a |= social
	}
	return a
}

// serviceAreas is what a service can work on; zero when its name does not say.
func serviceAreas(label, category string) area {
	a := areasOf(label)
	// "Language and speech" and "instruction" are names of services with a meaning of their own.
	if a.has(academic) && (strings.Contains(strings.ToLower(label), "speech") || strings.Contains(strings.ToLower(label), "habla")) {
		a &^= academic
	}
	if a == 0 && category == "special_education" {
		a = academic
	}
	return a
}
