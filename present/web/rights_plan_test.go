package web

import (
	"net/url"

	"stayput/desk"
	"stayput/plan"
)

// The requests for the pages of plans.
func init() {
	for name, f := range map[string]func(c *cell) wish{
		"plan_show":    func(c *cell) wish { return get(c.path("/plan")) },
		"plan_service": func(c *cell) wish { return get(c.path("/plan/service")) },
		"plan_service_save": func(c *cell) wish {
			return send(c.path("/plan/service"), url.Values{"form": {desk.NewName()}, "photo": {desk.NewName()}, "plan": {"first"}, "what": {"Service " + desk.NewName()[:4]}, "minutes": {"30"}, "often": {"1/week"}})
		},
		"plan_new": func(c *cell) wish { return get(c.path("/plans/new")) },
		"plan_new_save": func(c *cell) wish {
			return post(c.path("/plans/new"), url.Values{"form": {desk.NewName()}, "kind": {"iep"}, "offered": {"2026-03-02"}})
		},
		"plan_version": func(c *cell) wish { return get(c.path("/plans/first")) },
		"plan_edit":    func(c *cell) wish { return get(c.path("/plans/first/edit/notes")) },
		"plan_save": func(c *cell) wish {
			return post(c.path("/plans/first/edit/notes"), url.Values{"form": {desk.NewName()}, "notes": {"Notes " + desk.NewName()}})
		},
		"plan_remove": func(c *cell) wish {
			id := desk.NewName()
			if c.c == c.one || c.c == c.two || c.c == c.other {
				err := c.desk.ChangePlans(c.t.Context(), c.who(c.maker()), c.c, "", "", func(ps []*plan.Plan) ([]*plan.Plan, error) {
					return append(ps, &plan.Plan{ID: id, Kind: plan.IEP}), nil
				})
				if err != nil {
					c.t.Fatal(err)
				}
			}
			return post(c.path("/plans/"+id+"/remove"), url.Values{"form": {desk.NewName()}})
		},
		"plan_compare": func(c *cell) wish { return get(c.path("/plans/first/compare/second")) },
		"goal_show":    func(c *cell) wish { return get(c.path("/plans/first/goals/g1")) },
	} {
		wishes[name] = f
	}
	// Who was shown single entries sees the page of the plan, and no plan on it.
	for _, name := range []string{"plan_version", "plan_compare", "goal_show", "offer_show"} {
		ask := wishes[name]
		wishes[name] = func(c *cell) wish {
			q := ask(c)
			if c.p != nil && c.p.some {
				q.want = "^404 "
			}
			return q
		}
	}
}
