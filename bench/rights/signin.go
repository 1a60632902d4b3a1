package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"stayput/desk"
	"stayput/people/credential"
)

const phrase = "a sample passphrase of some length"

// check looks at a passphrase as sign-in does, and gives the median in milliseconds.
func check(turns int) (float64, error) {
	kept := credential.Hash(phrase, credential.Usual)
	var all []float64
	for range turns {
		began := time.Now()
		if right, _ := credential.Check(kept, phrase); !right {
			return 0, fmt.Errorf("the right passphrase was refused")
		}
		all = append(all, float64(time.Since(began).Nanoseconds())/1e6)
	}
	return at(all, 50), nil
}

// signIns makes an account for the owner and signs in with each of its recovery codes
// in place of an app's, which would have to wait half a minute between two; from the
// form to the answer, in milliseconds.
func (h *house) signIns(ctx context.Context) (median, slowest float64, err error) {
	secret := credential.NewSecret()
	_, codes, err := h.desk.MakeAccount(ctx, desk.NewAccount{
		Login: "sample", Passphrase: phrase, Secret: secret, Code: credential.Code(secret, time.Now()), Space: h.who.Space, Person: h.who.Person.ID,
	})
	if err != nil {
		return 0, 0, err
	}
	guest := *h
	guest.entry = ""
	var all []float64
	for _, code := range codes {
		began := time.Now()
		w := guest.ask(http.MethodPost, "/sign-in", url.Values{"login": {"sample"}, "passphrase": {phrase}, "code": {code}}.Encode())
		if w.Code != http.StatusSeeOther {
			return 0, 0, fmt.Errorf("signing in gave %d", w.Code)
		}
		all = append(all, float64(time.Since(began).Nanoseconds())/1e6)
	}
	return at(all, 50), at(all, 100), nil
}
