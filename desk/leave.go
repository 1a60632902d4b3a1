package desk

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"stayput/people"
	"stayput/record/seal"
)

// Leaving: everything of a space is taken out of this server for good. Before, its
// owner takes all of it along; after, she holds a receipt signed with the space's
// key, and the server keeps the day and nothing else.

const itemLeaving = "leaving" // taken: when everything was taken along, and of which state

// A taken says that an owner took everything along.
type taken struct {
	At    time.Time       `json:"at"`
	By    people.PersonID `json:"by"`
	State string          `json:"state"` // of the record then

	Version int64 `json:"-"`
}

// takenTime is how long what was taken along counts before it must be taken again.
const takenTime = 24 * time.Hour

// A Leave is what an owner must know before leaving.
type Leave struct {
	Space   people.Space
	Cases   int
	People  []string // how the others who can come in are called; they lose it too
	Owners  []string // the other owners: while there is one, nobody leaves
	Held    []Hold   // cases that may not go
	First   bool     // others' spaces rest on this one's server: it must stay until they have left
	Taken   time.Time
	Changed bool   // something was written since
	Host    string // who runs the server, when a host offered this space
	Backups int    // how many days the host keeps copies, by its own word; 0 when it did not say
}

// A Hold is a case under a litigation hold.
type Hold struct {
	Case *Folder
	Why  string
}

// Ready reports that nothing stands in the way of leaving.
func (l *Leave) Ready() bool {
	return len(l.Held) == 0 && len(l.Owners) == 0 && !l.First && !l.Taken.IsZero() && !l.Changed
}

// Leave says what stands in the way of leaving, and what goes with it.
func (d *Desk) Leave(ctx context.Context, who Who) (out Leave, err error) {
	if err = d.may(as(ctx, ""), who, LeaveSpace, ""); err != nil {
		return out, err
	}
	err = d.store.Read(ctx, func(tx Tx) error { out, err = d.leave(ctx, tx, who); return err })
	return out, err
}

func (d *Desk) leave(ctx context.Context, tx Tx, who Who) (out Leave, err error) {
	spaces, err := tx.Spaces()
	if err != nil {
		return out, err
	}
	for i, s := range spaces {
		if s.ID == who.Space {
			out.Space, out.First = s, i == 0 && len(spaces) > 1
		}
	}
	known, err := names(tx, who.Space)
	if err != nil {
		return out, err
	}
	all, err := items[people.Member](tx, who.Space, itemMember, "", nil)
	if err != nil {
		return out, err
	}
	granted, err := items[people.Grant](tx, who.Space, itemGrant, "", nil)
	if err != nil {
		return out, err
	}
	now := d.now()
	for _, m := range all {
		holds := m.Holds(now)
		in := holds && m.Role != people.NoRole || slices.ContainsFunc(granted, func(g people.Grant) bool { return g.Person == m.Person && g.Holds(now) })
		if m.Person == who.Person.ID || !in {
			continue
		}
		out.People = append(out.People, known[m.Person])
		if holds && m.Role == people.Owner {
			out.Owners = append(out.Owners, known[m.Person])
		}
	}
	cases, err := tx.Cases(who.Space)
	if err != nil {
		return out, err
	}
	out.Cases = len(cases)
	for _, c := range cases {
		f, err := d.folder(ctx, tx, who, c.ID)
		if err != nil {
			return out, err
		}
		if f.Held {
			out.Held = append(out.Held, Hold{f, f.HeldWhy})
		}
	}
	state, err := stateOf(tx, who.Space)
	if err != nil {
		return out, err
	}
	var t taken
	if _, err := get(tx, who.Space, itemLeaving, string(who.Person.ID), &t); err != nil {
		return out, err
	}
	if now.Sub(t.At) < takenTime {
		out.Taken, out.Changed = t.At, t.State != state
	}
	var h hosted
	if _, err := get(tx, who.Space, itemHosted, "host", &h); err != nil {
		return out, err
	}
	out.Host, out.Backups = h.Host, h.Backups
	return out, nil
}

// stateOf is a word that changes with whatever a space's logs hold.
func stateOf(tx Tx, space people.SpaceID) (string, error) {
	logs, err := tx.AllLogs(space)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, l := range logs {
		fmt.Fprintf(&b, "%s %d %d %s\n", l.Name, l.Head.Size, l.Destroyed, base64.RawStdEncoding.EncodeToString(l.Head.Root[:6]))
	}
	return digestOf(b.String()), nil
}

// TakeAlong says which state of the record an owner is about to take along; what
// it gives is called when all of it was written out. Leaving asks for it.
func (d *Desk) TakeAlong(ctx context.Context, who Who) (done func() error, err error) {
	if err = d.may(ctx, who, LeaveSpace, ""); err != nil {
		return nil, err
	}
	var state string
	err = d.store.Read(ctx, func(tx Tx) error { state, err = stateOf(tx, who.Space); return err })
	return func() error {
		return d.change(ctx, &who, LeaveSpace, "", func(tx Tx) error {
			t := taken{}
			v, err := get(tx, who.Space, itemLeaving, string(who.Person.ID), &t)
			if err != nil {
				return err
			}
			return d.put(tx, who.Space, itemLeaving, string(who.Person.ID), v, taken{At: d.now().UTC(), By: who.Person.ID, State: state})
		})
	}, err
}

// LeaveSpace takes everything of the space out for good, and gives the signed
// receipt. It happens whole or not at all.
func (d *Desk) LeaveSpace(ctx context.Context, who Who) (receipt []byte, err error) {
	if err = d.may(as(ctx, ""), who, LeaveSpace, ""); err != nil {
		return nil, err
	}
	err = d.change(ctx, &who, LeaveSpace, "", func(tx Tx) error {
		l, err := d.leave(ctx, tx, who)
		switch {
		case err != nil:
			return err
		case len(l.Held) > 0:
			return conflict("records.leave_is_held", "why", l.Held[0].Why)
		case len(l.Owners) > 0:
			return conflict("records.leave_owners", "names", strings.Join(l.Owners, ", "))
		case l.First:
			return conflict("records.leave_first")
		case l.Taken.IsZero():
			return conflict("records.leave_not_taken")
		case l.Changed:
			return conflict("records.leave_changed")
		}
		if receipt, err = d.receipt(ctx, tx, who, l); err != nil {
			return err
		}
		if err := d.dropSeats(tx, who.Space); err != nil {
			return err
		}
		return tx.DropSpace(who.Space)
	})
	if err != nil {
		return nil, err
	}
	d.forgetSpace(who.Space)
	return receipt, nil
}

// forgetSpace drops what is kept of a space in memory.
func (d *Desk) forgetSpace(space people.SpaceID) {
	d.seen.forget(space)
	d.zones.Range(func(k, _ any) bool {
		if k.(zoneKey).space == space {
			d.zones.Delete(k)
		}
		return true
	})
	s := d.kept
	s.joins.mu.Lock()
	s.joins.seen, s.joins.used = nil, nil
	s.joins.mu.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	for k, e := range s.byKey {
		if k.space == space {
			s.held -= e.Value.(*shelved).size
			s.order.Remove(e)
			delete(s.byKey, k)
		}
	}
}

// dropSeats takes out what the server keeps beside the space and names it: who
// sits in it, its invitations, phones that were paired with it. An account that
// sits nowhere else goes too.
func (d *Desk) dropSeats(tx Tx, space people.SpaceID) error {
	its, err := tx.Items("", itemSeat, "")
	if err != nil {
		return err
	}
	gone, sits := map[string]bool{}, map[string]bool{}
	for _, it := range its {
		account, in, _ := strings.Cut(it.ID, "/")
		if in != string(space) {
			sits[account] = true
			continue
		}
		gone[account] = true
		if err := tx.DropItem("", itemSeat, it.ID); err != nil {
			return err
		}
	}
	for _, kind := range []string{itemInvitation, itemDevice, itemKnown, itemHosting, itemDigest} {
		its, err := tx.Items("", kind, "")
		if err != nil {
			return err
		}
		for _, it := range its {
			if strings.Contains(it.ID+" "+string(it.Body), string(space)) {
				if err := tx.DropItem("", kind, it.ID); err != nil {
					return err
				}
			}
		}
	}
	for id := range gone {
		if !sits[id] {
			if err := d.dropAccount(tx, people.AccountID(id)); err != nil {
				return err
			}
			continue
		}
		var a account
		v, err := get(tx, "", itemAccount, id, &a)
		if err != nil {
			return err
		}
		if a.Last == space {
			a.Last = ""
			if err := d.put(tx, "", itemAccount, id, v, a); err != nil {
				return err
			}
		}
	}
	return nil
}

// dropAccount takes out an account with all of its ways in. Each names the
// account, whose random name stands nowhere else.
func (d *Desk) dropAccount(tx Tx, account people.AccountID) error {
	for _, kind := range []string{itemAccount, itemLogin, itemPasskey, itemDevice, itemKnown} {
		its, err := tx.Items("", kind, "")
		if err != nil {
			return err
		}
		for _, it := range its {
			if strings.Contains(it.ID+" "+string(it.Body), string(account)) {
				if err := tx.DropItem("", kind, it.ID); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// A Receipt says what was taken out of a server.
type Receipt struct {
	Space    string // the random name of the space
	At       time.Time
	Cases    int
	Entries  int64
	Files    int
	People   int
	Accesses int64 // lines of the access log
	Heads    []seal.Head
	Key      string // the public key of the space
}

const receiptOrigin = "stayput.leaving/"

// receipt signs what is about to go. It names only logs that this person sees: how
// much stood behind other walls is nobody's to know.
func (d *Desk) receipt(ctx context.Context, tx Tx, who Who, l Leave) ([]byte, error) {
	key, err := tx.Key(who.Space)
	if err != nil {
		return nil, err
	}
	r := Receipt{Space: string(who.Space), At: d.now().UTC().Truncate(time.Second), Cases: l.Cases, Key: key.Public}
	logs, err := tx.AllLogs(who.Space)
	if err != nil {
		return nil, err
	}
	files := map[seal.Digest]bool{}
	for _, x := range logs {
		if !slices.Contains(d.walls(who, x.Case), x.Wall) || x.Head.Size == 0 {
			continue
		}
		r.Heads = append(r.Heads, x.Head)
		r.Entries += x.Head.Size
		f, err := d.folder(ctx, tx, who, x.Case)
		if err != nil {
			return nil, err
		}
		for i := range f.marks {
			for _, y := range f.marks[i].Files {
				files[y.Digest] = true
			}
		}
	}
	r.Files = len(files)
	ps, err := tx.People(who.Space)
	if err != nil {
		return nil, err
	}
	r.People = len(ps)
	last, err := tx.Seen(who.Space, "", 0, 1)
	if err != nil {
		return nil, err
	}
	if len(last) > 0 {
		r.Accesses = last[0].N
	}
	signed, err := key.SignNote(r.text())
	if err != nil {
		return nil, internal(err)
	}
	return signed, nil
}

// text is the receipt as it is signed: what it is, a line for each number, and the
// last state of each log.
func (r *Receipt) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s%s\nat %s\ncases %d\nentries %d\nfiles %d\npeople %d\naccesses %d\n", receiptOrigin, r.Space, r.At.UTC().Format(time.RFC3339), r.Cases, r.Entries, r.Files, r.People, r.Accesses)
	for _, h := range r.Heads {
		fmt.Fprintf(&b, "log %s %d %s %s\n", h.Log, h.Size, base64.StdEncoding.EncodeToString(h.Root[:]), h.At.UTC().Format(time.RFC3339))
	}
	fmt.Fprintf(&b, "key %s\n", strings.TrimSpace(r.Key))
	return b.String()
}

// ErrReceipt is what a text gets that is no receipt of a leaving.
var ErrReceipt = errors.New("not a receipt of a leaving")

// ReadReceipt reads a signed receipt and checks its signature: with the key given,
// or, when it is "", with the one that the receipt names, which proves only that
// nothing in it was changed.
func ReadReceipt(signed []byte, public string) (Receipt, error) {
	const most = 1 << 20
	if len(signed) > most {
		return Receipt{}, ErrReceipt
	}
	text := strings.ReplaceAll(string(signed), "\r\n", "\n")
	_, own, found := strings.Cut(text, "\nkey ")
	own, _, ended := strings.Cut(own, "\n")
	if !found || !ended {
		return Receipt{}, ErrReceipt
	}
	if public = strings.TrimSpace(public); public == "" {
		public = own
	}
	note, err := seal.OpenNote([]byte(text), public)
	if err != nil {
		return Receipt{}, err
	}
	r, err := parseReceipt(note)
	if err == nil && r.text() != note {
		err = ErrReceipt // the same in other words was not written here
	}
	return r, err
}

func parseReceipt(text string) (r Receipt, err error) {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(lines) < 8 || !strings.HasPrefix(lines[0], receiptOrigin) {
		return r, ErrReceipt
	}
	r.Space = strings.TrimPrefix(lines[0], receiptOrigin)
	for _, l := range lines[1:] {
		word, rest, _ := strings.Cut(l, " ")
		n, bad := strconv.ParseInt(rest, 10, 64)
		switch word {
		case "at":
			r.At, bad = time.Parse(time.RFC3339, rest)
		case "cases":
			r.Cases = int(n)
		case "entries":
			r.Entries = n
		case "files":
			r.Files = int(n)
		case "people":
			r.People = int(n)
		case "accesses":
			r.Accesses = n
		case "key":
			r.Key, bad = rest, nil
		case "log":
			var h seal.Head
			f := strings.Fields(rest)
			if len(f) != 4 {
				return r, ErrReceipt
			}
			h.Log = f[0]
			if h.Size, bad = strconv.ParseInt(f[1], 10, 64); bad != nil {
				return r, ErrReceipt
			}
			root, e := base64.StdEncoding.DecodeString(f[2])
			if e != nil || len(root) != len(h.Root) {
				return r, ErrReceipt
			}
			h.Root = seal.Hash(root)
			h.At, bad = time.Parse(time.RFC3339, f[3])
			r.Heads = append(r.Heads, h)
		default:
			return r, ErrReceipt
		}
		if bad != nil {
			return r, ErrReceipt
		}
	}
	return r, nil
}
