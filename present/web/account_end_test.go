package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"stayput/desk"
	"stayput/people"
)

// The pages of one's account: another sign-in name, and the end. Both ask for a sign-in
// a moment ago; what is wrong in a form is said at its field.
func TestAccountEnds(t *testing.T) {
	h := build(t, "")
	m := h.makeOwner("ana@example.org")
	page := h.get("/account").is(t, http.StatusOK).says(t, "Change the sign-in name", `action="/account/login"`, `href="/account/end"`)
	if strings.Contains(page.body, "ana@example.org</code>") {
		t.Error("the name stands in an odd place")
	}
	// Another name.
	h.post("/account/login", url.Values{"login": {"a b"}}).is(t, http.StatusUnprocessableEntity).says(t, "A sign-in name has 3 to 80 letters", `value="a b"`)
	h.post("/account/login", nil).is(t, http.StatusUnprocessableEntity)
	h.post("/account/login", url.Values{"login": {`"><script>x`}}).is(t, http.StatusUnprocessableEntity)
	h.post("/account/login", url.Values{"login": {"ana.maria"}}).is(t, http.StatusSeeOther)
	h.get("/account").is(t, http.StatusOK).says(t, "You sign in as ana.maria", "New sign-in name, before: ana@example.org")
	h.longAgo(t)
	if to := h.post("/account/login", url.Values{"login": {"other"}}).is(t, http.StatusSeeOther).header.Get("Location"); !strings.HasPrefix(to, "/sign-in?again=1") {
		t.Errorf("long after signing in a new name leads to %s", to)
	}
	// The end asks for it anew, and for the name.
	h.get("/account/end").is(t, http.StatusOK).says(t, "/sign-in?again=1&amp;next=%2Faccount%2Fend", "you still open it as before")
	if a := h.get("/account/end"); strings.Contains(a.body, `action="/account/end"`) {
		t.Error("the form shows before signing in again")
	}
	if to := h.post("/account/end", url.Values{"login": {"ana.maria"}, "sure": {"yes"}}).is(t, http.StatusSeeOther).header.Get("Location"); to != "/sign-in?again=1&next=%2Faccount%2Fend" {
		t.Errorf("the end leads to %s", to)
	}
	m.login = "ana.maria"
	h.signIn(&m, "/account/end").is(t, http.StatusSeeOther)
	h.get("/account/end").is(t, http.StatusOK).says(t, `action="/account/end"`)
	for _, bad := range []url.Values{nil, {"login": {"ana.maria"}}, {"login": {"somebody"}, "sure": {"yes"}}, {"sure": {"yes"}}} {
		h.post("/account/end", bad).is(t, http.StatusUnprocessableEntity).says(t, "Type ana.maria and tick the box")
	}
	h.get("/account").is(t, http.StatusOK)
	// Done: the answer is the page, the browser is nobody's, the name is free.
	done := h.post("/account/end", url.Values{"login": {" Ana.Maria "}, "sure": {"yes"}}).is(t, http.StatusOK).says(t, "Your account has ended", "On this computer you need no account")
	if !strings.Contains(done.header.Get("Clear-Site-Data"), "storage") || !strings.Contains(done.header.Get("Cache-Control"), "no-store") {
		t.Errorf("%v", done.header)
	}
	for _, path := range []string{"/", "/account", "/account/end", "/devices"} {
		if a := h.get(path); a.status == http.StatusOK {
			t.Errorf("%s answers after the end", path)
		}
	}
	if a := h.post("/account/end", url.Values{"login": {"ana.maria"}, "sure": {"yes"}}); a.status < 400 && !strings.HasPrefix(a.header.Get("Location"), "/sign-in") {
		t.Errorf("ended twice: %d", a.status)
	}
	// The person of this machine comes in by the link as before, and may make another.
	h.enter()
	h.get("/account").is(t, http.StatusOK).says(t, "On this computer you do not need an account")
}

// longAgo lets every sign-in be one of an hour ago.
func (h *house) longAgo(t *testing.T) {
	t.Helper()
	err := h.store.Write(t.Context(), func(tx desk.Tx) error {
		its, err := tx.Items("", "device", "")
		if err != nil {
			return err
		}
		for _, it := range its {
			var v desk.Device
			if err := json.Unmarshal(it.Body, &v); err != nil {
				return err
			}
			v.Proved = v.Proved.Add(-time.Hour)
			if it.Body, err = json.Marshal(v); err != nil {
				return err
			}
			if err := tx.SaveItem("", it); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Somebody with whom nothing is shared any more gets to the end of the account too; an
// owner who is the last one is told what to do first.
func TestAccountEndsForGuests(t *testing.T) {
	c := newCrowd(t)
	link := c.share(t, "/cases/"+string(c.mine)+"/share/new?preset=family", url.Values{"for": {"Sample Grandmother"}})
	guest := c.newcomer(t, "grandmother")
	guest.post(link, nil).is(t, http.StatusSeeOther)
	sharing, err := c.site.desk.Sharing(t.Context(), c.house.owner(), c.mine)
	if err != nil || len(sharing.Shares) != 1 {
		t.Fatal(err)
	}
	g := sharing.Shares[0].Grant
	if err := c.site.desk.EndGrant(t.Context(), c.house.owner(), c.mine, g.Person, g.ID); err != nil {
		t.Fatal(err)
	}
	guest.get("/").is(t, http.StatusForbidden).says(t, "Nothing is shared with you", `href="/account/end"`)
	a := guest.get("/account/end").is(t, http.StatusOK).says(t, "Type your sign-in name: grandmother")
	if strings.Contains(a.body, "Where you belong") {
		t.Error("she belongs somewhere")
	}
	guest.post("/account/end", url.Values{"login": {"grandmother"}, "sure": {"yes"}}).is(t, http.StatusOK).says(t, "ask for a new invitation")
	if a := guest.get("/account/end"); a.status == http.StatusOK {
		t.Error("the account is there still")
	}
	// Nobody, and who has no account, gets nothing.
	nobody := *c.house
	nobody.client = nobody.browser()
	for _, h := range []*house{&nobody, c.house} {
		if a := h.get("/account/end"); a.status == http.StatusOK {
			t.Error("an account that is not there can be ended")
		}
		if a := h.post("/account/end", url.Values{"login": {"x"}, "sure": {"yes"}}); a.status == http.StatusOK {
			t.Error("an account that is not there is ended")
		}
	}

	// The last owner of another family's space.
	sole := c.newcomer(t, "sole")
	all, err := c.site.desk.Accounts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var id people.AccountID
	for _, x := range all {
		if x.Login == "sole" {
			id = x.ID
		}
	}
	old := c.family(t, "Sample sole")
	_, token, err := c.site.desk.Invite(t.Context(), old, desk.NewName(), "Sample Sole", desk.Terms{Role: people.Owner})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.site.desk.Redeem(t.Context(), token, id); err != nil {
		t.Fatal(err)
	}
	old, _, err = c.site.desk.Recognize(t.Context(), old.Space, old.Person.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.site.desk.StepOut(t.Context(), old); err != nil {
		t.Fatal(err)
	}
	stuck := sole.get("/account/end").is(t, http.StatusOK).says(t, "You are the last owner here", "Make somebody else owner there")
	if strings.Contains(stuck.body, `action="/account/end"`) {
		t.Error("the form shows to the last owner")
	}
	sole.post("/account/end", url.Values{"login": {"sole"}, "sure": {"yes"}}).is(t, http.StatusUnprocessableEntity).says(t, "You are the last owner here")
}
