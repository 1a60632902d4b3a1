package web

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"runtime"
	"sync"
	"time"

	"stayput/fault"
)

// certificateLook is how often the files of a certificate are looked at, at most.
const certificateLook = 5 * time.Second

// certificateSoon is how long before its end a certificate is spoken of.
const certificateSoon = 14 * 24 * time.Hour

// A certificate is one in two files, read again when they change: whatever renews
// them needs to tell nobody.
type certificate struct {
	cert, key string
	name      string // it must be good for
	log       *slog.Logger
	now       func() time.Time
	look      time.Duration

	mu     sync.Mutex
	have   *tls.Certificate
	stamp  [2]stamp
	looked time.Time
}

// A stamp tells two versions of a file apart.
type stamp struct {
	at   time.Time
	size int64
}

// TLSFiles is the TLS of a door, with a certificate in two files.
func TLSFiles(certFile, keyFile string, d *Door, log *slog.Logger, now func() time.Time) (*tls.Config, error) {
	c := &certificate{cert: certFile, key: keyFile, name: d.Name(), log: log, now: now, look: certificateLook}
	if err := c.read(); err != nil {
		return nil, err
	}
	return modernTLS(c.give), nil
}

// give is the certificate of now. One that cannot be read leaves the one before.
func (c *certificate) give(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if now := c.now(); now.Sub(c.looked) >= c.look || now.Before(c.looked) {
		if c.changed() {
			if err := c.read(); err != nil {
				key, _ := cause(err)
				c.log.Error("the new certificate cannot be used; the one before stays", "key", key)
			} else {
				c.log.Info("the certificate was read again", "until", c.have.Leaf.NotAfter)
			}
		}
		c.looked = now
	}
	return c.have, nil
}

// changed reports that a file is another than the one that was read. It takes note
// of the new ones, so that what is wrong with them is said once.
func (c *certificate) changed() bool {
	now, err := c.stamps()
	if err != nil || now == c.stamp {
		return false // between two steps of a renewal a file may be missing
	}
	c.stamp = now
	return true
}

func (c *certificate) stamps() (s [2]stamp, err error) {
	for i, name := range []string{c.cert, c.key} {
		f, err := os.Stat(name)
		if err != nil {
			return s, err
		}
		s[i] = stamp{f.ModTime(), f.Size()}
	}
	return s, nil
}

// read reads both files and looks whether they can be used.
func (c *certificate) read() error {
	stamps, err := c.stamps()
	if err != nil {
		name := c.cert
		var p *fs.PathError
		if errors.As(err, &p) {
			name = p.Path
		}
		return fault.New(fault.Invalid, fault.Position{File: name}, "network.cert_unread", "file", name).Wrap(err)
	}
	if err := c.guardKey(); err != nil {
		return err
	}
	pair, err := tls.LoadX509KeyPair(c.cert, c.key)
	if err != nil {
		key, name := "network.cert_bad", c.cert
		var p *fs.PathError
		if errors.As(err, &p) {
			key, name = "network.cert_unread", p.Path
		}
		return fault.New(fault.Invalid, fault.Position{File: name}, key, "file", name, "cert", c.cert, "key", c.key).Wrap(err)
	}
	if pair.Leaf == nil {
		if pair.Leaf, err = x509.ParseCertificate(pair.Certificate[0]); err != nil {
			return fault.New(fault.Invalid, fault.Position{File: c.cert}, "network.cert_bad", "cert", c.cert, "key", c.key).Wrap(err)
		}
	}
	if err := pair.Leaf.VerifyHostname(c.name); err != nil {
		return fault.New(fault.Invalid, fault.Position{File: c.cert}, "network.cert_name", "file", c.cert, "name", c.name).Wrap(err)
	}
	switch left := pair.Leaf.NotAfter.Sub(c.now()); {
	case left <= 0:
		c.log.Error("the certificate has ended; browsers will refuse it", "ended", pair.Leaf.NotAfter)
	case left < certificateSoon:
		c.log.Warn("the certificate ends soon", "until", pair.Leaf.NotAfter)
	}
	c.have, c.stamp = &pair, stamps
	return nil
}

// guardKey refuses a key that everybody on the machine can read, and speaks of one
// that a group can.
func (c *certificate) guardKey() error {
	f, err := os.Stat(c.key)
	if err != nil || runtime.GOOS == "windows" { // there, modes say nothing
		return nil
	}
	if f.Mode().Perm()&0o007 != 0 {
		return fault.New(fault.Invalid, fault.Position{File: c.key}, "network.key_open", "file", c.key)
	}
	if f.Mode().Perm()&0o070 != 0 {
		c.log.Warn("the key of the certificate can be read by a group", "file", c.key)
	}
	return nil
}
