package lookback

import (
	"slices"
	"strings"

	"stayput/fact"
	"stayput/plan/session"
)

// proof counts who told what and what is missing.
func (m *maker) proof() {
	p := &m.out.Proof
	by := map[session.Teller]int{}
	reports := map[string]bool{}
	for i := range m.out.Services {
		s := &m.out.Services[i]
		for _, l := range m.logs[s.Key] {
			if m.holds(l.On) {
				by[l.From]++
				if l.From.Home() && l.Outcome.Missed() && l.ID != "" {
					reports[l.ID] = true
				}
			}
		}
		if s.Total.Assumed > 0 {
			p.Assumed = true
		}
		for j := range s.Years {
			for _, g := range s.Years[j].Gaps {
				if g.Kind == NoLog {
					p.Weeks += g.Sessions
				}
			}
		}
		if s.Unit == "minutes" {
			p.Unknown += s.Total.Unlogged()
		}
	}
	for _, t := range session.Tellers() {
		if by[t] > 0 {
			p.Tellers = append(p.Tellers, Teller{t, by[t]})
		}
	}
	if by[""] > 0 {
		p.Tellers = append(p.Tellers, Teller{"", by[""]})
	}
	for i := range m.Ledger.Services {
		s := &m.Ledger.Services[i]
		if !slices.ContainsFunc(m.out.Services, func(x Service) bool { return x.Key == s.Key }) {
			continue
		}
		for _, c := range s.Conflicts {
			if m.holds(c.On) {
				p.Conflicts = append(p.Conflicts, Conflict{s.Key, c})
				delete(reports, c.Report)
			}
		}
		for j := range s.Misses {
			x := &s.Misses[j]
			if !m.holds(x.On) {
				continue
			}
			if x.Reported > 0 {
				p.Reports = append(p.Reports, x.Log)
				delete(reports, x.Log)
			}
			if x.Short+x.MadeUp > 0 && strings.TrimSpace(x.Reason) == "" {
				p.NoReason = append(p.NoReason, x.Log)
			}
		}
	}
	p.Confirmed = m.agreed(reports)
}

// agreed counts reports of the family with which a log of the school for the same day
// agrees, or that one names as its answer.
func (m *maker) agreed(reports map[string]bool) (n int) {
	for _, logs := range m.logs {
		for i := range logs {
			r := &logs[i]
			if reports[r.ID] && slices.ContainsFunc(logs, func(l session.Log) bool {
				return !l.From.Home() && l.Outcome.Missed() && (l.Answers == r.ID || l.Answers == "" && l.On == r.On)
			}) {
				n++
			}
		}
	}
	return n
}

// always are kinds of entries that bear on services whatever their words; named are
// those that do when their words name a service.
var always, named = kinds("services_stopped", "services_resumed", "service_missed", "compensatory_services_requested", "records_access_requested", "records_access_given",
	"records_access_refused"), kinds("contact", "letter_sent", "letter_received", "concern_raised", "check_in_asked", "check_in_answered", "iep_meeting_requested", "violation_occurred", "action_proposed_or_refused", "prior_written_notice_given")

func kinds(names ...string) map[fact.Kind]bool {
	out := make(map[fact.Kind]bool, len(names))
	for _, n := range names {
		out[fact.MustLookup(n)] = true
	}
	return out
}

// entries finds what the record holds about the services.
func (m *maker) entries() {
	words := map[string][]string{}
	for i := range m.out.Services {
		s := &m.out.Services[i]
		words[s.Key] = telling(s.Name)
	}
	for _, e := range m.View.Entries {
		if e.Derived || !m.holds(e.On.Latest) && !m.holds(e.On.Earliest) || !always[e.Kind] && !named[e.Kind] {
			continue
		}
		x := Entry{ID: e.ID, Kind: e.Kind, On: e.On}
		text := " " + strings.Join(tokens(strings.Join(append([]string{e.Note, e.Fields.Summary, e.Fields.Response}, append(e.Fields.About, e.Fields.Offers...)...), " ")), " ") + " "
		for i := range m.out.Services {
			key := m.out.Services[i].Key
			if slices.ContainsFunc(words[key], func(w string) bool { return strings.Contains(text, " "+w+" ") }) {
				x.Services = append(x.Services, key)
			}
		}
		if always[e.Kind] || len(x.Services) > 0 {
			m.out.Entries = append(m.out.Entries, x)
		}
	}
}

// general are words that many services have in their names, in English and Spanish.
var general = strings.Fields("and the for with individual group service services therapy instruction special specialized education school support training program related small minutes " +
	"terapia servicio servicios instruccion especial educacion apoyo programa grupo y de del la el en con para")

// telling are the words of a service's name by which a text names it.
func telling(name string) []string {
	var out []string
	for _, w := range tokens(name) {
		if len(w) > 1 && !slices.Contains(general, w) && !digits(w) {
			out = append(out, w)
		}
	}
	return out
}

func digits(w string) bool { return strings.Trim(w, "0123456789") == "" }

// tokens are the words of a text in small letters.
func tokens(s string) []string {
	s = strings.NewReplacer("á", "a", "é", "e", "í", "i", "ó", "o", "ú", "u", "ü", "u").Replace(strings.ToLower(s))
	return strings.FieldsFunc(s, func(r rune) bool { return r < 0x80 && (r < 'a' || r > 'z') && (r < '0' || r > '9') })
}
