package web

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"time"

	"stayput/desk"
)

// A controlLines is what another command of the same user read and could not note
// by itself, because this program has the data open.
type controlLines struct {
	Nonce string          `json:"nonce"`
	Lines json.RawMessage `json:"lines"`
	Proof string          `json:"proof"`
}

// mostNoted is how much of it is taken at once.
const mostNoted = 100_000

// controlSeen notes what a command of the same user did.
func (s *Site) controlSeen(w http.ResponseWriter, r *http.Request) error {
	no := refuse(http.StatusNotFound, "web.error.not_found")
	if !ownDoor(r) || !peer(r).IsLoopback() || !sameUser(r.RemoteAddr) || r.Header.Get("Origin") != "" || r.Header.Get("Sec-Fetch-Site") != "" || s.control == "" {
		return no
	}
	var ask controlLines
	if err := s.jsonBody(w, r, &ask); err != nil {
		return err
	}
	if len(ask.Nonce) != 32 || len(ask.Lines) > mostNoted || !hmac.Equal([]byte(ask.Proof), []byte(proof(s.control, "seen", ask.Nonce, string(ask.Lines)))) {
		return no
	}
	var all []*desk.Waiting
	if err := json.Unmarshal(ask.Lines, &all); err != nil {
		return no
	}
	if err := s.desk.AddWaiting(r.Context(), all); err != nil {
		return err
	}
	return giveJSON(w, http.StatusOK, struct{}{})
}

// AskToNote hands to the program that runs at address what a command read.
func AskToNote(ctx context.Context, address, secret string, all []*desk.Waiting) error {
	lines, err := json.Marshal(all)
	if err != nil {
		return err
	}
	var b [16]byte
	rand.Read(b[:]) // never fails (crypto/rand)
	ask := controlLines{Nonce: hex.EncodeToString(b[:]), Lines: lines}
	ask.Proof = proof(secret, "seen", ask.Nonce, string(lines))
	body, err := json.Marshal(ask)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address+"/control/seen", bytes.NewReader(body))
	if err != nil {
		return ErrNotRunning
	}
	client := http.Client{
		Transport:     &http.Transport{DisableKeepAlives: true}, // without a proxy
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	a, err := client.Do(r)
	if err != nil {
		return ErrNotRunning
	}
	a.Body.Close()
	if a.StatusCode != http.StatusOK {
		return ErrNotRunning
	}
	return nil
}
