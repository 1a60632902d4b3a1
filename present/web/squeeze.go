package web

import (
	"compress/gzip"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// A body smaller than this is sent as it is.
const squeezeFrom = 1000

var squeezers = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(nil, 5) // the level is a valid one
	return z
}}

// squeezed compresses text. No page holds a secret beside what a stranger could
// make it say, so the length of an answer gives nothing away.
func squeezed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Accept-Encoding")
		if !takesGzip(r.Header.Get("Accept-Encoding")) || r.Method == http.MethodHead {
			next.ServeHTTP(w, r)
			return
		}
		z := &squeezer{ResponseWriter: w}
		defer z.close()
		next.ServeHTTP(z, r)
	})
}

func takesGzip(header string) bool {
	for _, part := range strings.Split(header, ",") {
		name, q, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(name), "gzip") {
			q = strings.ReplaceAll(q, " ", "")
			return q != "q=0" && q != "q=0.0"
		}
	}
	return false
}

// squeezer decides at the first write: pages are written whole, so the first
// write tells how much there is.
type squeezer struct {
	http.ResponseWriter
	status  int
	decided bool
	z       *gzip.Writer
}

func (s *squeezer) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// WriteHeader waits for the first byte, which decides what the header says.
func (s *squeezer) WriteHeader(status int) {
	if status < 200 {
		s.ResponseWriter.WriteHeader(status)
		return
	}
	if s.status == 0 {
		s.status = status
	}
}

func (s *squeezer) Write(b []byte) (int, error) {
	if s.status == 0 {
		s.status = http.StatusOK
	}
	if !s.decided {
		s.decide(len(b))
	}
	if s.z != nil {
		return s.z.Write(b)
	}
	return s.ResponseWriter.Write(b)
}

func (s *squeezer) decide(n int) {
	s.decided = true
	h := s.Header()
	if size, err := strconv.Atoi(h.Get("Content-Length")); err == nil {
		n = size
	}
	if n >= squeezeFrom && s.status == http.StatusOK || n >= squeezeFrom && s.status >= 400 {
		if h.Get("Content-Encoding") == "" && h.Get("Content-Range") == "" && isText(h.Get("Content-Type")) {
			h.Set("Content-Encoding", "gzip")
			h.Del("Content-Length")
			s.z = squeezers.Get().(*gzip.Writer)
			s.z.Reset(s.ResponseWriter)
		}
	}
	s.ResponseWriter.WriteHeader(s.status)
}

func isText(kind string) bool {
	kind, _, _ = strings.Cut(kind, ";")
	switch kind {
	case "application/json", "application/javascript", "image/svg+xml", "application/yaml":
		return true
	}
	return strings.HasPrefix(kind, "text/")
}

// Flush sends what there is, for answers that grow.
func (s *squeezer) Flush() {
	if !s.decided {
		s.decide(0)
	}
	if s.z != nil {
		s.z.Flush()
	}
	http.NewResponseController(s.ResponseWriter).Flush()
}

func (s *squeezer) close() {
	if !s.decided && s.status != 0 {
		s.decided = true
		s.ResponseWriter.WriteHeader(s.status)
	}
	if s.z != nil {
		s.z.Close()
		s.z.Reset(nil)
		squeezers.Put(s.z)
		s.z = nil
	}
}
