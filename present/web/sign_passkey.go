package web

import (
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"strings"

	"stayput/desk"
	"stayput/people"
)

// Passkeys. The page's script asks for a challenge, lets the browser answer it, and
// brings the answer; the script says nothing of its own and decides nothing.

// A ceremony is a challenge that waits for its answer.
type ceremony struct {
	challenge json.RawMessage // what the passkey's answer is checked against
	account   people.AccountID
	login     string // of an account that is being made
	name      string // how the passkey will be called
	next      string
	making    bool
	who       desk.Who // whose account it will be, on one's own machine
}

// A passkeyAsk is what the script sends.
type passkeyAsk struct {
	Login    string          `json:"login"`
	Name     string          `json:"name"`
	Next     string          `json:"next"`
	Ceremony string          `json:"ceremony"`
	Answer   json.RawMessage `json:"answer"`
}

// A passkeyTold is what it gets back.
type passkeyTold struct {
	Ceremony string `json:"ceremony,omitempty"`
	Options  any    `json:"options,omitempty"`
	To       string `json:"to,omitempty"`   // the page to open
	Says     string `json:"says,omitempty"` // what went wrong
}

// errPasskey says that a passkey did not fit, and nothing else.
var errPasskey = refuse(http.StatusUnprocessableEntity, "signin.wrong_passkey")

// passkeysHere reports that browsers offer passkeys at this address: a name, with
// TLS or on this machine. They do not at a number.
func (s *Site) passkeysHere(r *http.Request) bool {
	host := hostName(r)
	return passkeysBuilt && host != "" && !isAddress(host) && (cameBy(r).door.secure() || host == "localhost")
}

// hostName is the name by which the program was asked, without the port.
func hostName(r *http.Request) string {
	if h, _, err := net.SplitHostPort(r.Host); err == nil {
		return h
	}
	return r.Host
}

// told runs a step and tells the script what came of it.
func (s *Site) told(f func(w http.ResponseWriter, r *http.Request, ask passkeyAsk) (passkeyTold, error)) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		var ask passkeyAsk
		if !strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
			return refuse(http.StatusBadRequest, "web.error.bad_form")
		}
		err := s.jsonBody(w, r, &ask)
		if err == nil && !s.passkeysHere(r) {
			err = refuse(http.StatusBadRequest, "signin.no_passkeys_here")
		}
		var out passkeyTold
		if err == nil {
			out, err = f(w, r, ask)
		}
		if err == nil {
			if err := s.keep(w, r); err != nil {
				return err
			}
			return giveJSON(w, http.StatusOK, out)
		}
		if to := s.againPath(err, nextPage(ask.Next)); to != "" {
			return giveJSON(w, http.StatusOK, passkeyTold{To: to})
		}
		seen(r).err = err
		status := statusOf(err)
		p := errorPage{Frame: s.frame(r, errorTitle(err, status), "")}
		says, _ := p.sayings(err, status)
		return giveJSON(w, status, passkeyTold{Says: strings.Join(says, " ")})
	}
}

// passkeyBegin begins signing in with a passkey. Which one the browser offers is
// between it and the person: nothing here says who has an account.
func (s *Site) passkeyBegin(_ http.ResponseWriter, r *http.Request, ask passkeyAsk) (out passkeyTold, err error) {
	c := ceremony{next: nextPage(ask.Next)}
	if out.Options, c.challenge, err = s.challengeLogin(r); err != nil {
		return out, err
	}
	out.Ceremony = s.ceremonies.add(s.now(), c)
	return out, nil
}

// passkeyFinish signs in whose passkey answered.
func (s *Site) passkeyFinish(w http.ResponseWriter, r *http.Request, ask passkeyAsk) (out passkeyTold, err error) {
	c, ok := s.ceremonies.take(s.now(), ask.Ceremony)
	if !ok || c.making || c.account != "" {
		return out, refuse(http.StatusUnprocessableEntity, "signin.passkey_late")
	}
	id, body, err := s.answeredLogin(r, c.challenge, ask.Answer)
	if err != nil {
		return out, err
	}
	in, err := s.desk.SignInPasskey(r.Context(), id, body, s.knownCookie(r), browserName(r))
	if err != nil {
		return out, err
	}
	out.To = c.next
	return out, s.letIn(w, r, in)
}

// passkeyNew begins adding a passkey to one's account.
func (s *Site) passkeyNew(_ http.ResponseWriter, r *http.Request, ask passkeyAsk) (out passkeyTold, err error) {
	a, err := s.desk.Account(r.Context(), me(r))
	if err != nil {
		return out, err
	}
	if a.ID == "" {
		return out, refuse(http.StatusNotFound, "web.error.not_found")
	}
	if !a.Fresh {
		return out, errAgain
	}
	c := ceremony{account: a.ID, name: passkeyName(r, ask.Name), next: "/account"}
	if out.Options, c.challenge, err = s.challengeNew(r, a.ID, a.Login, a.Passkeys); err != nil {
		return out, err
	}
	out.Ceremony = s.ceremonies.add(s.now(), c)
	return out, nil
}

// passkeyAdd adds the passkey that answered.
func (s *Site) passkeyAdd(_ http.ResponseWriter, r *http.Request, ask passkeyAsk) (out passkeyTold, err error) {
	c, ok := s.ceremonies.take(s.now(), ask.Ceremony)
	if !ok || c.making || c.account == "" || c.account != accountOf(r) {
		return out, refuse(http.StatusUnprocessableEntity, "signin.passkey_late")
	}
	id, body, err := s.answeredNew(r, c.challenge, ask.Answer, c.account)
	if err != nil {
		return out, err
	}
	if err := s.desk.AddPasskey(r.Context(), me(r), desk.Passkey{ID: id, Name: c.name, Host: hostName(r), Body: body}); err != nil {
		return out, err
	}
	s.done(r, "signin.passkey_added")
	out.To = "/account"
	return out, nil
}

// passkeyMake begins making an account with a passkey.
func (s *Site) passkeyMake(_ http.ResponseWriter, r *http.Request, ask passkeyAsk) (out passkeyTold, err error) {
	c := ceremony{making: true, login: strings.TrimSpace(ask.Login), name: passkeyName(r, ask.Name), next: nextPage(ask.Next)}
	if c.who, err = s.mayMake(r, c.next); err != nil {
		return out, err
	}
	if err := s.desk.CheckLogin(r.Context(), c.login); err != nil {
		return out, err
	}
	c.account = people.AccountID(desk.NewName())
	if out.Options, c.challenge, err = s.challengeNew(r, c.account, c.login, nil); err != nil {
		return out, err
	}
	out.Ceremony = s.ceremonies.add(s.now(), c)
	return out, nil
}

// passkeyMade makes the account of the passkey that answered, and signs in with it.
func (s *Site) passkeyMade(w http.ResponseWriter, r *http.Request, ask passkeyAsk) (out passkeyTold, err error) {
	c, ok := s.ceremonies.take(s.now(), ask.Ceremony)
	if !ok || !c.making {
		return out, refuse(http.StatusUnprocessableEntity, "signin.passkey_late")
	}
	whom, err := s.mayMake(r, c.next)
	if err != nil {
		return out, err
	}
	if whom.Person.ID != c.who.Person.ID {
		return out, refuse(http.StatusUnprocessableEntity, "signin.passkey_late")
	}
	id, body, err := s.answeredNew(r, c.challenge, ask.Answer, c.account)
	if err != nil {
		return out, err
	}
	out.To, err = s.makeAccount(w, r, desk.NewAccount{
		ID: c.account, Login: c.login, Passkey: &desk.Passkey{ID: id, Name: c.name, Host: hostName(r), Body: body},
		Space: whom.Space, Person: whom.Person.ID,
	}, c.next)
	return out, err
}

// passkeyName is how a passkey is called: as the person says, or as the browser.
func passkeyName(r *http.Request, said string) string {
	if said = strings.TrimSpace(said); said != "" {
		return said
	}
	return browserName(r)
}

// errAgain asks for signing in anew before something dangerous.
var errAgain = refuse(http.StatusForbidden, "signin.again")

// againPath is where to sign in anew when err asks for that, else "".
func (s *Site) againPath(err error, next string) string {
	key, _ := cause(err)
	if errors.Is(err, errAgain) || key == "signin.again" {
		return "/sign-in?again=1&next=" + queryEscape(next)
	}
	return ""
}
