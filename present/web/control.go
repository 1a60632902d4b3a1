package web

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"stayput/fault"
)

// A controlAsk is how another command of the same user asks for a one-time
// link. It shows that it knows the secret without sending it, because a program
// of somebody else's may listen at the port by now.
type controlAsk struct {
	Nonce string `json:"nonce"`
	Proof string `json:"proof"`
}

// A controlAnswer shows that whoever answers knows the secret too.
type controlAnswer struct {
	Says  string `json:"says"` // the path of a one-time link, or an Offer, or a fault
	Wrong bool   `json:"wrong,omitempty"`
	Proof string `json:"proof"`
}

// proof binds words to the secret.
func proof(secret string, words ...string) string {
	m := hmac.New(sha256.New, []byte(secret))
	io.WriteString(m, strings.Join(words, "\n"))
	return hex.EncodeToString(m.Sum(nil))
}

// controlLink makes a one-time link for a command of the same user.
func (s *Site) controlLink(w http.ResponseWriter, r *http.Request) error {
	return s.controlled(w, r, "ask", func() (string, error) { return s.NewLink(), nil })
}

// controlPair offers the program to a phone, for a command of the same user.
func (s *Site) controlPair(w http.ResponseWriter, r *http.Request) error {
	return s.controlled(w, r, "pair", func() (string, error) {
		o, err := s.OfferToOwner(r.Context(), s.guessLang(r))
		if err != nil {
			return "", err
		}
		says, err := json.Marshal(o)
		return string(says), err
	})
}

// controlUnpair shuts the home network's door, for a command of the same user.
func (s *Site) controlUnpair(w http.ResponseWriter, r *http.Request) error {
	return s.controlled(w, r, "unpair", func() (string, error) {
		if s.EndPairing() {
			return "ended", nil
		}
		return "", nil
	})
}

// controlled answers a command of the same user: only such a one can read the
// secret, speaks from this machine, and is no browser.
func (s *Site) controlled(w http.ResponseWriter, r *http.Request, what string, do func() (string, error)) error {
	no := refuse(http.StatusNotFound, "web.error.not_found")
	if !ownDoor(r) || !peer(r).IsLoopback() || !sameUser(r.RemoteAddr) {
		return no
	}
	if r.Header.Get("Origin") != "" || r.Header.Get("Sec-Fetch-Site") != "" || s.control == "" {
		return no
	}
	var ask controlAsk
	if err := s.jsonBody(w, r, &ask); err != nil {
		return err
	}
	if len(ask.Nonce) != 32 || !hmac.Equal([]byte(ask.Proof), []byte(proof(s.control, what, ask.Nonce))) {
		return no
	}
	says, err := do()
	wrong := err != nil
	if wrong {
		var f *fault.Error
		if !errors.As(err, &f) {
			return err
		}
		seen(r).err = err
		says = f.Key
	}
	return giveJSON(w, http.StatusOK, controlAnswer{says, wrong, proof(s.control, "answer", what, ask.Nonce, fmt.Sprint(wrong), says)})
}

// ErrNotRunning is what AskForLink gives when nobody who knows the secret
// answers.
var ErrNotRunning = errors.New("no program answers")

// AskForLink asks the program that runs at address (http://localhost:7847) for a
// one-time link and gives its path.
func AskForLink(ctx context.Context, address, secret string) (string, error) {
	return askRunning(ctx, address, secret, "link", "ask", "")
}

// AskForOffer asks it to offer itself to a phone.
func AskForOffer(ctx context.Context, address, secret, lang string) (o Offer, err error) {
	says, err := askRunning(ctx, address, secret, "pair", "pair", lang)
	if err != nil {
		return o, err
	}
	if json.Unmarshal([]byte(says), &o) != nil {
		return o, ErrNotRunning
	}
	return o, nil
}

// AskToEndPairing asks it to be there for phones no more; false when it was not.
func AskToEndPairing(ctx context.Context, address, secret string) (was bool, err error) {
	says, err := askRunning(ctx, address, secret, "unpair", "unpair", "")
	return says == "ended", err
}

// askRunning asks for one thing. What went wrong in the other program is its fault
// said again; what is no proved answer is none.
func askRunning(ctx context.Context, address, secret, path, what, lang string) (string, error) {
	var b [16]byte
	rand.Read(b[:]) // never fails (crypto/rand)
	nonce := hex.EncodeToString(b[:])
	body, err := json.Marshal(controlAsk{nonce, proof(secret, what, nonce)})
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address+"/control/"+path, bytes.NewReader(body))
	if err != nil {
		return "", ErrNotRunning
	}
	if lang != "" {
		r.Header.Set("Accept-Language", lang)
	}
	client := http.Client{
		Transport:     &http.Transport{DisableKeepAlives: true}, // without a proxy
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	a, err := client.Do(r)
	if err != nil {
		return "", ErrNotRunning
	}
	defer a.Body.Close()
	var got controlAnswer
	if a.StatusCode != http.StatusOK || json.NewDecoder(io.LimitReader(a.Body, 4096)).Decode(&got) != nil ||
		!hmac.Equal([]byte(got.Proof), []byte(proof(secret, "answer", what, nonce, fmt.Sprint(got.Wrong), got.Says))) {
		return "", ErrNotRunning
	}
	if got.Wrong {
		return "", fault.New(fault.Unavailable, fault.Position{}, got.Says)
	}
	return got.Says, nil
}
