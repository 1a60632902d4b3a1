package web

import (
	"net/url"

	"stayput/desk"
)

// The requests for the pages of consent, stay put and removals.
func init() {
	for name, f := range map[string]func(c *cell) wish{
		"consent_show": func(c *cell) wish { return get(c.path("/consent")) },
		"answer_new":   func(c *cell) wish { return get(c.path("/consent/answer?plan=second")) },
		"answer_save": func(c *cell) wish {
			v := url.Values{"name": {desk.NewName()}, "signer": {"mother"}, "on": {"2026-03-01"}, "rest": {"yes"}}
			for _, x := range []string{"services-s1", "services-s2", "goals-g1", "setting-setting"} {
				v.Set("part-"+x, "yes")
			}
			return send(c.path("/consent/answer?plan=second"), v)
		},
		"revoke_show": func(c *cell) wish { return get(c.path("/consent/revoke")) },
		"revoke_save": func(c *cell) wish {
			return post(c.path("/consent/revoke"), url.Values{"name": {desk.NewName()}, "signer": {"mother"}, "on": {"2026-03-01"}, "sure": {"yes"}})
		},
		"offer_show":   func(c *cell) wish { return get(c.path("/plans/first/offer")) },
		"stay_show":    func(c *cell) wish { return get(c.path("/stay-put")) },
		"removal_list": func(c *cell) wish { return get(c.path("/removals")) },
		"removal_save": func(c *cell) wish {
			return post(c.path("/removals"), url.Values{"name": {desk.NewName()}, "on": {"2026-03-01"}})
		},
	} {
		wishes[name] = f
	}
}
