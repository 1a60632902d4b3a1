package cli

import (
	"slices"
	"strings"

	"stayput/derive/draft"
	"stayput/fact"
	"stayput/fault"
	"stayput/paper"
)

// usualTo is the role that a paper usually goes to.
func usualTo(p *paper.Paper, k *fact.Case) string {
	switch {
	case p.To != "other_party":
		return string(p.To)
	case k.Side == fact.SchoolSide:
		return "parent"
	}
	return "special_education_director"
}

// usualFrom is the role that usually writes a paper.
func usualFrom(p *paper.Paper, k *fact.Case) string { return string(draft.Writer(p, k)) }

// contactAsked is the contact of a case that somebody names: by name, or as role:name.
// Those of the usual role come first. flag is what asked.
func contactAsked(k *fact.Case, flag, got, usual string) (role, who string, err error) {
	if got = strings.TrimSpace(got); got == "" {
		return "", "", nil
	}
	type found struct{ role, name string }
	var all, fit []found
	for _, r := range fact.ContactRoles {
		for _, n := range k.ContactNames(r) {
			x := found{r, n}
			all = append(all, x)
			if strings.EqualFold(n, got) || strings.EqualFold(r+":"+n, got) {
				fit = append(fit, x)
			}
		}
	}
	if i := slices.IndexFunc(fit, func(x found) bool { return x.role == usual }); i >= 0 {
		fit = fit[i : i+1]
	}
	if len(fit) == 1 {
		return fit[0].role, fit[0].name, nil
	}
	at := fault.Position{File: flag}
	if len(all) == 0 {
		return "", "", fault.New(fault.Invalid, at, "webwhom.cli_nobody", "got", got)
	}
	key, list := "webwhom.cli_unknown", all
	if len(fit) > 1 {
		key, list = "webwhom.cli_several", fit
	}
	var names []string
	for _, x := range list {
		names = append(names, x.role+":"+x.name)
	}
	return "", "", fault.New(fault.Invalid, at, key, "got", got, "known", strings.Join(names, "; "))
}
