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
	"io"
	"net"
	"net/http"
	"strings"
	"time"
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
	Path  string `json:"path"` // of a one-time link
	Proof string `json:"proof"`
}

// proof binds words to the secret.
func proof(secret string, words ...string) string {
	m := hmac.New(sha256.New, []byte(secret))
	io.WriteString(m, strings.Join(words, "\n"))
	return hex.EncodeToString(m.Sum(nil))
}

// controlLink makes a one-time link for a command of the same user: only such a
// one can read the secret, speaks from this machine, and is no browser.
func (s *Site) controlLink(w http.ResponseWriter, r *http.Request) error {
	no := refuse(http.StatusNotFound, "web.error.not_found")
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if ip := net.ParseIP(host); err != nil || ip == nil || !ip.IsLoopback() {
		return no
	}
	if r.Header.Get("Origin") != "" || r.Header.Get("Sec-Fetch-Site") != "" || s.control == "" {
		return no
	}
	var ask controlAsk
	if err := s.jsonBody(w, r, &ask); err != nil {
		return err
	}
	if len(ask.Nonce) != 32 || !hmac.Equal([]byte(ask.Proof), []byte(proof(s.control, "ask", ask.Nonce))) {
		return no
	}
	path := s.NewLink()
	return giveJSON(w, http.StatusOK, controlAnswer{path, proof(s.control, "answer", ask.Nonce, path)})
}

// ErrNotRunning is what AskForLink gives when nobody who knows the secret
// answers.
var ErrNotRunning = errors.New("no program answers")

// AskForLink asks the program that runs at address (http://localhost:7847) for a
// one-time link and gives its path.
func AskForLink(ctx context.Context, address, secret string) (string, error) {
	var b [16]byte
	rand.Read(b[:]) // never fails (crypto/rand)
	nonce := hex.EncodeToString(b[:])
	body, err := json.Marshal(controlAsk{nonce, proof(secret, "ask", nonce)})
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address+"/control/link", bytes.NewReader(body))
	if err != nil {
		return "", ErrNotRunning
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
		!hmac.Equal([]byte(got.Proof), []byte(proof(secret, "answer", nonce, got.Path))) {
		return "", ErrNotRunning
	}
	return got.Path, nil
}
