package web

import "net/http"

// deviceEnd ends one of one's devices.
func (s *Site) deviceEnd(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("device")
	if err := s.desk.EndDevice(r.Context(), me(r), id); err != nil {
		return err
	}
	if id == me(r).Device {
		return s.signOut(w, r)
	}
	s.done(r, "signin.device_ended")
	return s.seeOther(w, r, "/devices")
}

// deviceEndOthers ends all but this one.
func (s *Site) deviceEndOthers(w http.ResponseWriter, r *http.Request) error {
	if err := s.desk.EndDevices(r.Context(), me(r)); err != nil {
		return err
	}
	s.done(r, "signin.devices_ended")
	return s.seeOther(w, r, "/devices")
}
