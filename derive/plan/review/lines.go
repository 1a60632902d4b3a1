package review

import (
	"strconv"
	"strings"

	"stayput/plan"
)

// longest is more minutes of one service in a day than any school day has.
const longest = 480

// services looks at each line of the service grid.
func (r *reading) services() {
	amount := func() cite {
		return r.item("iep.content", "frequency_location_duration", "dates_and_amounts")
	}
	var none, odd, mismatch, pooled, unsaid, start, place []string
	vague := map[string][]string{}
	var words []string
	for i := range r.p.Services {
		s := &r.p.Services[i]
		a := s.Amount()
		ref := r.service(i)
		if a.Vague != "" {
			if vague[a.Vague] == nil {
				words = append(words, a.Vague)
			}
			vague[a.Vague] = append(vague[a.Vague], ref)
		}
		switch week, ok := a.Weekly(); {
		case a.Vague != "":
		case !ok && s.Category != "transportation":
			none = append(none, ref)
		case ok && (week.Num == 0 || week.Cmp(plan.Rate{Num: longest * 5, Den: 1}) > 0 || a.Minutes.Said && a.Minutes.N > longest):
			odd = append(odd, ref)
		}
		if s.Mismatch() {
			mismatch = append(mismatch, ref)
		}
		if !a.Times.Said && a.Total.Said && a.Vague == "" && long(a.Per) {
			pooled = append(pooled, ref)
		}
		if s.Delivery == "" && s.Group == "" && !s.GroupSize.Said && s.Category != "transportation" && s.Category != "supports_for_staff" {
			unsaid = append(unsaid, ref)
		}
		if s.From == 0 && r.p.Starts() == 0 {
			start = append(start, ref)
		}
		if strings.TrimSpace(s.Location+s.LocationCode+s.Setting) == "" && s.Category != "transportation" {
			place = append(place, ref)
		}
	}
	if len(words) > 0 {
		var items, quoted []string
		for _, w := range words {
			items = append(items, vague[w]...)
			quoted = append(quoted, "“"+w+"”")
		}
		r.add("service-vague", Required, amount(), items, "words", strings.Join(quoted, ", "))
	}
	each := func(name string, s Severity, c cite, items []string) {
		if len(items) > 0 {
			r.add(name, s, c, items)
		}
	}
	each("service-no-amount", Required, amount(), none)
	each("service-odd-minutes", Ask, cite{}, odd)
	each("service-total-mismatch", Ask, cite{}, mismatch)
	each("service-pooled", Ask, amount(), pooled)
	each("service-delivery-unsaid", Ask, cite{}, unsaid)
	each("service-no-start", Required, r.item("iep.content", "start_date", "dates_and_amounts"), start)
	each("service-no-place", Required, amount(), place)
	r.gaps()
}

// long says that a sum of minutes for such a period leaves open when they come.
func long(per plan.Period) bool {
	switch per {
	case plan.PerMonth, plan.PerQuarter, plan.PerTrimester, plan.PerSemester, plan.PerYear:
		return true
	}
	return false
}

// supports looks at each accommodation and aid.
func (r *reading) supports() {
	var vague, nobody, general []string
	var words []string
	for i := range r.p.Accommodations {
		s := &r.p.Accommodations[i]
		if w := plan.VagueWords(s.Text + " ; " + s.Frequency + " ; " + s.Duration); w != "" && strings.TrimSpace(s.When) == "" {
			vague = append(vague, r.support(i))
			words = append(words, "“"+w+"”")
		}
		if !forStaff(s) && nobodyNamed(s.By) {
			nobody = append(nobody, r.support(i))
		}
		if tooGeneral(s.Text) {
			general = append(general, r.support(i))
		}
	}
	if len(vague) > 0 {
		r.add("support-vague", Ask, cite{}, vague, "words", strings.Join(once(words), ", "))
	}
	if len(nobody) > 0 {
		r.add("support-nobody-named", Ask, cite{}, nobody, "n", strconv.Itoa(len(nobody)))
	}
	if len(general) > 0 {
		r.add("support-too-general", Ask, cite{}, general)
	}
}

func forStaff(s *plan.Support) bool {
	return s.Type == "support_for_staff" || strings.EqualFold(s.For, "personnel") || strings.EqualFold(s.For, "staff")
}

// nobodyNamed says that no one in particular is to do it: everybody is nobody.
func nobodyNamed(by []string) bool {
	for _, b := range by {
		switch strings.ToLower(strings.TrimSpace(b)) {
		case "", "all staff", "staff", "all", "everyone", "school", "school staff", "team", "iep team", "todo el personal", "personal", "la escuela", "escuela", "todos":
		default:
			return false
		}
	}
	return true
}

// tooGeneral says that two people would not do the same thing.
func tooGeneral(text string) bool {
	t := strings.ToLower(strings.Trim(strings.TrimSpace(text), ".!"))
	switch t {
	case "", "extra help", "extra support", "additional support", "additional help", "support", "help", "assistance", "accommodations", "modifications",
		"differentiated instruction", "positive reinforcement", "encouragement", "teacher support", "adult support", "academic support", "modified work",
		"modified assignments", "apoyo", "ayuda", "ayuda adicional", "apoyo adicional", "ayuda extra", "apoyo extra", "adaptaciones", "refuerzo positivo", "apoyo académico":
		return true
	}
	return false
}

// once is words without repetitions, in order.
func once(words []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, w := range words {
		if !seen[w] {
			seen[w] = true
			out = append(out, w)
		}
	}
	return out
}
