package web

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"

	"stayput/desk"
	"stayput/fact"
	"stayput/fault"
	"stayput/locale"
	"stayput/people"
)

// A Frame is what every page has: its language, its landmarks and the words.
// Every page struct embeds one, made by frame.
type Frame struct {
	Lang         string // of this page
	OtherLang    string // what the language button offers
	Title        string // finished, in Lang
	Section      string // which place of the menu is lit: today, cases, record, law, settings, help or ""
	Case         *Mast  // the case this page is about; nil elsewhere
	Notes        []Note // sentences from the page before
	Person       string // how the person is called; "" before entering or without a name
	Path         string // where the language button leads back to
	Precise      bool   // the person wants terms and citations
	ShortcutsOff bool
	DraftDone    string // the draft that was saved just now: the browser forgets its copy

	Account bool // the person signed in with an account

	Seeing *Seeing // whose sight the page shows, when it is not one's own

	cat    *locale.Catalog
	assets *assets
	site   *Site // says what who may do; nil in the samples of tests, which show everything
	who    desk.Who
}

// A Mast is what stands above every page of one case.
type Mast struct {
	ID     people.CaseID
	Title  string
	Sample bool // an invented family
	Tabs   []Tab
	School bool          // the record is kept by a school
	waits  func() string // the school year whose calendar the case waits for
}

// A Tab is one of the pages of a case.
type Tab struct {
	Href, Label string
	Current     bool
}

// frame begins a page. title is a key; a page with a title of its own sets
// Title afterwards.
func (s *Site) frame(r *http.Request, title, section string) Frame {
	lang, p := s.lang(r), who(r).Person
	cat, _ := locale.For(lang)
	f := Frame{
		Lang: lang, OtherLang: other(lang), Title: cat.T(title), Section: section, Person: p.Name, Path: backTo(r),
		Precise: p.Register == people.Precise, ShortcutsOff: p.ID != "" && !p.Shortcuts, cat: cat, assets: s.assets,
		site: s, who: who(r), Seeing: s.seeing(r), Account: who(r).Person.ID != "" && accountOf(r) != "",
	}
	if s.sessionLoaded(r) {
		f.Notes = s.takeNotes(r.Context())
		f.DraftDone = s.sessions.PopString(r.Context(), keyDraft)
		for i := range f.Notes {
			f.Notes[i].say(cat)
		}
	}
	return f
}

// May reports whether who looks at the page may do an action, by its name in the
// table of rights, on the case of the page: what one may not do is not offered.
func (f Frame) May(action string) bool {
	a, known := desk.ActionNamed(action)
	if f.site == nil || !known {
		return known
	}
	if f.Case != nil {
		return f.site.desk.May(f.who, a, f.Case.ID)
	}
	return f.site.desk.May(f.who, a, "")
}

// MaySomewhere is May on any case, for the menu.
func (f Frame) MaySomewhere(action string) bool {
	a, known := desk.ActionNamed(action)
	return known && (f.site == nil || f.site.desk.MaySomewhere(f.who, a))
}

// mayWall reports whether who sees and writes behind a wall of a case.
func (f speaker) mayWall(c *desk.Case, w fact.Wall) bool {
	return f.site == nil || c == nil || f.site.desk.MayWall(f.who, c.ID, w)
}

// T is the text of key with the values of pairs (name, value, …) put in.
func (f Frame) T(key string, pairs ...any) string { return f.cat.T(key, texts(pairs)...) }

// N is T with a number as the value n.
func (f Frame) N(key string, n int, pairs ...any) string { return f.cat.N(key, n, texts(pairs)...) }

// Say is the catalog itself, for dates, days and lists: {{.Say.Date .Due}}.
func (f Frame) Say() *locale.Catalog { return f.cat }

// DraftsOf is under which name the browser keeps what is being typed: another one for
// each person, which says nothing about who it is.
func (f Frame) DraftsOf() string {
	if f.who.Person.ID == "" {
		return ""
	}
	h := sha256.Sum256([]byte("drafts of " + string(f.who.Person.ID)))
	return hex.EncodeToString(h[:6])
}

// Fault is what a person reads of one thing that went wrong.
func (f Frame) Fault(e *fault.Error) string { return f.cat.Fault(e) }

// Asset is the address of a static file, which changes when the file does.
func (f Frame) Asset(name string) string { return f.assets.address(name) }

func texts(pairs []any) []string {
	out := make([]string, len(pairs))
	for i, p := range pairs {
		out[i] = fmt.Sprint(p)
	}
	return out
}

// backTo is the page a person is on, as a path of this program. What is not
// got by GET cannot be gone back to.
func backTo(r *http.Request) string {
	if r.Method != http.MethodGet && r.Method != http.MethodHead || r.URL.Path == "/enter" {
		return "/"
	}
	return localPath(r.URL.RequestURI())
}

// Bytes is a size as people say it: 340 KB, 12 MB.
func (f Frame) Bytes(n int64) string {
	switch {
	case n >= 10<<30:
		return fmt.Sprintf("%d GB", n>>30)
	case n >= 1<<20:
		return fmt.Sprintf("%d MB", (n+1<<19)>>20)
	}
	return fmt.Sprintf("%d KB", (n+1023)>>10)
}

// first makes the first letter of a name a capital.
func first(s string) string { return locale.First(s) }

// A speaker puts things into the words of a page. It is a type of its own, and not the
// page's Frame, because every page would else bear a copy of each of its methods: the
// compiler made seventy thousand of them.
type speaker struct {
	Frame
	others bool // what it says goes to somebody else: a table, a document, an agenda
}

// speak is the page's speaker.
func (f Frame) speak() speaker { return speaker{Frame: f} }

// toOthers is the speaker for what leaves the program, or is said at a meeting.
func (f speaker) toOthers() speaker {
	f.others = true
	return f
}

// neutral reports whether titles of rules speak to nobody: to a school "your" is wrong, who
// wants terms gets the formal title, and what goes to others is nobody's own.
func (f speaker) neutral() bool { return f.others || f.Precise || f.Case != nil && f.Case.School }
