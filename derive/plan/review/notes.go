package review

import (
	"regexp"
	"strings"
)

var (
	sentence = regexp.MustCompile(`[^.!?\n]+(?:[.!?]+|\n|$)`)
	promise  = regexp.MustCompile(`\b(?:will (?:be|provide|give|add|increase|receive|get|have|offer|continue|start|arrange|send|make)|agreed (?:to|that)|promised|shall (?:be|provide|receive)|se compromet\pL+|acordó|acordaron|prometió|va a (?:dar|proveer|recibir|proporcionar|agregar)|(?:proporcionará|dará|recibirá|proveerá|agregará|ofrecerá)n?|será[n]? )`)
	family   = regexp.MustCompile(`^\s*(?:the |la |el |los |las )?(?:parents?|mother|father|mom|dad|family|guardian|mr\.?|mrs\.?|ms\.?|madre|padres?|mamá|papá|familia|señora?|sra?\.?)(?:[^\pL]|$)`)
	request  = regexp.MustCompile(`(?:\bparents?|\bmother|\bfather|\bmom|\bdad|\bfamily|\bguardian|\bmadre|\bpadres?|\bmamá|\bpapá|\bfamilia|\bella|\bshe|\bhe)[^\pL.;](?:[^.;]{0,40}[^\pL.;])?(?:asked|asks|requested|requests|would like|wants|wanted|pidió|pide|pidieron|solicitó|solicita|solicitaron|quiere|quisiera)(?:[^\pL]|$)`)
	question = regexp.MustCompile(`\b(?:asked|asks)\s+(?:\pL+\s+)?(?:about|how|what|why|when|where|who|which|whether|if|questions?|clarif)|preguntó|pregunta`)
	pupil    = regexp.MustCompile(`^\s*(?:he|she|they|the student|the child|student|él|ella|el estudiante|la estudiante|el alumno|la alumna|el niño|la niña)\b`)
	gets     = regexp.MustCompile(`\b(?:receive|get|have|be (?:given|provided|offered)|recibirá|tendrá)`)
	granted  = regexp.MustCompile(`\b(?:agreed|agrees|accepted|granted|approved|will be added|was added|team will|district will|school will|de acuerdo|aceptó|aceptaron|aprobó|se agregó|se agregará)(?:[^\pL]|$)`)
	refusal  = regexp.MustCompile(`\b(?:offered|declined|denied|refused|not needed|no need|does not need|not available|cannot|could not|instead|ofreció|ofrecieron|negó|rechazó|no necesita|no hay|no se puede|en cambio|no es necesario)(?:[^\pL]|$)`)
)

// asking are pieces of which each request has one: to look for them is much
// faster than to look for the whole.
var asking = []string{"asked", "asks", "requested", "requests", "would like", "want", "pidi", "pide", "solicit", "quiere", "quisiera"}

// stop are words that say nothing of what was promised.
var stop = setOf(`the and that this will with for from have has been being are was were said says team district school administrator
teacher parent parents mother father student child meeting provide provided provides give given receive agreed promised shall they them their his her its she
he also more time times per week weekly day days minutes minute each every during would like continue start add added make send services service support
supports session sessions hours hour make get next held scheduled annual review reviewed report reports progress copy copies informed sent signed
discuss discussed goal goals plan january february march april june july august september october november december year years month months school grade about into when where which than then not but all any one two three four five both until after before over
que con para por los las del una uno unos unas este esta será serán maestra maestro escuela distrito equipo padres madre padre alumno estudiante niño niña
semana día días minutos cada dará recibirá servicios servicio apoyo sesión sesiones durante también más tiempo veces dijo reunión próxima próximo anual revisión
revisó informe informes copia enviará enviarán progreso meta metas enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre año años mes meses grado`)

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// notes looks in the notes of the meeting for promises that no line of the plan
// holds, and for requests without an answer in writing. Notes are no part of the
// offer unless written in.
func (r *reading) notes() {
	if strings.TrimSpace(r.p.Notes) == "" {
		return
	}
	sentences := sentence.FindAllString(r.p.Notes, 2000)
	grid := r.grid()
	var promises, requests []string
	name := setOf(strings.ToLower(strings.NewReplacer(",", " ", ".", " ").Replace(r.p.Student.Name + " " + r.p.Student.PreferredName)))
	for i, s := range sentences {
		low := strings.ToLower(s)
		if containsAny(low, asking) && request.MatchString(low) && !question.MatchString(low) {
			next := ""
			if i+1 < len(sentences) {
				next = strings.ToLower(sentences[i+1])
			}
			// A yes in the same or the next sentence settles it, unless the sentence also says no.
			yes := granted.MatchString(low) || granted.MatchString(next)
			no := refusal.MatchString(next)
			if !yes || no || refusal.MatchString(low) {
				if no { // what was answered belongs to it
					s += sentences[i+1]
				}
				requests = append(requests, s)
			}
			continue
		}
		if promise.MatchString(low) && !family.MatchString(low) && (!ofPupil(low, name) || gets.MatchString(low)) && !held(low, name, grid) {
			promises = append(promises, s)
		}
	}
	if len(promises) > 0 {
		r.add("promise-not-in-services", Ask, r.item("iep.content", "services"), nil, "text", firstOf(promises))
	}
	if len(requests) > 0 && len(r.p.PriorNotices) == 0 {
		r.add("request-no-notice", Ask, r.rule("pwn.when"), nil, "text", firstOf(requests))
	}
}

// firstOf quotes the first sentences, three at most.
func firstOf(sentences []string) string {
	var out []string
	for _, s := range once(sentences) {
		if len(out) == 3 {
			break
		}
		out = append(out, "“"+quote(s)+"”")
	}
	return strings.Join(out, " ")
}

// grid are the words of what the plan offers.
func (r *reading) grid() map[string]bool {
	var b strings.Builder
	for i := range r.p.Services {
		s := &r.p.Services[i]
		for _, t := range []string{s.Label(), s.Comments, s.Setting, s.Location, s.Role, s.Provider, s.Conditions, s.AsWritten, s.Frequency, s.Duration, string(s.Delivery), s.Group} {
			b.WriteString(t + " ")
		}
	}
	for _, s := range r.p.Accommodations {
		b.WriteString(s.Text + " " + s.When + " " + strings.Join(s.Where, " ") + " ")
	}
	b.WriteString(r.p.Factors.ATWhat + " " + r.p.Factors.BehaviorSupports + " " + r.p.Factors.TransportType + " " + r.p.Setting.Name + " " + r.p.Emergency)
	words := map[string]bool{}
	for _, w := range tokens(b.String()) {
		words[root(w)] = true
	}
	return words
}

// held says that every word that matters in a promise stands somewhere in what
// the plan offers.
func held(low string, name, grid map[string]bool) bool {
	for _, w := range tokens(low) {
		if len(w) > 3 && !stop[w] && !name[w] && !grid[root(w)] {
			return false
		}
	}
	return true
}

// ofPupil says that a sentence is about what the child does: that is no promise.
func ofPupil(low string, name map[string]bool) bool {
	first := tokens(low)
	return pupil.MatchString(low) || len(first) > 0 && name[first[0]]
}

func tokens(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(c rune) bool {
		return !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 'à' && c <= 'ÿ')
	})
}

// root is a word without the ending of a plural.
func root(w string) string {
	if len(w) > 4 {
		w = strings.TrimSuffix(w, "s")
	}
	return w
}
