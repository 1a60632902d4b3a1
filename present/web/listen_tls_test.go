package web

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"log/slog"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stayput/fault"
)

// issue writes a certificate for a name, with its key.
func issue(t *testing.T, folder, name string, serial int64, from, to time.Time) (cert, key string) {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := x509.Certificate{SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name}, NotBefore: from, NotAfter: to}
	made, err := x509.CreateCertificate(rand.Reader, &c, &c, k.Public(), k)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(k)
	if err != nil {
		t.Fatal(err)
	}
	cert, key = filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	write(t, cert, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: made}))
	write(t, key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}))
	return cert, key
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func given(t *testing.T, c *tls.Config) int64 {
	t.Helper()
	got, err := c.GetCertificate(nil)
	if err != nil {
		t.Fatal(err)
	}
	return got.Leaf.SerialNumber.Int64()
}

// A renewed certificate is served without a restart; one that cannot be used leaves
// the one before.
func TestCertificateReload(t *testing.T) {
	folder, now := t.TempDir(), time.Now()
	var log bytes.Buffer
	door, _ := PublicDoor("https://office.example")
	cert, key := issue(t, folder, "office.example", 1, now.Add(-time.Hour), now.Add(90*24*time.Hour))
	c, err := TLSFiles(cert, key, door, slog.New(slog.NewTextHandler(&log, nil)), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	later := func() { now = now.Add(certificateLook) }
	if n := given(t, c); n != 1 {
		t.Fatalf("certificate %d", n)
	}
	issue(t, folder, "office.example", 2, now.Add(-time.Hour), now.Add(91*24*time.Hour+time.Hour))
	os.Chtimes(cert, now.Add(time.Second), now.Add(time.Second))
	if n := given(t, c); n != 1 {
		t.Error("the files are read at every greeting")
	}
	later()
	if n := given(t, c); n != 2 {
		t.Errorf("after a renewal certificate %d is served", n)
	}
	for what, spoil := range map[string]func(){
		"cut off":      func() { write(t, cert, []byte("-----BEGIN")) },
		"another name": func() { issue(t, folder, "other.example", 3, now, now.Add(time.Hour)) },
		"another's key": func() {
			old, _ := os.ReadFile(cert)
			issue(t, folder, "office.example", 4, now, now.Add(time.Hour))
			write(t, cert, old)
		},
		"gone":     func() { os.Remove(cert) },
		"open key": func() { issue(t, folder, "office.example", 5, now, now.Add(time.Hour)); os.Chmod(key, 0o644) },
	} {
		spoil()
		later()
		if n := given(t, c); n != 2 {
			t.Errorf("%s: certificate %d is served", what, n)
		}
		given(t, c)
	}
	if !strings.Contains(log.String(), "the one before stays") || strings.Contains(log.String(), "PRIVATE") {
		t.Error(log.String())
	}
	os.Chmod(key, 0o600)
	issue(t, folder, "office.example", 6, now, now.Add(90*24*time.Hour+time.Minute))
	later()
	if n := given(t, c); n != 6 {
		t.Errorf("after it was put right certificate %d is served", n)
	}
	if c.MinVersion != tls.VersionTLS12 {
		t.Error("old TLS is spoken")
	}
}

// What cannot be served is refused at once, with what to do.
func TestCertificateRefused(t *testing.T) {
	now := time.Now()
	door, _ := PublicDoor("https://office.example:8443")
	for want, spoil := range map[string]func(folder string) (cert, key string){
		"network.cert_unread": func(f string) (string, string) { return filepath.Join(f, "none"), filepath.Join(f, "none") },
		"network.cert_bad": func(f string) (string, string) {
			c, k := issue(t, f, "office.example", 1, now, now.Add(time.Hour))
			return k, c
		},
		"network.cert_name": func(f string) (string, string) { return issue(t, f, "evil.example", 1, now, now.Add(time.Hour)) },
		"network.key_open": func(f string) (string, string) {
			c, k := issue(t, f, "office.example", 1, now, now.Add(time.Hour))
			os.Chmod(k, 0o604)
			return c, k
		},
	} {
		cert, key := spoil(t.TempDir())
		_, err := TLSFiles(cert, key, door, slog.New(slog.DiscardHandler), time.Now)
		if got, _ := cause(err); err == nil || got != want || fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: %v", want, err)
		}
	}
	// A group may read it, as some systems have it; the log says so. So it does of one that ends.
	var log bytes.Buffer
	cert, key := issue(t, t.TempDir(), "office.example", 1, now.Add(-2*time.Hour), now.Add(-time.Hour))
	os.Chmod(key, 0o640)
	if _, err := TLSFiles(cert, key, door, slog.New(slog.NewTextHandler(&log, nil)), time.Now); err != nil {
		t.Error(err)
	}
	if !strings.Contains(log.String(), "read by a group") || !strings.Contains(log.String(), "has ended") {
		t.Error(log.String())
	}
}
