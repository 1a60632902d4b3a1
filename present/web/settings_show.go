package web

import (
	"net/http"
	"path/filepath"

	"stayput/people"
)

// A settingsPage is what a person may set, and where the data is.
type settingsPage struct {
	Frame
	Fields  []Field
	Version int64 // of the person, so that two saves at once are noticed
	Folder  string
	Size    string
	Release string
	Backup  string  // the command that makes a copy
	Here    bool    // asked on the machine where the data is
	Space   []Field // about the space; nil for who may not change it
	Hosts   bool    // may offer families a space of their own
}

func (settingsPage) template() string { return "settings" }

var _ = sample(func() page {
	return settingsPage{Fields: []Field{{Name: "name", Label: "x", Error: "y"}}, Folder: "/home/x", Size: "1 MB", Release: "v1", Backup: "stayput backup x", Hosts: true, Space: []Field{{Name: "called", Label: "x"}}}
})

// settingsShow shows the settings.
func (s *Site) settingsShow(w http.ResponseWriter, r *http.Request) error {
	return s.showSettings(w, r, http.StatusOK, who(r).Person, "")
}

// showSettings shows the settings as p has them; trouble is said at the name.
func (s *Site) showSettings(w http.ResponseWriter, r *http.Request, status int, p people.Person, trouble string) error {
	f := s.frame(r, "web.settings.title", "settings")
	page := settingsPage{
		Frame: f, Fields: settingsFields(f, p), Version: p.Version, Folder: s.folder, Release: s.version, Here: ownDoor(r),
		Backup: "stayput backup " + quoted(filepath.Join("~", "stayput-"+s.now().Format("2006-01-02")+".backup")),
	}
	page.Fields[0].Error = trouble
	if f.May("change_space") {
		space, err := s.desk.Space(r.Context(), who(r))
		if err != nil {
			return err
		}
		page.Space = spaceFields(f, space)
		page.Hosts = space.Kind != people.Household && f.May("host_family")
	}
	if s.size != nil {
		page.Size = f.Bytes(s.size())
	}
	return s.show(w, r, status, page)
}

func settingsFields(f Frame, p people.Person) []Field {
	choice := func(name, now string, values ...string) []Option {
		var out []Option
		for _, v := range values {
			o := Option{Value: v, Label: f.T("web.settings." + name + "_" + v), On: v == now}
			if name == "register" {
				o.Hint = f.T("web.settings.register_" + v + "_hint")
			}
			out = append(out, o)
		}
		return out
	}
	return []Field{
		{Name: "name", Label: f.T("web.settings.name"), Hint: f.T("web.settings.name_hint"), Value: p.Name, Max: 100, Autocomplete: "name"},
		{Name: "lang", Label: f.T("web.settings.lang"), Kind: "radio", Required: true, Options: choice("lang", p.Lang, "en", "es")},
		{Name: "register", Label: f.T("web.settings.register"), Kind: "radio", Required: true, Options: choice("register", string(p.Register), "plain", "precise")},
		{Name: "shortcuts", Label: f.T("web.settings.shortcuts"), Kind: "tick", Options: []Option{{On: p.Shortcuts, Hint: f.T("web.settings.shortcuts_hint")}}},
	}
}

// quoted is a path as it can be pasted after a command. A leading ~ stays bare,
// so that the shell knows it.
func quoted(s string) string { return filepath.ToSlash(s) }
