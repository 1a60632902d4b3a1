package web

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"
)

// How long things may take.
const (
	stopTime  = 10 * time.Second // what runs, when the program stops
	headTime  = 10 * time.Second // the head of a request, and the greeting of TLS
	idleWait  = 2 * time.Minute  // until the next request of a connection
	writeTime = 3 * time.Minute  // each piece of an answer; longer than idleWait
)

// A way is a door with the listeners that lead to it.
type way struct {
	door      *Door
	listeners []net.Listener
}

// AddDoor has Serve answer at one more door. With a TLS configuration the program
// speaks TLS there; without one a proxy does.
func (s *Site) AddDoor(d *Door, t *tls.Config, listeners ...net.Listener) {
	for i, l := range listeners {
		g := &limiter{Listener: l, most: mostGuests, each: mostFromHere, tls: t != nil}
		if d.kind == doorProxied {
			g.exempt = d.trusts
		}
		listeners[i] = g
		if t != nil {
			listeners[i] = tls.NewListener(g, t)
		}
	}
	s.ways = append(s.ways, way{d, listeners})
}

// modernTLS is a configuration that browsers of the last ten years speak.
func modernTLS(certificate func(*tls.ClientHelloInfo) (*tls.Certificate, error)) *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, NextProtos: []string{"h2", "http/1.1"}, GetCertificate: certificate}
}

// server is the server of one door.
func (s *Site) server(d *Door) *http.Server {
	return &http.Server{
		Handler:           s.paced(s.HandlerAt(d)),
		ReadHeaderTimeout: headTime,
		IdleTimeout:       idleWait,
		MaxHeaderBytes:    32 << 10,
		HTTP2:             &http.HTTP2Config{MaxConcurrentStreams: 100},
		ErrorLog:          slog.NewLogLogger(calmLog{s.log.Handler()}, slog.LevelWarn),
	}
}

// calmLog makes little of what strangers can bring about as often as they like.
type calmLog struct{ slog.Handler }

// Handle writes a line, or drops it.
func (h calmLog) Handle(ctx context.Context, r slog.Record) error {
	if strings.Contains(r.Message, "TLS handshake error") {
		return nil
	}
	return h.Handler.Handle(ctx, r)
}

// Serve answers on the listeners of the own door, and on those that AddDoor named,
// until ctx ends; then it takes nothing new and lets what runs finish.
func (s *Site) Serve(ctx context.Context, listeners ...net.Listener) error {
	ways := append([]way{{s.own, listeners}}, s.ways...)
	var servers []*http.Server
	failed := make(chan error, 64)
	for _, w := range ways {
		server := s.server(w.door)
		servers = append(servers, server)
		for _, l := range w.listeners {
			go func() { failed <- server.Serve(l) }()
		}
	}
	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	s.stopPairing()
	end, cancel := context.WithTimeout(context.Background(), stopTime)
	defer cancel()
	done := make(chan struct{}, len(servers))
	for _, server := range servers {
		go func() {
			if e := server.Shutdown(end); e != nil {
				server.Close()
			}
			done <- struct{}{}
		}()
	}
	for range servers {
		<-done
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// paced gives up on who takes or brings bytes too slowly. A body that no handler
// reads would be waited for without end.
func (s *Site) paced(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength != 0 {
			s.hurry(w, s.patience)
		}
		next.ServeHTTP(&pacedWriter{w, http.NewResponseController(w)}, r)
	})
}

type pacedWriter struct {
	http.ResponseWriter
	control *http.ResponseController
}

// Unwrap lets the server's controller through.
func (p *pacedWriter) Unwrap() http.ResponseWriter { return p.ResponseWriter }

// WriteHeader begins an answer.
func (p *pacedWriter) WriteHeader(status int) {
	p.control.SetWriteDeadline(time.Now().Add(writeTime)) // a writer of tests has no deadline
	p.ResponseWriter.WriteHeader(status)
}

// Write gives each piece its time.
func (p *pacedWriter) Write(b []byte) (int, error) {
	p.control.SetWriteDeadline(time.Now().Add(writeTime))
	return p.ResponseWriter.Write(b)
}
