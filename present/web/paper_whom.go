package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"stayput/derive/draft"
	"stayput/desk"
	"stayput/format/document"
	"stayput/format/markup"
	"stayput/paper"
)

// Of several contacts of one role, the writer chooses who writes a paper and who gets it.
// What is chosen is kept with the paper, by the name that the contacts of the case give it.

// cutWhom is a role, and which of several contacts of it: "teacher:Ana Ruiz".
func cutWhom(s string) (role, who string) {
	role, who, _ = strings.Cut(s, ":")
	return role, who
}

// toEach reports that a paper goes to each contact of a role when nobody is chosen.
func toEach(c *desk.Case, d *paper.Paper, role string) bool {
	return draft.All(d, &c.File.Case, paper.Role(role))
}

// whomOptions are the contacts of a role that has several, one option each; who is the one
// that is chosen.
func (f speaker) whomOptions(c *desk.Case, d *paper.Paper, role, who string, chosen bool) (out []Option) {
	names := c.File.Case.ContactNames(role)
	each := toEach(c, d, role)
	if each {
		out = append(out, Option{Value: role, Label: f.paperRoleOf(c, d, role), On: chosen && who == ""})
	}
	for i, n := range names {
		out = append(out, Option{Value: role + ":" + n, Label: f.T("webpaper.who_named", "role", f.contactRole(role), "name", shortened(n, 80)), On: chosen && (who == n || who == "" && !each && i == 0)})
	}
	return out
}

// paperRoleOf is paperRole for one paper: what goes to several people names each.
func (f speaker) paperRoleOf(c *desk.Case, d *paper.Paper, role string) string {
	if !toEach(c, d, role) {
		return f.paperRole(c, role)
	}
	var names []string
	for _, n := range c.File.Case.ContactNames(role) {
		names = append(names, shortened(n, 80))
	}
	return f.T("webwhom.each", "names", f.cat.List(names))
}

// whomHint says what it means that a paper goes to both parents; "" where it does not.
func (f speaker) whomHint(c *desk.Case, d *paper.Paper, role string) string {
	if !toEach(c, d, role) {
		return ""
	}
	return f.T("webwhom.each_hint")
}

// pinned is an ask with the first contact of a role chosen where nobody was: when that one
// goes, the paper does not turn to another without a word.
func (a paperAsk) pinned(c *desk.Case, d *paper.Paper) paperAsk {
	first := func(role, who string) string {
		if names := c.File.Case.ContactNames(role); who == "" && len(names) > 1 && !toEach(c, d, role) {
			return names[0]
		}
		return who
	}
	from, to := a.Sender, a.To
	if from == "" {
		from = string(draft.Writer(d, &c.File.Case))
	}
	if to == "" {
		to = usualTo(c, d)
	}
	a.SenderWho, a.ToWho = first(from, a.SenderWho), first(to, a.ToWho)
	return a
}

// paperAnew is where a paper is begun again as it was asked for.
func paperAnew(c *desk.Case, x *desk.Paper) string {
	v := url.Values{}
	if n := c.Name(x.About); n != "" {
		v.Set("about", n)
	}
	put := func(name, role, usual, who string) {
		if role == "" && who != "" {
			role = usual
		}
		if who != "" {
			role += ":" + who
		}
		if role != "" {
			v.Set(name, role)
		}
	}
	if x.Check != "" {
		v.Set("check", x.Check)
	}
	d, err := c.Papers.Get(x.Document)
	if err == nil {
		put("sender", x.Sender, string(draft.Writer(d, &c.File.Case)), x.SenderWho)
		put("to", x.To, usualTo(c, d), x.ToWho)
	}
	at := papersPath(c.Folder, "/new/"+url.PathEscape(x.Document))
	if len(v) > 0 {
		at += "?" + v.Encode()
	}
	return at
}

// whom asks on the page of a draft who writes it and who gets it, where there are several or
// where whoever was chosen is gone.
func (p *paperShowPage) whom(c *desk.Case, x *desk.Paper, now *paperDraft) {
	for _, who := range now.Facts.Lost {
		p.Gone = append(p.Gone, p.T("webwhom.who_lost", "name", shortened(who, 80)))
	}
	if x.Sent != nil {
		return
	}
	ask := func(name, label, role, who string) {
		names := c.File.Case.ContactNames(role)
		lost := who != "" && !slices.Contains(names, who)
		if len(names) < 2 && !lost {
			return
		}
		y := Field{Name: name, Label: p.T(label), Kind: "select"}
		if lost {
			y.Error = p.T("webwhom.bad_who")
			y.Options = append(y.Options, Option{Value: who, Label: shortened(who, 80), On: true})
		}
		if toEach(c, now.Paper, role) && name == "to" {
			y.Hint = p.speak().whomHint(c, now.Paper, role)
			y.Options = append(y.Options, Option{Label: p.speak().paperRoleOf(c, now.Paper, role), On: who == ""})
		}
		for _, n := range names {
			y.Options = append(y.Options, Option{Value: n, Label: shortened(n, 80), On: n == who || who == "" && len(y.Options) == 0})
		}
		p.Whom = append(p.Whom, y)
	}
	ask("sender", "webpaper.ask_sender", string(now.Facts.Sender), x.SenderWho)
	ask("to", "webpaper.ask_to", string(now.Facts.To), x.ToWho)
}

// paperWhom changes who writes a paper or who gets it: their names and addresses are
// exchanged in its text, as far as they stand there as they were drafted.
func (s *Site) paperWhom(w http.ResponseWriter, r *http.Request) error {
	f, err := s.form(w, r)
	if err != nil {
		return err
	}
	x, c, now, err := s.paperOf(r)
	if err != nil {
		return err
	}
	at := papersPath(c.Folder, "/"+x.ID)
	ask, good := askOf(&x), true
	choose := func(name, role string, who *string) {
		if len(f.All(name)) == 0 {
			return
		}
		v := f.Text(name, mostWhom)
		if v != "" && c.File.Case.ContactNamed(role, v) == nil || v == "" && !toEach(c, now.Paper, role) {
			good = false
			return
		}
		*who = v
	}
	choose("sender", string(now.Facts.Sender), &ask.SenderWho)
	choose("to", string(now.Facts.To), &ask.ToWho)
	if !good {
		s.note(r, Note{Tone: "late", Key: "webwhom.bad_who"})
		return s.seeOther(w, r, at)
	}
	plain, err := s.desk.Plainly(r.Context(), who(r), caseID(r), desk.View{})
	if err != nil {
		return err
	}
	then, err := draftPaper(plain, ask)
	if err != nil {
		return err
	}
	left := readdress(&x, now, then)
	x.SenderWho, x.ToWho = ask.SenderWho, ask.ToWho
	x.Version, _ = strconv.ParseInt(f.Text("version", 20), 10, 64)
	if err := s.desk.SavePaper(r.Context(), who(r), c.ID, x); err != nil {
		return err
	}
	if left {
		s.note(r, Note{Tone: "soon", Key: "webwhom.left"})
	} else {
		s.done(r, "webwhom.saved")
	}
	return s.seeOther(w, r, at)
}

// mostWhom is how long a name of a contact may be with what tells it from another.
const mostWhom = 900

// addressed are the contents that say who writes and who gets a paper.
var addressed = []string{"recipient_title", "sender_contact", "signature_date", "signature_contact"}

// readdress turns a paper to the people of another draft. left says that its text was
// changed by hand where it names them, so that it names somebody else still.
func readdress(x *desk.Paper, was, now *paperDraft) (left bool) {
	old, next := formatted(was.Letter.Blocks), formatted(now.Letter.Blocks)
	if len(was.Facts.Lost) > 0 { // as it was drafted: the contact is gone
		old, next = nil, nil
		for _, k := range addressed[:3] {
			a, b := strings.Join(x.Held[k], "\n\n"), strings.Join(now.Letter.Held[k], "\n\n")
			if k == "signature_date" {
				a, b = "{sign: "+a+"}", "{sign: "+b+"}"
			}
			if a != b {
				old, next = append(old, a, k), append(next, b, k)
			}
		}
		for _, u := range x.Made {
			if u.Field == "to.name" {
				dear := func(name string) string { return now.Words.T("letter.dear", "name", name) }
				for _, y := range now.Letter.Used {
					if y.Field == "to.name" {
						old, next = append(old, dear(u.Said)), append(next, dear(y.Said))
					}
				}
			}
		}
	}
	x.Text, left = retold(x.Text, old, next)
	for _, k := range addressed {
		if _, held := now.Letter.Held[k]; held {
			if x.Held == nil {
				x.Held = map[string][]string{}
			}
			x.Held[k] = now.Letter.Held[k]
		}
	}
	names := func(u desk.PaperUsed) bool {
		return strings.HasPrefix(u.Field, "to.") || strings.HasPrefix(u.Field, "sender.")
	}
	x.Made = slices.DeleteFunc(slices.Clone(x.Made), names)
	for _, u := range now.used() {
		if names(u) {
			x.Made = append(x.Made, u)
		}
	}
	return left
}

// formatted are blocks as the text of the box has them.
func formatted(blocks []document.Block) (out []string) {
	for _, b := range blocks {
		out = append(out, strings.TrimRight(markup.Format([]document.Block{b}), "\n"))
	}
	return out
}

// retold puts into a text what a draft says now in the place of what it said, where it
// stands there whole and once. left says that some of it does not.
func retold(text string, was, now []string) (out string, left bool) {
	body := "\n\n" + strings.TrimRight(text, "\n") + "\n\n"
	set := func(blocks ...string) string { return "\n\n" + strings.Join(blocks, "\n\n") + "\n\n" }
	before := ""
	for len(was) > 0 || len(now) > 0 {
		n, m := common(was, now)
		if n == 0 && m == 0 { // alike
			before, was, now = was[0], was[1:], now[1:]
			continue
		}
		old, next := was[:n], now[:m]
		if n == 0 { // it comes after what stands there already
			old, next = []string{before}, append([]string{before}, next...)
		}
		put := "\n\n"
		if m > 0 || n == 0 {
			put = set(next...)
		}
		if from := set(old...); strings.Count(body, from) == 1 {
			body = strings.Replace(body, from, put, 1)
		} else {
			left = true
		}
		was, now = was[n:], now[m:]
	}
	return strings.Trim(body, "\n") + "\n", left
}

// common is how much of each comes before the next that both have; of two texts of which
// neither goes on as the other does, it is all.
func common(a, b []string) (n, m int) {
	for sum := 0; sum < len(a)+len(b); sum++ {
		for n := 0; n <= sum; n++ {
			if m := sum - n; n < len(a) && m < len(b) && a[n] == b[m] {
				return n, m
			}
		}
	}
	return len(a), len(b)
}
