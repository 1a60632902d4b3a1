package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"stayput/desk"
	"stayput/people"
	"stayput/people/credential"
)

// The requests for the pages of people, sharing, signing in, devices, the access
// log and leaving.
func init() {
	for name, f := range morewishes {
		wishes[name] = f
	}
}

// whenReached are the last steps of passkeys: what they take only a browser makes. Here
// they are asked for with nothing, and say so; passkey_browser_test.go goes through
// them with a browser. Every other row is a request that succeeds for whoever may ask.
var whenReached = map[string]string{
	"passkey_finish": "nothing was begun",
	"passkey_made":   "nothing was begun",
	"passkey_add":    "nothing was begun",
}

func empty(path string) func(*cell) wish {
	return func(*cell) wish { return post(path, url.Values{}) }
}

func look(path string) func(*cell) wish { return func(*cell) wish { return get(path) } }

var morewishes = map[string]func(c *cell) wish{
	"sign_show": func(c *cell) wish {
		return get("/sign-in?again=1&next=" + url.QueryEscape(c.invited())).gets("^200")
	},
	"sign_in": func(c *cell) wish {
		x := c.signIn()
		return post("/sign-in", url.Values{"login-2": {x.login}, "recovery": {x.codes[0]}, "next": {"/cases"}}).gets("^303 /cases$")
	},
	"passkey_begin":  func(c *cell) wish { return c.script("/sign-in/passkey", `{}`).gets("^200") },
	"passkey_finish": func(c *cell) wish { return c.script("/sign-in/passkey/finish", `{}`) },
	"sign_up": func(c *cell) wish { // who is in already makes one under Account
		want := "^200"
		if c.in() {
			want = "^303 /account$"
		}
		return get("/sign-up?next=" + url.QueryEscape(c.invited())).gets(want)
	},
	"sign_up_save": func(c *cell) wish { return c.newAccount("/sign-up").gets("^303 /account/codes") },
	"passkey_make": func(c *cell) wish {
		return c.script("/sign-up/passkey", fmt.Sprintf(`{"login":"sample-%s","name":"x","next":%q}`, desk.NewName(), c.invited())).gets("^200")
	},
	"passkey_made": func(c *cell) wish { return c.script("/sign-up/passkey/finish", `{}`) },
	"sign_out":     func(c *cell) wish { c.signIn(); return post("/sign-out", url.Values{}).gets("^303 /sign-in$") },
	"codes_show": func(c *cell) wish {
		x := c.signIn()
		return get(c.site.codesPath(x.id, x.codes, "/account")).gets("^200")
	},

	"settings_space": func(c *cell) wish {
		kind := people.Household
		if c.maker() == "host" {
			kind = people.Practice
		}
		return post("/settings/space", url.Values{"kind": {string(kind)}, "called": {"Sample"}})
	},

	"people_show": look("/people"),
	"people_leave": func(c *cell) wish {
		c.twin()
		return post("/people/leave", url.Values{}).gets("^303 ")
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
		return post("/people/"+string(c.someone().id)+"/end", url.Values{"version": {"1"}}).gets("^303 /people$")
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
	"join_show":   func(c *cell) wish { return get(c.invited()).gets("^200") },
	"join_take": func(c *cell) wish {
		c.signIn()
		return post(c.invitationTo(c.elsewhere()), url.Values{}).gets("^303 /$")
	},
	"preview_begin": func(c *cell) wish {
		c.begin("/people/invite", desk.ChangePeople)
		return post("/preview", url.Values{})
	},
	"preview_end": empty("/preview/end"),

	"export_give": func(c *cell) wish { return post(c.path("/export/case.zip"), url.Values{"for": {"A sample school"}}) },
	"given_show":  func(c *cell) wish { return get(c.path("/given")) },
	"given_table": func(c *cell) wish { return get(c.path("/given.csv")) },

	"pair_show": look("/pair"),
	"pair_open": func(c *cell) wish { c.atHome(); return post("/pair", url.Values{}).gets("^303 /pair$") },
	"pair_end":  func(c *cell) wish { return post("/pair/end", url.Values{}).gets("^303 /pair$") },
	"pair_phone": func(c *cell) wish {
		o, p := c.phone()
		return wish{want: "^200", do: func() answer { return p.get("/phone/" + keyOf(o)) }}
	},
	"pair_enter": func(c *cell) wish {
		o, p := c.phone()
		return wish{want: "^303 /$", do: func() answer {
			return p.send("POST", "/phone", "key="+keyOf(o), map[string]string{"Origin": "null", "Sec-Fetch-Site": "same-origin"})
		}}
	},

	"account_show": look("/account"),
	"account_make": func(c *cell) wish { return c.newAccount("/account/new").gets("^303 /account/codes") },
	"login_save": func(c *cell) wish {
		c.signIn()
		return post("/account/login", url.Values{"login": {"renamed-" + desk.NewName()}}).gets("^303 /account$")
	},
	"account_end": func(c *cell) wish { c.signIn(); return get("/account/end").gets("^200") },
	"account_ended": func(c *cell) wish {
		return post("/account/end", url.Values{"login": {c.signIn().login}, "sure": {"yes"}}).gets("^200")
	},
	"passphrase_save": func(c *cell) wish {
		c.signIn()
		return post("/account/passphrase", url.Values{"passphrase": {"eleven slow herons over the pond"}}).gets("^303 /account$")
	},
	"passphrase_drop": func(c *cell) wish {
		c.signIn()
		return post("/account/passphrase/drop", url.Values{}).gets("^303 /account$")
	},
	"app_save": func(c *cell) wish {
		c.signIn()
		secret := credential.NewSecret()
		return post("/account/app", url.Values{"secret": {secret}, "code": {credential.Code(secret, *c.at)}}).gets("^303 /account$")
	},
	"codes_make": func(c *cell) wish {
		c.signIn()
		return post("/account/codes", url.Values{}).gets("^303 /account/codes")
	},
	"passkey_new": func(c *cell) wish { c.signIn(); return c.script("/account/passkeys", `{}`).gets("^200") },
	"passkey_add": func(c *cell) wish { return c.script("/account/passkeys/finish", `{}`) },
	"passkey_drop": func(c *cell) wish {
		return post("/account/passkeys/"+c.signIn().second+"/drop", url.Values{}).gets("^303 /account$")
	},
	"space_switch": func(c *cell) wish {
		return post("/space", url.Values{"space": {string(c.signIn().Space)}}).gets("^303 /$")
	},
	"device_list": look("/devices"),
	"device_end_others": func(c *cell) wish {
		c.signIn()
		return post("/devices/end", url.Values{}).gets("^303 /devices$")
	},
	"device_end": func(c *cell) wish {
		x := c.signIn()
		if x.id == "" {
			return post("/devices/none/end", url.Values{})
		}
		other, err := c.desk.BeginAccount(c.t.Context(), x.id, "", "Sample laptop")
		if err != nil {
			c.t.Fatal(err)
		}
		return post("/devices/"+other.Device+"/end", url.Values{}).gets("^303 /devices$")
	},

	"access_show":  look("/access"),
	"access_table": look("/access.csv"),

	"host_show": func(c *cell) wish { return get("/families").gets(c.hosts("^200")) },
	"host_offer": func(c *cell) wish {
		return post("/families", url.Values{"name": {desk.NewName()}, "for": {"A sample family"}, "backups": {"30"}}).gets(c.hosts("^200"))
	},
	"host_end": func(c *cell) wish {
		want := "^303 /families$"
		if c.maker() != "host" {
			want = "^404" // a household has none to end
		}
		return post("/families/"+c.hosting()+"/end", url.Values{}).gets(want)
	},
	"welcome_show": func(c *cell) wish { return get(c.offered()).gets("^200") },
	"welcome_accept": func(c *cell) wish {
		c.signIn()
		return post(c.offer(), url.Values{"name": {"Sample"}, "space": {"A new sample family"}}).gets("^303 /$")
	},
	"leave_show": look("/leave"),
	"leave_take": func(c *cell) wish { return post("/leave/take", url.Values{}).gets("^200") },
	"leave_save": func(c *cell) wish {
		if c.should(c.p, desk.LeaveSpace, "") {
			c.leaver()
		}
		return post("/leave", url.Values{"word": {"LEAVE"}, "sure": {"yes"}}).gets("^200")
	},
	"receipt_show":  look("/receipt"),
	"receipt_check": func(c *cell) wish { return post("/receipt", url.Values{"receipt": {c.receipt()}}).gets("^200") },

	"control_seen": func(c *cell) wish {
		nonce := strings.Repeat("a", 32)
		return wish{method: "POST", path: "/control/seen", body: fmt.Sprintf(`{"nonce":%q,"lines":[],"proof":%q}`, nonce, proof("secret", "seen", nonce, "[]")), want: "^200"}
	},
	"control_pair":   func(c *cell) wish { c.atHome(); return control("/control/pair", "pair", "^200") },
	"control_unpair": func(c *cell) wish { return control("/control/unpair", "unpair", "^200") },
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
	x := *c.town
	x.people = map[string]*persona{}
	return x.person(c.people[c.maker()].space, "somebody", &people.Member{Role: people.Reader})
}

// in reports that somebody is there who may do something.
func (c *cell) in() bool { return c.p != nil && !c.p.out }

// holds makes the cell's browser one that came in with a session.
func (c *cell) holds(own desk.Me) {
	c.t.Helper()
	s := c.site
	ctx, err := s.sessions.Load(c.t.Context(), "")
	if err != nil {
		c.t.Fatal(err)
	}
	if err := s.beginDevice(ctx, own); err != nil {
		c.t.Fatal(err)
	}
	token, _, err := s.sessions.Commit(ctx)
	if err != nil {
		c.t.Fatal(err)
	}
	h := *c.house
	h.client = h.browser()
	u, _ := url.Parse(h.server.URL)
	h.client.Jar.SetCookies(u, []*http.Cookie{{Name: s.sessions.Cookie.Name, Value: token, Path: "/"}})
	v := *c.town
	v.house = &h
	c.town = &v
}

// twin puts in the cell's place somebody new who may do exactly the same, for what
// somebody can do once. Nobody, and who may do nothing, stays as he or she is.
func (c *cell) twin() *persona {
	c.t.Helper()
	if !c.in() || !c.should(c.p, c.needs, c.c) {
		return nil
	}
	x := *c.town
	x.people = map[string]*persona{}
	tw := x.person(c.p.space, "twin", &people.Member{Role: c.p.role, Counsel: c.p.counsel && c.p.role != people.NoRole})
	if c.p.granted {
		g := c.p.gave
		g.ID, g.Person = c.town.name(), tw.id
		c.item(tw.space, "grant", string(tw.id)+"/"+g.ID, g)
	}
	c.holds(desk.Me{Space: tw.space, Person: tw.id})
	return tw
}

// A signed is somebody who signed in to an account a moment ago, with two passkeys.
type signed struct {
	desk.Me
	id     people.AccountID
	login  string
	codes  []string
	second string // the name of the second passkey
}

// signIn signs a twin in to a new account; for nobody it is an account that is nobody
// anywhere. Whoever may not ask stays as he or she is.
func (c *cell) signIn() signed {
	c.t.Helper()
	if !c.should(c.p, c.needs, c.c) {
		return signed{second: "none"}
	}
	ctx, n := c.t.Context(), desk.NewName()
	key := func(name string) *desk.Passkey {
		return &desk.Passkey{ID: name + n, Name: "Sample key", Host: "localhost", Body: json.RawMessage(`{}`)}
	}
	in := desk.NewAccount{Login: "sample-" + n, Passkey: key("one")}
	if tw := c.twin(); tw != nil {
		in.Space, in.Person = tw.space, tw.id
	}
	id, codes, err := c.desk.MakeAccount(ctx, in)
	if err != nil {
		c.t.Fatal(err)
	}
	out, err := c.desk.BeginAccount(ctx, id, "", "Sample phone")
	if err != nil {
		c.t.Fatal(err)
	}
	if err := c.desk.AddPasskey(ctx, out.Me, *key("two")); err != nil {
		c.t.Fatal(err)
	}
	c.holds(out.Me)
	return signed{out.Me, id, in.Login, codes, "two" + n}
}

// newAccount is the form of a new account: of a twin who has none, or of who was
// invited.
func (c *cell) newAccount(path string) wish {
	c.twin()
	secret := credential.NewSecret()
	return post(path, url.Values{"login": {"sample-" + desk.NewName()}, "passphrase": {"eleven slow herons over the pond"}, "secret": {secret},
		"code": {credential.Code(secret, *c.at)}, "next": {c.invited()}})
}

// script is what the script of a page with passkeys sends, at the name where they
// work. The browser's cookies are those of another name, so they are given along.
func (c *cell) script(path, body string) wish {
	u, _ := url.Parse(c.server.URL)
	var cookies []string
	for _, x := range c.client.Jar.Cookies(u) {
		cookies = append(cookies, x.Name+"="+x.Value)
	}
	return wish{method: "POST", path: path, body: body, header: map[string]string{"Content-Type": "application/json", "Host": "localhost:" + u.Port(), "Cookie": strings.Join(cookies, "; ")}}
}

// elsewhere is an owner of a space in which the cell's person is nobody.
func (c *cell) elsewhere() string {
	if c.maker() == "stranger" {
		return "owner"
	}
	return "stranger"
}

// invitationTo is the path of an invitation to somebody's space.
func (c *cell) invitationTo(by string) string {
	c.t.Helper()
	_, token, err := c.desk.Invite(c.t.Context(), c.who(by), desk.NewName(), "Sample somebody", desk.Terms{Role: people.Reader})
	if err != nil {
		c.t.Fatal(err)
	}
	return "/join/" + token
}

// invited is the path of an invitation that waits and that nobody takes.
func (c *cell) invited() string {
	if c.looks.invite == "" {
		c.looks.invite = c.invitationTo("owner")
	}
	return c.looks.invite
}

// offer is the path of the office's offer of a space; offered is one that nobody takes.
func (c *cell) offer() string {
	c.t.Helper()
	token, err := c.desk.HostFamily(c.t.Context(), c.who("host"), desk.NewName(), "Sample family", 30)
	if err != nil {
		c.t.Fatal(err)
	}
	return "/welcome/" + token
}

func (c *cell) offered() string {
	if c.looks.welcome == "" {
		c.looks.welcome = c.offer()
	}
	return c.looks.welcome
}

// hosts is what an office gets; a household is told that it hosts nobody.
func (c *cell) hosts(want string) string {
	if c.maker() == "host" {
		return want
	}
	return "^409"
}

// leaver is the owner of a space of her own who took everything along.
func (c *cell) leaver() desk.Who {
	c.t.Helper()
	x := *c.town
	x.people = map[string]*persona{}
	p := x.person(c.space("A sample family that leaves", people.Household), "leaver", &people.Member{Role: people.Owner, Counsel: true})
	who, _, err := c.desk.Recognize(c.t.Context(), p.space, p.id)
	if err != nil {
		c.t.Fatal(err)
	}
	taken, err := c.desk.TakeAlong(c.t.Context(), who)
	if err != nil {
		c.t.Fatal(err)
	}
	if err := taken(); err != nil {
		c.t.Fatal(err)
	}
	c.holds(desk.Me{Space: p.space, Person: p.id})
	return who
}

// receipt is that of a space that left.
func (c *cell) receipt() string {
	if c.looks.receipt == nil {
		v := *c // the cell's own person stays in its browser
		signed, err := c.desk.LeaveSpace(c.t.Context(), v.leaver())
		if err != nil {
			c.t.Fatal(err)
		}
		c.looks.receipt = signed
	}
	return string(c.looks.receipt)
}

// atHome lets this machine be the home network.
func (c *cell) atHome() {
	c.site.pairing.addresses = func() []netip.Addr { return []netip.Addr{netip.MustParseAddr("127.0.0.1")} }
	site := c.site
	c.t.Cleanup(func() { site.EndPairing() })
}

// phone is a phone in the home network to which the program is offered.
func (c *cell) phone() (Offer, *phone) {
	c.t.Helper()
	c.atHome()
	o, err := c.site.OfferToOwner(c.t.Context(), "en")
	if err != nil {
		c.t.Fatal(err)
	}
	return o, newPhone(c.t.(*testing.T), o)
}

// control is what another command of the same user asks.
func control(path, what, want string) wish {
	nonce := strings.Repeat("a", 32)
	return wish{method: "POST", path: path, body: fmt.Sprintf(`{"nonce":%q,"proof":%q}`, nonce, proof("secret", what, nonce)), want: want}
}

// granted is where a share of the case can be ended.
func (c *cell) granted() string {
	p := c.someone()
	if p.space != c.spaceOf(c.c) {
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
