package cli

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/url"
	"os"
	"path/filepath"

	"stayput/present/web"
)

// A running program leaves run.json in its folder, for its owner alone, so that
// the next command finds it.
type running struct {
	URL    string `json:"url"`    // http://localhost:7847
	Secret string `json:"secret"` // known to this user's programs only
	PID    int    `json:"pid"`
}

const runName = "run.json"

// newRunning describes this program.
func newRunning(address string) running {
	var b [32]byte
	rand.Read(b[:]) // never fails (crypto/rand)
	return running{URL: address, Secret: base64.RawURLEncoding.EncodeToString(b[:]), PID: os.Getpid()}
}

// leave writes run.json whole or not at all.
func (r running) leave(folder string) error {
	data, err := json.Marshal(r)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(folder, ".run-*") // made with mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(append(data, '\n'))
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), filepath.Join(folder, runName))
}

// forget takes run.json away when it is still ours.
func (r running) forget(folder string) {
	if got, ok := readRunning(folder); ok && got.Secret == r.Secret {
		os.Remove(filepath.Join(folder, runName))
	}
}

// readRunning reads run.json. What is not as leave writes it is not there.
func readRunning(folder string) (r running, ok bool) {
	f, err := os.Open(filepath.Join(folder, runName))
	if err != nil {
		return r, false
	}
	defer f.Close()
	data := make([]byte, 4096)
	n, _ := f.Read(data)
	if json.Unmarshal(data[:n], &r) != nil || r.Secret == "" {
		return r, false
	}
	u, err := url.Parse(r.URL)
	if err != nil || u.Scheme != "http" || u.Port() == "" || u.Path != "" || u.User != nil {
		return r, false
	}
	switch u.Hostname() {
	case "localhost", "127.0.0.1", "::1":
		return r, true
	}
	return r, false
}

// offerOfRunning has the program that runs on a folder offer itself to a phone; ok is
// false when none does.
func offerOfRunning(ctx context.Context, folder, lang string) (o web.Offer, ok bool, err error) {
	r, ok := readRunning(folder)
	if !ok {
		return o, false, nil
	}
	o, err = web.AskForOffer(ctx, r.URL, r.Secret, lang)
	if errors.Is(err, web.ErrNotRunning) {
		return o, false, nil
	}
	return o, true, err
}

// endOfRunning ends that offer; was is false when there was none.
func endOfRunning(ctx context.Context, folder string) (was, ok bool, err error) {
	r, ok := readRunning(folder)
	if !ok {
		return false, false, nil
	}
	was, err = web.AskToEndPairing(ctx, r.URL, r.Secret)
	if errors.Is(err, web.ErrNotRunning) {
		return false, false, nil
	}
	return was, true, err
}

// askRunning gets a one-time link from the program that runs on a folder; ok is
// false when none does, whatever an old run.json says.
func askRunning(ctx context.Context, folder string) (link string, ok bool) {
	r, ok := readRunning(folder)
	if !ok {
		return "", false
	}
	path, err := web.AskForLink(ctx, r.URL, r.Secret)
	if err != nil {
		return "", false
	}
	return r.URL + path, true
}
