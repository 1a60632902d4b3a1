package cli

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stayput/desk"
)

// office is a folder with a certificate for office.example and, when somebody has
// one, an account.
func office(t *testing.T, account bool) (folder, cert, key string, roots *x509.CertPool) {
	t.Helper()
	folder = t.TempDir()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{"office.example"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(30 * 24 * time.Hour), IsCA: true, BasicConstraintsValid: true}
	made, err := x509.CreateCertificate(rand.Reader, &c, &c, k.Public(), k)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(k)
	if err != nil {
		t.Fatal(err)
	}
	where := t.TempDir()
	cert, key = filepath.Join(where, "cert.pem"), filepath.Join(where, "key.pem")
	for name, b := range map[string]*pem.Block{cert: {Type: "CERTIFICATE", Bytes: made}, key: {Type: "PRIVATE KEY", Bytes: secret}} {
		if err := os.WriteFile(name, pem.EncodeToMemory(b), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	roots = x509.NewCertPool()
	roots.AppendCertsFromPEM(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: made}))
	if account {
		store, err := realStores.Open(context.Background(), folder, nil)
		if err != nil {
			t.Fatal(err)
		}
		err = store.Write(context.Background(), func(tx desk.Tx) error {
			return tx.SaveItem("", desk.Item{Kind: "account", ID: "a", Body: []byte(`{"id":"a","login":"ana"}`), At: time.Now().UTC()})
		})
		if e := store.Close(); err == nil {
			err = e
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return folder, cert, key, roots
}

// Every way to serve other machines without TLS, without a name or without an owner
// is refused, with what to do.
func TestRefusals(t *testing.T) {
	folder, cert, key, _ := office(t, false)
	wide, _ := os.ReadFile(key)
	open := filepath.Join(t.TempDir(), "open.pem")
	os.WriteFile(open, wide, 0o644)
	os.Chmod(open, 0o644)
	public := "--public=https://office.example"
	for _, c := range []struct {
		want string
		args []string
	}{
		{"other machines", []string{"--listen", "0.0.0.0:0"}},
		{"other machines", []string{"--listen", "192.168.1.4:7847"}},
		{"only with TLS", []string{"--listen", "0.0.0.0:0", public}},
		{"belong together", []string{"--listen", "0.0.0.0:0", public, "--tls-cert", cert}},
		{"belong together", []string{"--listen", "0.0.0.0:0", public, "--tls-key", key}},
		{"not both", []string{"--listen", "0.0.0.0:0", public, "--tls-cert", cert, "--tls-key", key, "--behind-proxy"}},
		{"--public https://name", []string{"--listen", "0.0.0.0:0", "--tls-cert", cert, "--tls-key", key}},
		{"--public https://name", []string{"--listen", "127.0.0.1:0", "--behind-proxy"}},
		{"not an address that people can open", []string{"--listen", "0.0.0.0:0", "--behind-proxy", "--public", "http://office.example"}},
		{"not an address that people can open", []string{"--listen", "0.0.0.0:0", "--behind-proxy", "--public", "https://office.example/x"}},
		{"Add --behind-proxy", []string{"--listen", "0.0.0.0:0", public, "--tls-cert", cert, "--tls-key", key, "--trust-proxy", "10.0.0.1"}},
		{"not an address or a network", []string{"--listen", "0.0.0.0:0", public, "--behind-proxy", "--trust-proxy", "proxy"}},
		{"every machine there is", []string{"--listen", "0.0.0.0:0", public, "--behind-proxy", "--trust-proxy", "0.0.0.0/0"}},
		{"does not begin with an address", []string{"--listen", "office.example:443", public, "--behind-proxy"}},
		{"not an address", []string{"--listen", "443", public, "--behind-proxy"}},
		{"Nobody has an account yet", []string{"--listen", "0.0.0.0:0", public, "--tls-cert", cert, "--tls-key", key}},
		{"Nobody has an account yet", []string{"--listen", "127.0.0.1:0", public, "--behind-proxy"}},
	} {
		status, out := once(Env{}, append([]string{"serve", "--data", folder}, c.args...)...)
		if status == 0 || !strings.Contains(out, c.want) || strings.Contains(out, "running at") {
			t.Errorf("%v ended with %d:\n%s", c.args, status, out)
		}
		status, out = once(Env{}, append([]string{"--lang", "es", "serve", "--data", folder}, c.args...)...)
		if status == 0 || strings.Contains(out, c.want) && !strings.HasPrefix(c.want, "--") {
			t.Errorf("in Spanish %v ended with %d:\n%s", c.args, status, out)
		}
	}
	folder, cert, key, _ = office(t, true)
	for _, c := range []struct {
		want string
		args []string
	}{
		{"Everybody on this machine can read", []string{public, "--tls-cert", cert, "--tls-key", open}},
		{"cannot be read", []string{public, "--tls-cert", cert + "x", "--tls-key", key}},
		{"not a certificate and its key", []string{public, "--tls-cert", key, "--tls-key", key}},
		{"is not for other.example", []string{"--public=https://other.example", "--tls-cert", cert, "--tls-key", key}},
	} {
		status, out := once(Env{}, append([]string{"serve", "--data", folder, "--listen", "127.0.0.1:0"}, c.args...)...)
		if status == 0 || !strings.Contains(out, c.want) || strings.Contains(out, "PRIVATE") {
			t.Errorf("%v ended with %d:\n%s", c.args, status, out)
		}
	}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	if status, out := once(Env{}, "serve", "--data", folder, "--listen", taken.Addr().String(), public, "--tls-cert", cert, "--tls-key", key); status == 0 || !strings.Contains(out, "in use by another program") {
		t.Errorf("a taken port ended with %d:\n%s", status, out)
	}
}

// With a certificate and an account it serves its name with TLS, and its own user
// beside it; each keeps to its own.
func TestServeTLS(t *testing.T) {
	folder, cert, key, roots := office(t, true)
	out, end := begin(t, Env{}, "serve", "--data", folder, "--listen", "127.0.0.1:0", "--public", "https://office.example", "--tls-cert", cert, "--tls-key", key)
	at := out.waitFor(t, `serves other machines as https://office\.example/ \(it listens at (127\.0\.0\.1:\d+)\)`)
	link := out.waitFor(t, `Open (http://localhost:\d+/enter\?key=\S+)\n`)
	client := &http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "tcp", at)
		},
		TLSClientConfig:   &tls.Config{RootCAs: roots},
		ForceAttemptHTTP2: true,
	}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	get := func(path, host string) *http.Response {
		t.Helper()
		r, _ := http.NewRequest("GET", "https://office.example"+path, nil)
		if host != "" {
			r.Host = host
		}
		a, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		io.Copy(io.Discard, a.Body)
		a.Body.Close()
		return a
	}
	a := get("/healthz", "")
	if a.StatusCode != 200 || a.ProtoMajor != 2 || a.TLS.Version < tls.VersionTLS12 || a.Header.Get("Strict-Transport-Security") == "" {
		t.Errorf("%d %s %v", a.StatusCode, a.Proto, a.Header)
	}
	if a := get("/settings", ""); a.StatusCode == 200 {
		t.Error("settings are open to strangers")
	}
	if a := get("/healthz", "evil.example"); a.StatusCode != http.StatusMisdirectedRequest {
		t.Errorf("a foreign name gave %d", a.StatusCode)
	}
	if a := get(strings.TrimPrefix(link, link[:strings.Index(link, "/enter")]), ""); a.StatusCode == 200 || a.Header.Get("Set-Cookie") != "" {
		t.Errorf("the one-time link gave %d from outside", a.StatusCode)
	}
	c, err := net.Dial("tcp", at)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprint(c, "GET / HTTP/1.1\r\nHost: office.example\r\n\r\n")
	plain, err := http.ReadResponse(bufio.NewReader(c), nil)
	if err != nil {
		t.Fatal(err)
	}
	if text, _ := io.ReadAll(plain.Body); plain.StatusCode != 400 || !strings.Contains(string(text), "https://") {
		t.Errorf("without TLS: %d %s", plain.StatusCode, text)
	}
	if status, out := once(Env{}, "link", "--data", folder); status != 0 || !strings.Contains(out, "http://localhost:") {
		t.Errorf("link ended with %d:\n%s", status, out)
	}
	if status := end(); status != 0 {
		t.Errorf("it ended with %d", status)
	}
	if _, err := net.Dial("tcp", at); err == nil {
		t.Error("it still listens")
	}
}

// The usual port may be that of the others; its own user then has another.
func TestListenBeside(t *testing.T) {
	b := beyond{Listen: "0.0.0.0:7847"}
	d, err := b.listenBeside()
	if err != nil {
		t.Fatal(err)
	}
	defer d.close()
	if d.port == usualPort || d.host != "localhost" {
		t.Errorf("%+v", d)
	}
}

// A second command opens and ends the way for phones of the program that runs.
func TestPairCommands(t *testing.T) {
	folder := t.TempDir()
	if status, out := once(Env{}, "pair", "--end", "--data", folder); status != 1 || !strings.Contains(out, "No Stayput is running") {
		t.Errorf("ending nothing ended with %d:\n%s", status, out)
	}
	out, end := begin(t, Env{}, "serve", "--listen", "localhost:0", "--data", folder)
	out.waitFor(t, `running at (http://localhost:\d+)/`)
	if status, out := once(Env{}, "pair", "--end", "--data", folder); status != 0 || !strings.Contains(out, "was not open") {
		t.Errorf("ending what is shut ended with %d:\n%s", status, out)
	}
	status, said := once(Env{}, "pair", "--data", folder)
	switch {
	case strings.Contains(said, "no address in a home network"):
		if status != 1 { // a machine without a private address, which test/pair makes up for
			t.Errorf("it ended with %d", status)
		}
	case status != 0 || !strings.Contains(said, "SHA-256") || !strings.Contains(said, "/phone/"):
		t.Errorf("pair ended with %d:\n%s", status, said)
	default:
		if i, err := os.Stat(filepath.Join(folder, "pair.pem")); err != nil || i.Mode().Perm() != 0o600 {
			t.Errorf("the key: %v", err)
		}
		if status, out := once(Env{}, "--lang", "es", "pair", "--end", "--data", folder); status != 0 || !strings.Contains(out, "ya no pueden llegar") {
			t.Errorf("the end ended with %d:\n%s", status, out)
		}
	}
	if strings.Contains(out.String(), "/phone/") {
		t.Errorf("the log holds a link:\n%s", out.String())
	}
	end()
}
