package compare

import (
	"cmp"
	"slices"

	"stayput/day"
	"stayput/fact"
	"stayput/plan"
)

// A line is a service line with what is worked out from it once.
type line struct {
	*plan.Service
	ref    string
	amount plan.Amount
	week   plan.Rate
	known  bool
	name   bag
	plain  string
	share  share
}

// A share is how much of its plan's time a line covers.
type share struct {
	late, early int // days by which it starts after its plan and ends before it
}

// lines are the service lines of p. A line that goes on where another of the
// same words ends is one with it.
func lines(p *plan.Plan) []line {
	out := eachLine(p)
	for i := 0; i < len(out); i++ {
		for j := 0; j < len(out); j++ {
			if i != j && continues(out[i].Service, out[j].Service) {
				out[i].To = out[j].To
				out = slices.Delete(out, j, j+1)
				i, j = 0, -1
			}
		}
	}
	return measured(p, out)
}

// eachLine is every service line of p by itself.
func eachLine(p *plan.Plan) []line {
	out := make([]line, 0, len(p.Services))
	for i := range p.Services {
		s := p.Services[i]
		out = append(out, line{Service: &s, ref: plan.Ref(plan.ServiceLines, s.ID, i)})
	}
	return out
}

// measured works out what each line promises.
func measured(p *plan.Plan, out []line) []line {
	starts, ends := p.Starts(), p.Ends()
	for i := range out {
		l := &out[i]
		l.amount = l.Amount()
		l.week, l.known = l.amount.Weekly()
		l.name, l.plain = bagOf(l.Label()), plainText(l.Label())
		if starts != 0 && l.From > starts {
			l.share.late = int(l.From - starts)
		}
		if ends != 0 && l.To != 0 && l.To < ends {
			l.share.early = int(ends - l.To)
		}
	}
	return out
}

// continues reports that b says the same as a and begins the day after a ends.
func continues(a, b *plan.Service) bool {
	if a.To == 0 || b.From != a.To+1 {
		return false
	}
	return a.Code == b.Code && a.Name == b.Name && a.Delivery == b.Delivery && a.Group == b.Group && a.Minutes == b.Minutes &&
		a.Times == b.Times && a.Per == b.Per && a.Total == b.Total && a.Frequency == b.Frequency && a.Duration == b.Duration &&
		a.AsWritten == b.AsWritten && a.Setting == b.Setting && a.Location == b.Location && a.Provider == b.Provider &&
		a.ESY == b.ESY && a.Conditions == b.Conditions && a.Role == b.Role
}

// sameService says how surely two lines are the same service: by code, else by
// name. Zero: they are not.
func sameService(a, b *line) int {
	s := 0
	switch {
	case a.Code != "" && a.Code == b.Code:
		s = 400
	case a.plain == b.plain:
		s = 380
	case a.Code != "" && b.Code != "":
		return 0
	default:
		same := alike(a.name, b.name)
		if same < 50 {
			return 0
		}
		s = same * 3
	}
	if a.ESY != b.ESY {
		s -= 150
	}
	return s
}

// sameLine says how surely a line of one list is a line of the other.
func sameLine(as, bs []line) func(i, j int) int {
	return func(i, j int) int {
		a, b := &as[i], &bs[j]
		s := sameService(a, b)
		if s <= 0 {
			return 0
		}
		if a.Delivery == b.Delivery {
			s += 60
		}
		if a.ID != "" && a.ID == b.ID {
			s += 50
		}
		if a.known && b.known && a.week.Cmp(b.week) == 0 {
			s += 40
		}
		if a.Location == b.Location && a.Setting == b.Setting {
			s += 10
		}
		return s
	}
}

func (c *Comparison) services(before, after *plan.Plan) {
	as, bs := lines(before), lines(after)
	pairs, gone, added := match(len(as), len(bs), sameLine(as, bs))
	for _, p := range pairs {
		c.pair(&as[p[0]], &bs[p[1]])
	}
	for _, i := range gone {
		a := &as[i]
		c.Changes = append(c.Changes, Change{Kind: Cut, Part: plan.ServiceLines, Before: a.ref, Name: a.Label(),
			Amount: &Amounts{Before: a.week, KnownBefore: a.known, WrittenBefore: a.amount}})
	}
	for _, j := range added {
		b := &bs[j]
		c.Changes = append(c.Changes, Change{Kind: Added, Part: plan.ServiceLines, After: b.ref, Name: b.Label(),
			Amount: &Amounts{After: b.week, KnownAfter: b.known, WrittenAft: b.amount}})
	}
	c.totals(as, bs)
}

// pair tells what differs between two lines of one service.
func (c *Comparison) pair(a, b *line) {
	var d differ
	kind := Reworded
	worse, better := false, false // of the amount; the dates count when it is the same
	amounts := &Amounts{a.week, b.week, a.known, b.known, a.amount, b.amount}
	switch {
	case a.known && b.known:
		n := b.week.Cmp(a.week)
		worse, better = n < 0, n > 0
	case a.known: // what was a promise no longer says how much
		worse = true
	case b.known:
		better = true
	}
	if worse || better || a.amount != b.amount {
		d = append(d, Field{"amount", written(a.amount), written(b.amount)})
	}
	other := false
	other = d.text("code", a.Code, b.Code) || other
	other = d.text("delivery", string(a.Delivery), string(b.Delivery)) || other
	other = d.text("group", a.Group+a.GroupSize.String(), b.Group+b.GroupSize.String()) || other
	other = d.text("setting", a.Setting, b.Setting) || other
	other = d.text("location", a.Location, b.Location) || other
	other = d.text("provider", a.Provider, b.Provider) || other
	other = d.text("role", a.Role, b.Role) || other
	other = d.text("conditions", a.Conditions, b.Conditions) || other
	other = d.text("esy", a.ESY.String(), b.ESY.String()) || other
	other = len(d) > 0 && d[0].Name == "amount" || other
	if a.share != b.share {
		d = append(d, Field{"dates", dates(a), dates(b)})
		other = true
		if !worse && !better {
			worse = b.share.late > a.share.late || b.share.early > a.share.early
			better = b.share.late < a.share.late || b.share.early < a.share.early
		}
	}
	d.text("name", a.Name, b.Name)
	d.text("comments", a.Comments, b.Comments)
	d.text("as_written", a.AsWritten, b.AsWritten)
	if len(d) == 0 {
		return
	}
	switch {
	case worse && better: // it starts later and ends later: no plain change
		kind = Changed
	case worse:
		kind = Reduced
	case better:
		kind = Increased
	case other:
		kind = Changed
	}
	c.Changes = append(c.Changes, Change{Kind: kind, Part: plan.ServiceLines, Before: a.ref, After: b.ref, Name: b.Label(), Fields: d, Amount: amounts})
}

// written is an amount as a line says it: 2 x 30 minutes per week.
func written(a plan.Amount) string {
	s := ""
	switch {
	case a.Minutes.Said && a.Times.Said:
		s = a.Times.String() + " x " + a.Minutes.String()
	case a.Minutes.Said:
		s = a.Minutes.String()
	case a.Total.Said:
		s = a.Total.String()
	}
	if s != "" && a.Per != "" {
		s += "/" + string(a.Per)
	}
	if a.Vague != "" {
		if s != "" {
			s += " "
		}
		s += "(" + a.Vague + ")"
	}
	return s
}

func dates(l *line) string { return l.From.String() + ".." + l.To.String() }

// totals adds the lines of each service: the most minutes a week at any one time.
func (c *Comparison) totals(as, bs []line) {
	type key struct {
		code, name string
		esy        bool
	}
	keyOf := func(l *line) key {
		k := key{code: l.Code, esy: l.ESY == fact.Yes}
		if k.code == "" {
			k.name = l.plain
		}
		return k
	}
	// A service with a code in one version and none in the other is one by its name.
	codeOf := map[string]string{}
	for _, l := range slices.Concat(as, bs) {
		if l.Code != "" && l.plain != "" {
			if old, ok := codeOf[l.plain]; ok && old != l.Code {
				codeOf[l.plain] = "" // one name, two codes: no help
			} else {
				codeOf[l.plain] = l.Code
			}
		}
	}
	group := func(ls []line) map[key][]*line {
		out := map[key][]*line{}
		for i := range ls {
			k := keyOf(&ls[i])
			if code := codeOf[k.name]; k.code == "" && code != "" {
				k.code, k.name = code, ""
			}
			out[k] = append(out[k], &ls[i])
		}
		return out
	}
	ga, gb := group(as), group(bs)
	var keys []key
	for k := range ga {
		keys = append(keys, k)
	}
	for k := range gb {
		if ga[k] == nil {
			keys = append(keys, k)
		}
	}
	for _, k := range keys {
		t := Total{Code: k.code, ESY: k.esy, InBefore: ga[k] != nil, InAfter: gb[k] != nil, BeforeLines: len(ga[k]), AfterLines: len(gb[k])}
		t.Before, t.UncertainBefore = most(ga[k])
		t.After, t.UncertainAfter = most(gb[k])
		for _, l := range slices.Concat(ga[k], gb[k]) {
			t.Name = cmp.Or(t.Name, l.Label())
			if l.known && l.amount.Per != plan.PerWeek {
				t.DiffersBetweenPeriods = true
			}
		}
		c.Totals = append(c.Totals, t)
	}
	// What lost the most comes first; then by name, so that the order is fixed.
	slices.SortFunc(c.Totals, func(a, b Total) int {
		return cmp.Or(a.After.Sub(a.Before).Cmp(b.After.Sub(b.Before)), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Code, b.Code), cmp.Compare(bit(a.ESY), bit(b.ESY)))
	})
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// most is the most minutes a week that lines promise together at one time. Lines
// of the extended year are apart from those of the school year.
func most(ls []*line) (r plan.Rate, uncertain bool) {
	r = plan.Rate{Num: 0, Den: 1}
	for _, at := range ls {
		if !at.known {
			uncertain = true
			continue
		}
		sum := plan.Rate{Num: 0, Den: 1}
		for _, l := range ls {
			if l.known && covers(l, at.From) {
				sum = sum.Add(l.week)
			}
		}
		if sum.Cmp(r) > 0 {
			r = sum
		}
	}
	return r, uncertain
}

// covers reports that l runs on d; a line without a beginning runs from ever.
func covers(l *line, d day.Date) bool {
	return l.From <= d && (l.To == 0 || l.To >= d || l.To < l.From)
}
