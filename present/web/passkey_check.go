package web

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"stayput/desk"
	"stayput/people"
)

// passkeysBuilt says that this program can check passkeys.
const passkeysBuilt = true

// relying is what a passkey is bound to: the name by which the program was asked,
// and exactly the origin of the page.
func relying(r *http.Request) (*webauthn.WebAuthn, error) {
	return webauthn.New(&webauthn.Config{
		RPID: hostName(r), RPDisplayName: "Stayput", RPOrigins: []string{originOf(r)},
		AttestationPreference: protocol.PreferNoAttestation, // who made the device is not our business
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: protocol.ResidentKeyRequired(),
			UserVerification: protocol.VerificationRequired, // it stands for passphrase and code together
		},
		Timeouts: webauthn.TimeoutsConfig{
			Login:        webauthn.TimeoutConfig{Enforce: true, Timeout: 5 * time.Minute, TimeoutUVD: 5 * time.Minute},
			Registration: webauthn.TimeoutConfig{Enforce: true, Timeout: 5 * time.Minute, TimeoutUVD: 5 * time.Minute},
		},
	})
}

// A keyOwner is an account as the library asks for it.
type keyOwner struct {
	id    people.AccountID
	login string
	keys  []webauthn.Credential
}

// The four things the library asks.
func (o keyOwner) WebAuthnID() []byte                         { return []byte(o.id) }
func (o keyOwner) WebAuthnName() string                       { return o.login }
func (o keyOwner) WebAuthnDisplayName() string                { return o.login }
func (o keyOwner) WebAuthnCredentials() []webauthn.Credential { return o.keys }

// challengeLogin is what a browser has to answer to sign in, and what the answer is
// checked against.
func (s *Site) challengeLogin(r *http.Request) (options any, kept json.RawMessage, err error) {
	rp, err := relying(r)
	if err != nil {
		return nil, nil, err
	}
	out, session, err := rp.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return nil, nil, err
	}
	kept, err = json.Marshal(session)
	return out.Response, kept, err
}

// answeredLogin checks the answer. It gives the passkey's name and what to keep of it.
func (s *Site) answeredLogin(r *http.Request, kept, answer json.RawMessage) (id string, body json.RawMessage, err error) {
	rp, err := relying(r)
	if err != nil {
		return "", nil, err
	}
	var session webauthn.SessionData
	if err := json.Unmarshal(kept, &session); err != nil {
		return "", nil, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBody(bytes.NewReader(answer))
	if err != nil {
		return "", nil, errPasskey
	}
	id = base64.RawURLEncoding.EncodeToString(parsed.RawID)
	var broken error
	find := func(_, handle []byte) (webauthn.User, error) {
		p, login, found, err := s.desk.PasskeyNamed(r.Context(), id)
		if err != nil || !found || string(handle) != string(p.Account) {
			broken = err
			return nil, errPasskey
		}
		var key webauthn.Credential
		if broken = json.Unmarshal(p.Body, &key); broken != nil {
			return nil, errPasskey
		}
		return keyOwner{p.Account, login, []webauthn.Credential{key}}, nil
	}
	_, key, err := rp.ValidatePasskeyLogin(find, session, parsed)
	if broken != nil {
		return "", nil, broken
	}
	if err != nil {
		return "", nil, errPasskey
	}
	if key.Authenticator.CloneWarning {
		// It counted less than before: somebody may have a copy of it.
		if err := s.desk.Suspect(r.Context(), id); err != nil {
			return "", nil, err
		}
		return "", nil, errPasskey
	}
	body, err = json.Marshal(key)
	return id, body, err
}

// challengeNew is what a browser has to answer to make a passkey.
func (s *Site) challengeNew(r *http.Request, account people.AccountID, login string, has []desk.Passkey) (options any, kept json.RawMessage, err error) {
	rp, err := relying(r)
	if err != nil {
		return nil, nil, err
	}
	owner := keyOwner{id: account, login: login}
	var known []protocol.CredentialDescriptor
	for _, p := range has {
		var key webauthn.Credential
		if err := json.Unmarshal(p.Body, &key); err != nil {
			return nil, nil, err
		}
		known = append(known, key.Descriptor())
	}
	out, session, err := rp.BeginRegistration(owner, webauthn.WithExclusions(known))
	if err != nil {
		return nil, nil, err
	}
	kept, err = json.Marshal(session)
	return out.Response, kept, err
}

// answeredNew checks the answer of a new passkey.
func (s *Site) answeredNew(r *http.Request, kept, answer json.RawMessage, account people.AccountID) (id string, body json.RawMessage, err error) {
	rp, err := relying(r)
	if err != nil {
		return "", nil, err
	}
	var session webauthn.SessionData
	if err := json.Unmarshal(kept, &session); err != nil {
		return "", nil, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBody(bytes.NewReader(answer))
	if err != nil {
		return "", nil, errPasskey
	}
	key, err := rp.CreateCredential(keyOwner{id: account}, session, parsed)
	if err != nil {
		return "", nil, errPasskey
	}
	body, err = json.Marshal(key)
	return base64.RawURLEncoding.EncodeToString(key.ID), body, err
}
