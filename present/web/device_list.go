package web

import (
	"net/http"

	"stayput/desk"
)

// A devicesPage lists where one is signed in.
type devicesPage struct {
	Frame
	Devices []AccountLine
	Others  bool // there is another than this one
}

func (devicesPage) template() string { return "device_list" }

var _ = sample(func() page {
	return devicesPage{Devices: []AccountLine{{ID: "a", Name: "Firefox", When: "x", Used: "y", Here: true}, {ID: "b", Name: "Safari", When: "x", Used: "y", Note: "z"}}, Others: true}
})
var _ = sample(func() page { return devicesPage{} })

// deviceList shows one's devices.
func (s *Site) deviceList(w http.ResponseWriter, r *http.Request) error {
	all, err := s.desk.Devices(r.Context(), me(r))
	if err != nil {
		return err
	}
	p := devicesPage{Frame: s.frame(r, "signin.devices", "settings")}
	for _, v := range all {
		p.Devices = append(p.Devices, s.deviceLine(p.Frame, r, v))
		p.Others = p.Others || v.ID != me(r).Device
	}
	return s.show(w, r, http.StatusOK, p)
}

func (s *Site) deviceLine(f Frame, r *http.Request, v desk.Device) AccountLine {
	line := AccountLine{ID: v.ID, Name: v.Name, When: s.dayOf(f, v.Since), Used: s.dayOf(f, v.Used), Here: v.ID == me(r).Device}
	switch {
	case v.Name == "?":
		line.Name = f.T("signin.browser")
	case v.Name == "phone":
		line.Name = f.T("signin.phone")
	}
	switch {
	case v.Out:
		line.Note = f.T("signin.device_out")
	case v.Account == "":
		line.Note = f.T("signin.device_paired")
	}
	return line
}
