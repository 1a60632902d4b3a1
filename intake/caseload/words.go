package caseload

import (
	"slices"
	"strings"

	"stayput/fault"
	"stayput/intake/casefile"
)

var stateNames = func() map[string]string {
	m := map[string]string{"calif": "us-ca", "mass": "us-ma", "wisc": "us-wi", "tex": "us-tx", "nueva york": "us-ny", "nuevo mexico": "us-nm", "pensilvania": "us-pa",
		"luisiana": "us-la", "carolina del norte": "us-nc", "carolina del sur": "us-sc", "dakota del norte": "us-nd", "dakota del sur": "us-sd",
		"nueva jersey": "us-nj", "virginia occidental": "us-wv", "hawai": "us-hi", "misisipi": "us-ms", "misuri": "us-mo", "oregon": "us-or",
		"washington dc": "us-dc", "us": "us", "usa": "us", "federal": "us", "united states": "us", "estados unidos": "us"}
	for code, n := range casefile.States {
		m[code], m["us "+code], m[n] = "us-"+code, "us-"+code, "us-"+code
	}
	return m
}()

// jurisdiction reads a state as somebody writes it; near is the nearest known
// one when it is not known.
func jurisdiction(s string) (got, near string) {
	f := fold(s)
	if f == "d c" {
		f = "dc"
	}
	if j := stateNames[f]; j != "" {
		return j, ""
	}
	if len(f) < 4 || len(f) > 60 {
		return "", ""
	}
	names := make([]string, 0, len(stateNames))
	for n := range stateNames {
		if len(n) > 3 {
			names = append(names, n)
		}
	}
	slices.Sort(names)
	return "", stateNames[fault.Nearest(f, names)]
}

var languages = map[string]string{
	"english": "en", "ingles": "en", "eng": "en", "en": "en", "spanish": "es", "espanol": "es", "castellano": "es", "spa": "es", "es": "es", "esp": "es",
	"chinese": "zh", "mandarin": "zh", "chino": "zh", "mandarina": "zh", "zh": "zh", "cantonese": "yue", "cantones": "yue", "vietnamese": "vi", "vietnamita": "vi",
	"korean": "ko", "coreano": "ko", "tagalog": "tl", "filipino": "tl", "pilipino": "tl", "armenian": "hy", "armenio": "hy", "farsi": "fa", "persian": "fa", "persa": "fa",
	"russian": "ru", "ruso": "ru", "arabic": "ar", "arabe": "ar", "punjabi": "pa", "panyabi": "pa", "hmong": "hmn", "khmer": "km", "cambodian": "km", "japanese": "ja", "japones": "ja",
	"portuguese": "pt", "portugues": "pt", "french": "fr", "frances": "fr", "haitian creole": "ht", "haitian": "ht", "criollo haitiano": "ht", "somali": "so", "amharic": "am",
	"urdu": "ur", "hindi": "hi", "bengali": "bn", "gujarati": "gu", "ukrainian": "uk", "ucraniano": "uk", "polish": "pl", "polaco": "pl", "nepali": "ne", "swahili": "sw",
	"asl": "ase", "american sign language": "ase", "mixteco": "mix", "mixtec": "mix", "zapoteco": "zap", "zapotec": "zap", "nahuatl": "nah", "quiche": "quc", "k iche": "quc",
	"vi": "vi", "ko": "ko", "tl": "tl", "hy": "hy", "fa": "fa", "ru": "ru", "pt": "pt", "fr": "fr", "ht": "ht", "ja": "ja", "km": "km", "uk": "uk", "ur": "ur", "hi": "hi",
}

// language is the code of a language, or the text as it stands.
func language(s string) string {
	if code := languages[fold(s)]; code != "" {
		return code
	}
	return cut(oneLine(s), 100)
}

var gradeNames = map[string]string{
	"k": "K", "kinder": "K", "kindergarten": "K", "kg": "K", "jardin": "K", "kindergarden": "K", "0": "K", "00": "K",
	"tk": "TK", "transitional kindergarten": "TK", "kinder transicional": "TK", "pk": "PK", "pre k": "PK", "prek": "PK", "preschool": "PK", "preescolar": "PK", "pre kinder": "PK", "1": "1",
	"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7", "eighth": "8", "ninth": "9", "tenth": "10", "eleventh": "11", "twelfth": "12",
	"primero": "1", "segundo": "2", "tercero": "3", "cuarto": "4", "quinto": "5", "sexto": "6", "septimo": "7", "octavo": "8", "noveno": "9", "decimo": "10",
	"freshman": "9", "sophomore": "10", "junior": "11", "senior": "12",
}

// grade is a grade as calendars name it: PK, TK, K, 1 to 12; anything else as it
// stands.
func grade(s string) string {
	var words []string
	for _, w := range strings.Fields(fold(s)) {
		switch w {
		case "grade", "gr", "grado", "de", "th", "st", "nd", "rd", "o", "º", "ª", "to", "er", "do", "mo", "vo", "no":
		default:
			words = append(words, w)
		}
	}
	w := strings.Join(words, " ")
	if g := gradeNames[w]; g != "" {
		return g
	}
	for _, end := range []string{"st", "nd", "rd", "th", "ro", "do", "er", "to", "mo", "vo", "no", "o", "º", "°", " 0"} {
		if t := strings.TrimSuffix(w, end); t != w && digitsOnly(t) {
			w = t
			break
		}
	}
	if digitsOnly(w) {
		if n := number(w); n >= 1 && n <= 12 {
			return strings.TrimLeft(w, "0")
		}
	}
	return cut(oneLine(s), 60)
}

// asked finds the kind of entry for what was asked for; sure is false when the
// words leave it open whether an evaluation is the first.
func asked(s string) (kind string, sure bool) {
	h := fold(s)
	if len(h) > 200 {
		return "", false
	}
	if k := strings.ReplaceAll(h, " ", "_"); known(k) {
		return k, true
	}
	words := strings.Fields(h)
	has := func(any ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(any, w) })
	}
	oral := has("oral", "orally", "verbal", "verbally", "spoken", "phone", "verbalmente", "telefono", "hablado")
	switch {
	case has("withdrawn", "withdrew", "retirada", "retirado", "closed", "cerrada", "denied", "refused", "negada"):
		return "", false
	case has("iee", "independent", "independiente"):
		return "iee_requested", true
	case has("reevaluation", "reeval", "reassessment", "triennial", "trienal", "reevaluacion") || phrase(h, "re eval") || phrase(h, "re evaluation") || phrase(h, "re assessment"):
		return "reevaluation_requested", true
	case has("evaluation", "eval", "assessment", "assess", "assessments", "evaluacion", "referral", "evaluate", "evaluar"):
		if has("report", "reports", "informe", "copy", "copia") {
			return "evaluation_report_requested", true
		}
		if oral {
			return "evaluation_requested_orally", has("initial", "inicial", "first", "primera")
		}
		return "evaluation_requested", has("initial", "inicial", "first", "primera")
	case has("records", "record", "expediente", "expedientes", "registros", "file", "archivos"):
		if has("correct", "correction", "amend", "amendment", "corregir", "correccion") {
			return "records_amendment_requested", true
		}
		return "records_access_requested", true
	case has("mediation", "mediacion"):
		return "mediation_requested", true
	case has("compensatory", "compensatorios", "compensatoria") || phrase(h, "comp ed"):
		return "compensatory_services_requested", true
	case has("meeting", "reunion", "junta", "iep"):
		if oral {
			return "iep_meeting_requested_orally", true
		}
		return "iep_meeting_requested", true
	}
	return "", false
}
