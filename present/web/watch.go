package web

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"
)

// An observed request is what the log says of it: the route's name and never the
// path, which names cases.
type observed struct {
	http.ResponseWriter
	id      string
	route   string
	started time.Time
	status  int
	bytes   int64
	err     error
}

type observedKey struct{}

// seen is the note-taker of a request.
func seen(r *http.Request) *observed {
	if o, ok := r.Context().Value(observedKey{}).(*observed); ok {
		return o
	}
	return &observed{}
}

// Unwrap lets the server's controller through.
func (o *observed) Unwrap() http.ResponseWriter { return o.ResponseWriter }

// WriteHeader notes the status and says how long the program took.
func (o *observed) WriteHeader(status int) {
	if o.status == 0 && status >= 200 {
		o.status = status
		ms := float64(time.Since(o.started).Microseconds()) / 1000
		o.Header().Set("Server-Timing", "app;dur="+strconv.FormatFloat(ms, 'f', 2, 64))
	}
	o.ResponseWriter.WriteHeader(status)
}

func (o *observed) Write(b []byte) (int, error) {
	if o.status == 0 {
		o.WriteHeader(http.StatusOK)
	}
	n, err := o.ResponseWriter.Write(b)
	o.bytes += int64(n)
	return n, err
}

// watched writes one line of log for each request.
func (s *Site) watched(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var b [6]byte
		rand.Read(b[:])
		o := &observed{ResponseWriter: w, id: hex.EncodeToString(b[:]), started: time.Now()}
		w.Header().Set("X-Request-Id", o.id)
		defer s.logRequest(r, o)
		next.ServeHTTP(o, r.WithContext(context.WithValue(r.Context(), observedKey{}, o)))
	})
}

func (s *Site) logRequest(r *http.Request, o *observed) {
	level := slog.LevelInfo
	if o.status == 0 && o.err == nil {
		o.status = http.StatusOK // what the server sends for an answer with nothing in it
	}
	attrs := []slog.Attr{
		slog.String("method", method(r)), slog.String("route", o.route), slog.Int("status", o.status),
		slog.Int64("bytes", o.bytes), slog.Float64("ms", float64(time.Since(o.started).Microseconds())/1000), slog.String("id", o.id),
	}
	if !ownDoor(r) { // on one's own machine it would always be the same
		attrs = append(attrs, slog.String("from", clientAddress(r).String()))
	}
	if o.err != nil && (o.status >= 500 || o.status == 0) {
		level = slog.LevelError
		key, text := cause(o.err)
		attrs = append(attrs, slog.String("key", key), slog.String("cause", text))
	}
	s.log.LogAttrs(context.WithoutCancel(r.Context()), level, "request", attrs...)
}

// method is a method that is known; what else a client sends is not for the log.
func method(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodPatch, http.MethodOptions:
		return r.Method
	}
	return "other"
}

// calm turns a panic into an answer. What was panicked with may hold a person's
// words, so the log gets its type and where it happened.
func (s *Site) calm(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			v := recover()
			if v == nil {
				return
			}
			if v == http.ErrAbortHandler {
				panic(v)
			}
			o := seen(r)
			text := fmt.Sprintf("%T", v)
			if e, ok := v.(interface {
				error
				RuntimeError()
			}); ok {
				text = e.Error()
			}
			s.log.Error("panic", "id", o.id, "route", o.route, "what", text, "stack", string(debug.Stack()))
			s.answer(w, r, errPanic)
		}()
		next.ServeHTTP(w, r)
	})
}

// errPanic is a fault of ours whose cause is in the log already.
var errPanic = fmt.Errorf("panic")
