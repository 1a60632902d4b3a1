package web

import (
	"crypto/sha256"
	"crypto/subtle"
	"net"
	"net/http"
	"strings"
)

// A ControlAnswer is what another command of the same user gets.
type ControlAnswer struct {
	Path string `json:"path"` // of a one-time link
}

// controlled refuses whoever is not a command of the same user: only such a one
// can read the secret, speaks from this machine, and is no browser.
func (s *Site) controlled(r *http.Request) error {
	no := refuse(http.StatusNotFound, "web.error.not_found")
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if ip := net.ParseIP(host); err != nil || ip == nil || !ip.IsLoopback() {
		return no
	}
	if r.Header.Get("Origin") != "" || r.Header.Get("Sec-Fetch-Site") != "" || s.control == "" {
		return no
	}
	got, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	a, b := sha256.Sum256([]byte(got)), sha256.Sum256([]byte(s.control))
	if !ok || subtle.ConstantTimeCompare(a[:], b[:]) != 1 {
		return no
	}
	return nil
}

// controlLink makes a one-time link.
func (s *Site) controlLink(w http.ResponseWriter, r *http.Request) error {
	if err := s.controlled(r); err != nil {
		return err
	}
	return giveJSON(w, http.StatusOK, ControlAnswer{Path: s.NewLink()})
}
