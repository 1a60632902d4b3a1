package web

import (
	"html/template"
	"math"
	"net/http"

	"stayput/present/qr"
)

// A pairPage offers the program to a phone on the same home network.
type pairPage struct {
	Frame
	Open        bool          // the door is open
	Picture     template.HTML // QR code of the link; "" when none waits
	URL         string
	Address     string
	Minutes     int
	Fingerprint []string
}

func (pairPage) template() string { return "pair" }

var (
	_ = sample(func() page { return pairPage{} })
	_ = sample(func() page {
		return pairPage{Open: true, Picture: "<svg></svg>", URL: "https://192.168.0.2:7848/phone/x", Address: "https://192.168.0.2:7848", Minutes: 10, Fingerprint: []string{"A1 B2 C3 D4"}}
	})
	_ = sample(func() page {
		return pairPage{Open: true, Address: "https://192.168.0.2:7848", Fingerprint: []string{"A1 B2 C3 D4"}}
	})
)

// pairShow shows how a phone comes in, and the link for it while one waits.
func (s *Site) pairShow(w http.ResponseWriter, r *http.Request) error {
	if !ownDoor(r) {
		return refuse(http.StatusNotFound, "web.error.not_found")
	}
	f := s.frame(r, "network.pair_title", "settings")
	o, waits, open := s.offered(who(r))
	p := pairPage{Frame: f, Open: open, Address: o.Address, Fingerprint: o.Fingerprint}
	if waits {
		picture, err := qr.SVG(o.URL, f.T("network.pair_picture"))
		if err != nil {
			return err
		}
		p.Picture, p.URL, p.Minutes = template.HTML(picture), o.URL, int(math.Ceil(o.Left.Minutes()))
	}
	return s.show(w, r, http.StatusOK, p)
}
