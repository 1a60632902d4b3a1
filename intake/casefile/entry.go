package casefile

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"stayput/fact"
	"stayput/fault"
	"stayput/format/yaml"
)

// entryKeys are the keys of an entry in the order in which they are written.
var entryKeys = []string{
	"id", "on", "ends", "kind", "by", "re", "supersedes", "wall", "recorded",
	"filed_by", "expedited", "written", "received", "refused", "eligible", "initial", "granted", "result", "with_attorney",
	"prior_notice", "transfer_from", "until", "days", "rule", "plan", "about", "means", "with", "outcome", "summary", "offers", "minutes", "amount",
	"response", "reasons", "parts", "except", "later", "conditions", "note", "files",
}

var (
	kindNames = fact.KindNames()
	filers    = fact.WordFields["filed_by"]
	walls     = fact.Walls()
)

// entry reads one entry of the record.
func (r *reader) entry(n *yaml.Node, e *fact.Entry, l *link) {
	e.Line, e.Column = n.At.Line, n.At.Column
	l.at = n.At
	var on bool
	isMap := r.each(n, entryKeys, func(key string, v *yaml.Node) bool {
		f := &e.Fields
		switch key {
		case "id":
			e.ID = r.id(v)
			l.id = v
		case "on":
			on = true
			r.on(v, e, l)
		case "ends":
			e.Ends = r.when(v)
			l.ends = v
		case "kind":
			e.Kind = r.kind(v)
			l.kind = true
		case "by":
			e.By = r.Text(v)
		case "re":
			e.Re = r.Text(v)
			l.re = v
		case "supersedes":
			e.Supersedes = r.Text(v)
			l.supersedes = v
		case "wall":
			e.Wall = fact.Wall(r.Word(v, walls...))
		case "recorded":
			e.Recorded = r.moment(v)
		case "filed_by":
			f.FiledBy = r.Word(v, filers...)
		case "expedited":
			f.Expedited = r.tri(v)
		case "written":
			f.Written = r.tri(v)
		case "received":
			f.Received = r.tri(v)
		case "refused":
			f.Refused = r.tri(v)
		case "eligible":
			f.Eligible = r.tri(v)
		case "initial":
			f.Initial = r.tri(v)
		case "granted":
			f.Granted = r.tri(v)
		case "result":
			f.Result = r.tri(v)
		case "with_attorney":
			f.WithAttorney = r.tri(v)
		case "prior_notice":
			f.PriorNotice = r.tri(v)
		case "transfer_from":
			f.TransferFrom = r.Word(v, fact.TransferFroms...)
		case "until":
			f.Until = r.day(v, entries)
			l.until = v
		case "days":
			f.Days = r.number(v, farthest)
		case "rule":
			f.Rule = r.Text(v)
		case "plan":
			f.Plan = r.Text(v)
		case "about":
			f.About = r.texts(v)
		case "means":
			f.Means = r.Word(v, fact.Means...)
		case "with":
			f.With = r.texts(v)
		case "outcome":
			f.Outcome = r.Word(v, fact.Outcomes...)
		case "summary":
			f.Summary = r.Text(v)
		case "offers":
			f.Offers = r.texts(v)
		case "response":
			f.Response = r.Text(v)
		case "reasons":
			f.Reasons = r.texts(v)
		case "parts":
			f.Parts = r.texts(v)
		case "except":
			f.Except = r.texts(v)
		case "later":
			f.Later = r.texts(v)
		case "conditions":
			f.Conditions = r.Text(v)
		case "minutes":
			f.Minutes = r.number(v, mostMinutes)
		case "amount":
			f.Amount = r.amount(v)
		case "note":
			e.Note = r.Text(v)
		case "files":
			e.Files = r.texts(v)
		default:
			return false
		}
		return true
	})
	if !isMap || r.full() {
		return
	}
	if !on {
		r.missing(n, "on")
	}
	if !l.kind {
		r.missing(n, "kind")
	}
}

// id reads the name by which an entry or a plan is referred to.
func (r *reader) id(n *yaml.Node) string {
	got := r.Text(n)
	if n.Kind != yaml.Scalar {
		return ""
	}
	if got == "" || len(got) > 200 || strings.TrimSpace(got) != got || strings.IndexFunc(got, unicode.IsControl) >= 0 || !utf8.ValidString(got) {
		r.Fail(n.At, "case.bad_id", "got", got[:min(len(got), 40)])
		return ""
	}
	return got
}

func (r *reader) kind(n *yaml.Node) fact.Kind {
	got := r.Text(n)
	k, ok := fact.Lookup(got)
	if !ok && n.Kind == yaml.Scalar {
		r.Fail(n.At, "case.unknown_kind", "kind", got, "nearest", nearKind(got))
	}
	return k
}

// nearKind is the kind nearest to got: by letters, else the one that shares the
// most words with it.
func nearKind(got string) string {
	word := strings.Map(func(c rune) rune {
		if c == ' ' || c == '-' {
			return '_'
		}
		return unicode.ToLower(c)
	}, got)
	if len(word) > 80 {
		return ""
	}
	if near := fault.Nearest(word, kindNames); near != "" {
		return near
	}
	parts := strings.Split(word, "_")
	best, most := "", 1
	for _, k := range kindNames {
		n := 0
		for _, p := range strings.Split(k, "_") {
			if slices.Contains(parts, p) {
				n++
			}
		}
		if n > most {
			best, most = k, n
		}
	}
	return best
}

func (r *reader) tri(n *yaml.Node) fact.Tri {
	yes, ok := r.YesNo(n)
	if !ok {
		return fact.Unsaid
	}
	return fact.TriOf(yes)
}

// texts reads one text or a list of texts; an empty list says nothing.
func (r *reader) texts(n *yaml.Node) []string {
	if got := r.Texts(n); len(got) > 0 {
		return got
	}
	return nil
}
