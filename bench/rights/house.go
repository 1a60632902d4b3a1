package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"stayput/bench/casegen"
	"stayput/day"
	"stayput/desk"
	"stayput/fact"
	"stayput/intake/casefile"
	"stayput/law"
	"stayput/law/packs"
	"stayput/people"
	"stayput/present/web"
	"stayput/store/sqlite"
)

// A house is a store with the whole program on it, asked without a network, so
// that the share of what is measured is as large as it can be.
type house struct {
	store *sqlite.Store
	desk  *desk.Desk
	who   desk.Who
	cases []people.CaseID
	site  *web.Site
	serve http.Handler
	entry string // the cookie of who entered
}

const host = "localhost:7847"

// deaf is a store that forgets what was seen, to compare with.
type deaf struct{ desk.Store }

type deafTx struct{ desk.Tx }

func (d deaf) Write(ctx context.Context, f func(desk.Tx) error) error {
	return d.Store.Write(ctx, func(tx desk.Tx) error { return f(deafTx{tx}) })
}

func (deafTx) AddSeen(people.SpaceID, []desk.Seen) error { return nil }

// open opens the pages on a store.
func open(ctx context.Context, s *sqlite.Store, on desk.Store, book *law.Book) (*house, error) {
	h := &house{store: s, desk: desk.New(desk.Options{Store: on, Book: book, Calendars: packs.Calendars(), Now: time.Now})}
	var err error
	if h.who, err = h.desk.Begin(ctx, desk.SetUp{Kind: people.Practice, Name: "Sample"}); err != nil {
		return nil, err
	}
	h.site, err = web.New(web.Options{Desk: h.desk, Sessions: s.Sessions(), Version: "bench", Now: time.Now, Hosts: []string{host}})
	if err != nil {
		return nil, err
	}
	h.serve = h.site.Handler()
	a := h.ask(http.MethodGet, h.site.NewLink(), "")
	if a.Code != http.StatusSeeOther || len(a.Result().Cookies()) == 0 {
		return nil, fmt.Errorf("entering gave %d", a.Code)
	}
	h.entry = a.Result().Cookies()[0].String()
	h.entry, _, _ = strings.Cut(h.entry, ";")
	return h, nil
}

// ask asks for a page as a browser of this machine does.
func (h *house) ask(method, path, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Host, r.RemoteAddr = host, "127.0.0.1:1" // no connection stands behind it
	if h.entry != "" {
		r.Header.Set("Cookie", h.entry)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	w := httptest.NewRecorder()
	h.serve.ServeHTTP(w, r)
	return w
}

// fill makes the cases and the people; the same seed makes the same content.
func (h *house) fill(ctx context.Context, o options) error {
	var refs []casefile.CalendarRef
	for _, y := range casegen.Calendars() {
		body, err := desk.WriteCalendar(y)
		if err != nil {
			return err
		}
		name := y.ID + ".yaml"
		if _, err := h.desk.SaveCalendar(ctx, h.who, name, "Sample "+y.Label, body, 0); err != nil {
			return err
		}
		refs = append(refs, casefile.CalendarRef{Name: name})
	}
	year, month, dd := time.Now().Date()
	today := day.Must(year, month, dd)
	var in []desk.NewCase
	for i := range o.cases {
		f := &casefile.File{Calendars: refs}
		var es []fact.Entry
		f.Case, es = casegen.Long(o.seed+uint64(i), o.entries, today.Add(-300-i), today.Add(-1))
		f.Entries = es
		in = append(in, desk.NewCase{File: f})
	}
	if err := h.desk.OpenCases(ctx, h.who, desk.NewName(), "Sample", nil, in); err != nil {
		return err
	}
	all, err := h.desk.Cases(ctx, h.who, true)
	if err != nil {
		return err
	}
	for _, c := range all {
		h.cases = append(h.cases, c.ID)
	}
	return h.store.Write(ctx, func(tx desk.Tx) error {
		for i := range o.people {
			p := people.Person{ID: people.PersonID(desk.NewName()), Name: "Sample", Lang: "en", Register: people.Plain}
			g := people.Grant{ID: desk.NewName(), Person: p.ID, Case: h.cases[i%len(h.cases)], Role: people.Reader}
			m := people.Member{Person: p.ID}
			mb, e1 := json.Marshal(m)
			gb, e2 := json.Marshal(g)
			err := errors.Join(e1, e2, tx.SavePerson(h.who.Space, p),
				tx.SaveItem(h.who.Space, desk.Item{Kind: "member", ID: string(p.ID), Body: mb}),
				tx.SaveItem(h.who.Space, desk.Item{Kind: "grant", ID: string(p.ID) + "/" + g.ID, Body: gb}))
			if err != nil {
				return err
			}
		}
		return nil
	})
}
