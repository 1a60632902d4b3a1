package web

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"stayput/fault"
)

// The home network's certificate is made once, by this program for itself, and
// rests with its key in one file that only its owner can read.
const (
	homeFile = "pair.pem"
	homeTime = 397 * 24 * time.Hour // the longest that phones take for good
	homeSoon = 30 * 24 * time.Hour  // before its end it is made anew
)

// homeCertificate is the certificate for addresses, with its fingerprint. It is
// made anew when it ends soon, lacks an address, or could be read by others.
func homeCertificate(folder string, addresses []netip.Addr, now time.Time) (*tls.Certificate, []string, error) {
	if c, ok := readHome(folder); ok && serves(c.Leaf, addresses, now) {
		return c, fingerprint(c.Certificate[0]), nil
	}
	data, err := makeHome(addresses, now)
	if err == nil && folder != "" {
		err = keepHome(folder, data)
	}
	if err != nil {
		return nil, nil, fault.New(fault.Unavailable, fault.Position{File: folder}, "network.pair_not_kept").Wrap(err)
	}
	c, err := tls.X509KeyPair(data, data)
	if err != nil {
		return nil, nil, fault.New(fault.Internal, fault.Position{}, "internal").Wrap(err)
	}
	return &c, fingerprint(c.Certificate[0]), nil
}

// readHome reads the file. What others could read or is not whole is not there.
func readHome(folder string) (*tls.Certificate, bool) {
	if folder == "" {
		return nil, false
	}
	name := filepath.Join(folder, homeFile)
	f, err := os.Lstat(name)
	if err != nil || !f.Mode().IsRegular() || f.Size() > 64<<10 || runtime.GOOS != "windows" && f.Mode().Perm()&0o077 != 0 {
		return nil, false
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, false
	}
	c, err := tls.X509KeyPair(data, data)
	if err != nil {
		return nil, false
	}
	if c.Leaf == nil {
		if c.Leaf, err = x509.ParseCertificate(c.Certificate[0]); err != nil {
			return nil, false
		}
	}
	return &c, true
}

// serves reports that a certificate is good for all addresses for a while.
func serves(c *x509.Certificate, addresses []netip.Addr, now time.Time) bool {
	if now.Before(c.NotBefore) || now.Add(homeSoon).After(c.NotAfter) {
		return false
	}
	for _, a := range addresses {
		if c.VerifyHostname(a.String()) != nil {
			return false
		}
	}
	return true
}

// makeHome makes a key and a certificate that it signs itself. Its name says
// nothing of who uses it or of what runs here: everybody on the network can read it.
func makeHome(addresses []netip.Addr, now time.Time) ([]byte, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	if err != nil {
		return nil, err
	}
	c := x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: "home computer"},
		NotBefore: now.Add(-time.Hour).UTC(), NotAfter: now.Add(homeTime).UTC(), // a phone's clock may be behind
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
	}
	for _, a := range addresses {
		c.IPAddresses = append(c.IPAddresses, net.IP(a.AsSlice()))
	}
	made, err := x509.CreateCertificate(rand.Reader, &c, &c, key.Public(), key)
	if err != nil {
		return nil, err
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	pem.Encode(&b, &pem.Block{Type: "CERTIFICATE", Bytes: made})
	pem.Encode(&b, &pem.Block{Type: "PRIVATE KEY", Bytes: secret})
	return b.Bytes(), nil
}

// keepHome writes the file whole or not at all.
func keepHome(folder string, data []byte) error {
	f, err := os.CreateTemp(folder, ".pair-*") // made with mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(data)
	if e := f.Sync(); err == nil {
		err = e
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), filepath.Join(folder, homeFile))
}

// fingerprint is the SHA-256 of a certificate as phones show it, byte by byte, in
// eight groups that an eye can hold.
func fingerprint(der []byte) []string {
	sum := sha256.Sum256(der)
	var groups []string
	for b := sum[:]; len(b) > 0; b = b[4:] {
		groups = append(groups, fmt.Sprintf("% X", b[:4]))
	}
	return groups
}
