package web

import (
	"net/http"
	"strings"
)

// A phonePage is what the link of a QR code opens: it asks before it uses the link
// up, because programs that read such codes like to look ahead.
type phonePage struct {
	Frame
	Key string
}

func (phonePage) template() string { return "pair_phone" }

// A strangerPage is all that somebody on the network gets who brings no link: not
// even what program this is.
type strangerPage struct{ Frame }

func (strangerPage) template() string { return "pair_stranger" }

var (
	_ = sample(func() page { return phonePage{Key: "x"} })
	_ = sample(func() page { return strangerPage{} })
)

// errStranger is what everybody meets on the home network who was not let in.
var errStranger = refuse(http.StatusForbidden, "network.stranger_title")

// expected reports a request that somebody may make on the home network before he
// or she is in: to bring a link, and what its page needs.
func (s *Site) expected(r *http.Request) bool {
	from := clientAddress(r)
	path := r.URL.Path
	switch {
	case r.Method == http.MethodGet && strings.HasPrefix(path, "/phone/"):
		return s.good(strings.TrimPrefix(path, "/phone/"), from)
	case r.Method == http.MethodPost && path == "/phone":
		return true
	case r.Method == http.MethodGet && strings.HasPrefix(path, "/static/"), r.Method == http.MethodPost && path == "/language":
		return s.nearby(from)
	}
	return false
}

// stranger reports somebody on the home network who is not in and brought no link:
// whatever goes wrong, he or she reads the same.
func (s *Site) stranger(r *http.Request) bool {
	a := cameBy(r)
	return a.door.kind == doorPaired && !s.entered(r) && !s.nearby(a.from)
}

// phoneShow asks whether this phone is to be let in.
func (s *Site) phoneShow(w http.ResponseWriter, r *http.Request) error {
	if cameBy(r).door.kind != doorPaired {
		return refuse(http.StatusNotFound, "web.error.not_found")
	}
	key := r.PathValue("key")
	if !s.good(key, clientAddress(r)) {
		return s.seeOther(w, r, "/") // somebody who is in opened an old link
	}
	return s.show(w, r, http.StatusOK, phonePage{s.frame(r, "network.phone_title", ""), key})
}

// phoneEnter lets the phone in, as the person who made the link, and makes it a
// device that this person can end.
func (s *Site) phoneEnter(w http.ResponseWriter, r *http.Request) error {
	if cameBy(r).door.kind != doorPaired {
		return refuse(http.StatusNotFound, "web.error.not_found")
	}
	f, err := s.form(w, r)
	if err != nil {
		return errStranger
	}
	whom, ok := s.redeem(f.Text("key", 100))
	if !ok {
		if s.entered(r) {
			return s.seeOther(w, r, "/") // the button was pressed twice
		}
		return errStranger
	}
	if err := s.pairDevice(r, whom); err != nil {
		return err
	}
	return s.seeOther(w, r, "/")
}
