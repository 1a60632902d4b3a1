package pack

import (
	"slices"
	"strings"

	"stayput/format/yaml"
	"stayput/law"
)

// readHelp reads help.yaml: who helps, and where.
func (r *reader) readHelp(n *yaml.Node) {
	m := r.Map(n)
	for _, it := range r.List(m.Need("help")) {
		h := r.help(it)
		if h.ID != "" && slices.ContainsFunc(r.p.Help, func(y law.Help) bool { return y.ID == h.ID }) {
			r.Fail(it.At, "pack.help_twice", "help", h.ID)
			continue
		}
		r.p.Help = append(r.p.Help, h)
	}
	m.Done()
}

func (r *reader) help(n *yaml.Node) law.Help {
	m := r.Map(n)
	h := law.Help{Pack: r.p.ID, At: n.At}
	h.ID = m.NeedText("id")
	h.Kind = r.Word(m.Need("kind"), law.HelpKinds...)
	h.Name = m.NeedText("name")
	if u := m.Need("url"); u != nil {
		h.URL = r.Text(u)
		if host, ok := strings.CutPrefix(h.URL, "https://"); !ok || !strings.Contains(host, ".") || strings.ContainsAny(h.URL, " \"'<>") {
			r.Fail(u.At, "pack.help_url", "got", h.URL)
		}
	}
	h.Phone = m.Text("phone")
	h.Directory, _ = r.YesNo(m.Get("directory"))
	h.For = r.sides(m.Need("for"))
	if w := m.Get("where"); w != nil {
		wm := r.Map(w)
		h.Where = map[string]string{}
		for _, lang := range Languages {
			h.Where[lang] = wm.NeedText(lang)
		}
		wm.Done()
	}
	h.Read = r.date(m.Get("read"))
	h.Checked = r.checked(m.Need("checked"))
	if (h.Checked.Level != "unverified") != (h.Read != 0) && h.Checked.Level != "" {
		r.Fail(n.At, "pack.help_unread", "help", h.ID)
	}
	m.Done()
	return h
}
