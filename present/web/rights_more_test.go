package web

import (
	"net/http"
	"net/url"
	"strings"

	"stayput/desk"
	"stayput/people"
)

// The requests for the pages of people, sharing, signing in, devices, the access
// log and leaving.
func init() {
	for name, f := range morewishes {
		wishes[name] = f
	}
}

// whenReached are pages that everybody may ask for, or that whoever may ask for
// them meets with a question back: to sign in first, to fill in the form. They are
// only looked at for not breaking; tests of their own say what they do.
var whenReached = map[string]string{
	"sign_show":      "nobody has an account here, and this is not the computer itself",
	"host_show":      "a household offers no spaces",
	"host_offer":     "a household offers no spaces",
	"host_end":       "a household offers no spaces",
	"sign_in":        "the passphrase is wrong",
	"passkey_begin":  "there is no passkey",
	"passkey_finish": "nothing was begun",
	"sign_up":        "without an invitation nobody makes an account here",
	"sign_up_save":   "without an invitation nobody makes an account here",
	"passkey_make":   "without an invitation nobody makes an account here",
	"passkey_made":   "nothing was begun",
	"codes_show":     "codes are shown once",
	"join_show":      "there is no such invitation",
	"join_take":      "there is no such invitation",
	"welcome_show":   "there is no such invitation",
	"welcome_accept": "there is no such invitation",
	"receipt_check":  "there is no receipt in the form",
	"pair_phone":     "there is no such key",
	"pair_enter":     "there is no such key",
	"control_seen":   "the proof is wrong",
	"control_pair":   "the proof is wrong",
	"control_unpair": "the proof is wrong",

	"pair_open":         "a test listens on no network",
	"pair_end":          "a test listens on no network",
	"account_make":      "the form is empty",
	"passphrase_save":   "who came in by the link has no account",
	"passphrase_drop":   "who came in by the link has no account",
	"app_save":          "who came in by the link has no account",
	"codes_make":        "who came in by the link has no account",
	"passkey_new":       "who came in by the link has no account",
	"passkey_add":       "nothing was begun",
	"passkey_drop":      "who came in by the link has no account",
	"space_switch":      "there is one space only",
	"device_end":        "there is no such device",
	"device_end_others": "who came in by the link has no account",
	"people_leave":      "the last owner stays",
	"person_end":        "somebody may have ended it before",
	"leave_save":        "the word was not typed",
}

func empty(path string) func(*cell) wish {
	return func(*cell) wish { return post(path, url.Values{}) }
}

func look(path string) func(*cell) wish { return func(*cell) wish { return get(path) } }

var morewishes = map[string]func(c *cell) wish{
	"sign_show": look("/sign-in"),
	"sign_in": func(*cell) wish {
		return post("/sign-in", url.Values{"login": {"nobody"}, "passphrase": {"a wrong passphrase"}})
	},
	"passkey_begin":  empty("/sign-in/passkey"),
	"passkey_finish": empty("/sign-in/passkey/finish"),
	"sign_up":        look("/sign-up"),
	"sign_up_save":   empty("/sign-up"),
	"passkey_make":   empty("/sign-up/passkey"),
	"passkey_made":   empty("/sign-up/passkey/finish"),
	"sign_out":       empty("/sign-out"),
	"codes_show":     look("/account/codes"),

	"settings_space": func(c *cell) wish {
		return post("/settings/space", url.Values{"kind": {"household"}, "called": {"Sample"}})
	},

	"people_show": look("/people"),
	"people_leave": func(c *cell) wish {
		return post("/people/leave", url.Values{})
	},
	"invite_new": look("/people/invite?preset=member"),
	"invite_save": func(c *cell) wish {
		return post("/people/invite?preset=member", url.Values{"for": {"A sample colleague"}, "role": {"editor"}})
	},
	"invite_check": func(c *cell) wish { c.begin("/people/invite", desk.ChangePeople); return get("/people/invite/check") },
	"invite_send": func(c *cell) wish {
		c.begin("/people/invite", desk.ChangePeople)
		return post("/people/invite/send", url.Values{})
	},
	"invitation_end": func(c *cell) wish {
		return post("/people/invitations/"+c.invitation()+"/end", url.Values{"back": {"/people"}})
	},
	"person_show": func(c *cell) wish {
		if c.p != nil && c.p.role == people.NoRole {
			return get("/people/" + string(c.p.id)) // of the others this person may know nothing
		}
		return get("/people/" + string(c.someone().id))
	},
	"person_save": func(c *cell) wish {
		return post("/people/"+string(c.someone().id), url.Values{"role": {"reader"}, "version": {"1"}})
	},
	"person_end": func(c *cell) wish {
		return post("/people/"+string(c.someone().id)+"/end", url.Values{"version": {"1"}})
	},
	"person_see": func(c *cell) wish { return post("/people/"+string(c.someone().id)+"/see", url.Values{}) },
	"share_show": func(c *cell) wish { return get(c.path("/share")) },
	"share_new":  func(c *cell) wish { return get(c.path("/share/new?preset=family")) },
	"share_save": func(c *cell) wish {
		return post(c.path("/share/new?preset=family"), url.Values{"for": {"A sample grandmother"}})
	},
	"share_packet": func(c *cell) wish {
		return post(c.path("/share/packet"), url.Values{"for": {"A sample school"}, "entry": {c.entry()}})
	},
	"share_check": func(c *cell) wish { c.begin(c.path("/share"), desk.ShareCase); return get(c.path("/share/check")) },
	"share_send": func(c *cell) wish {
		c.begin(c.path("/share"), desk.ShareCase)
		return post(c.path("/share/send"), url.Values{})
	},
	"grant_end":   func(c *cell) wish { return post(c.path(c.granted()+"/end"), url.Values{}) },
	"grant_until": func(c *cell) wish { return post(c.path(c.granted()+"/until"), url.Values{"until": {"2026-06-01"}}) },
	"grant_renew": func(c *cell) wish { return post(c.path(c.granted()+"/renew"), url.Values{}) },
	"join_show":   look("/join/" + strings.Repeat("x", 43)),
	"join_take":   empty("/join/" + strings.Repeat("x", 43)),
	"preview_begin": func(c *cell) wish {
		c.begin("/people/invite", desk.ChangePeople)
		return post("/preview", url.Values{})
	},
	"preview_end": empty("/preview/end"),

	"export_give": func(c *cell) wish { return post(c.path("/export/case.zip"), url.Values{"for": {"A sample school"}}) },
	"given_show":  func(c *cell) wish { return get(c.path("/given")) },
	"given_table": func(c *cell) wish { return get(c.path("/given.csv")) },

	"pair_show":  look("/pair"),
	"pair_open":  empty("/pair"),
	"pair_end":   empty("/pair/end"),
	"pair_phone": look("/phone/" + strings.Repeat("x", 43)),
	"pair_enter": empty("/phone"),

	"account_show":      look("/account"),
	"account_make":      empty("/account/new"),
	"passphrase_save":   empty("/account/passphrase"),
	"passphrase_drop":   empty("/account/passphrase/drop"),
	"app_save":          empty("/account/app"),
	"codes_make":        empty("/account/codes"),
	"passkey_new":       empty("/account/passkeys"),
	"passkey_add":       empty("/account/passkeys/finish"),
	"passkey_drop":      empty("/account/passkeys/x/drop"),
	"space_switch":      empty("/space"),
	"device_list":       look("/devices"),
	"device_end_others": empty("/devices/end"),
	"device_end":        empty("/devices/x/end"),

	"access_show":  look("/access"),
	"access_table": look("/access.csv"),

	"host_show": look("/families"),
	"host_offer": func(c *cell) wish {
		return post("/families", url.Values{"name": {desk.NewName()}, "for": {"A sample family"}, "backups": {"30"}})
	},
	"host_end":       func(c *cell) wish { return post("/families/"+c.hosting()+"/end", url.Values{}) },
	"welcome_show":   look("/welcome/" + strings.Repeat("x", 43)),
	"welcome_accept": empty("/welcome/" + strings.Repeat("x", 43)),
	"leave_show":     look("/leave"),
	"leave_take":     empty("/leave/take"),
	"leave_save":     empty("/leave"),
	"receipt_show":   look("/receipt"),
	"receipt_check":  func(*cell) wish { return send("/receipt", nil) },

	"control_seen":   empty("/control/seen"),
	"control_pair":   empty("/control/pair"),
	"control_unpair": empty("/control/unpair"),
}

// begin fills in the form of a share, for whoever may, so that its later steps can
// be asked for.
func (c *cell) begin(path string, a desk.Action) {
	preset, to := "family", "/new"
	if a == desk.ChangePeople {
		preset, to = "member", ""
	}
	if c.should(c.p, a, c.c) {
		c.post(path+to+"?preset="+preset, url.Values{"for": {"Sample somebody"}, "role": {"editor"}}).is(c.t, http.StatusSeeOther)
	}
}

// someone is a person of the space whom nobody needs.
func (c *cell) someone() *persona {
	space := c.home
	if c.maker() == "stranger" {
		space = c.away
	}
	x := *c.town
	x.people = map[string]*persona{}
	return x.person(space, "somebody", &people.Member{Role: people.Reader})
}

// granted is where a share of the case can be ended.
func (c *cell) granted() string {
	p := c.someone()
	if (p.space == c.away) != (c.c == c.other) {
		return "/share/" + string(p.id) + "/" + desk.NewName()
	}
	g := people.Grant{ID: desk.NewName(), Case: c.c, Person: p.id, Role: people.Reader, By: c.people[c.maker()].id, Since: townDay}
	if c.c == c.one || c.c == c.two || c.c == c.other {
		g.Entries = []string{c.entry()}
	}
	c.item(p.space, "grant", string(p.id)+"/"+g.ID, g)
	return "/share/" + string(p.id) + "/" + g.ID
}

// invitation is one that waits.
func (c *cell) invitation() string {
	id := desk.NewName()
	if _, _, err := c.desk.Invite(c.t.Context(), c.who(c.maker()), id, "Sample somebody", desk.Terms{Role: people.Reader}); err != nil {
		c.t.Fatal(err)
	}
	return id
}

// hosting is a space that was offered to a family.
func (c *cell) hosting() string {
	id := desk.NewName()
	_, _ = c.desk.HostFamily(c.t.Context(), c.who(c.maker()), id, "Sample family", 30) // a household may not
	return id
}
