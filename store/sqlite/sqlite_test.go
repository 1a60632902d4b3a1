package sqlite

import (
	"bytes"
	"context"
	"testing"
	"time"

	"stayput/desk"
	"stayput/people"
	"stayput/record/seal"
)

func TestSmoke(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir() + "/a b?#%ñ"
	s, err := Open(ctx, Options{Folder: dir})
	if err != nil {
		t.Fatal(err)
	}
	key, _ := seal.NewKey("sp", nil)
	err = s.Write(ctx, func(x desk.Tx) error {
		if err := x.AddSpace(people.Space{ID: "sp", Kind: people.Household, Created: time.Now()}, key); err != nil {
			return err
		}
		if err := x.AddCase("sp", desk.CaseRow{ID: "c"}); err != nil {
			return err
		}
		if err := x.AddLog("sp", desk.Log{Case: "c", Name: "log1"}); err != nil {
			return err
		}
		for i := range 5 {
			tail, err := x.Tail("sp", "c", "")
			if err != nil {
				return err
			}
			b := seal.Body{Salt: []byte("1234567890123456"), Data: []byte(`{"a":1}`)}
			b2 := seal.Body{Salt: []byte("1234567890123456"), Data: []byte(`{"reason":1}`)}
			sd, err := seal.Append("log1", tail, "p", time.Now(), seal.Draft{ID: string(rune('a' + i)), What: seal.Fact, Body: b}, seal.Draft{ID: string(rune('A' + i)), What: seal.Destroyed, Body: b2})
			if err != nil {
				return err
			}
			cp, err := key.Sign(sd.Head)
			if err != nil {
				return err
			}
			if err := x.Append("sp", "c", "", sd, []seal.Body{b, b2}, cp); err != nil {
				return err
			}
			if err := x.Index("sp", "c", "", string(rune('a'+i)), "Reunión en la escuela"); err != nil {
				return err
			}
			if err := x.Keep("sp", "c", "", cp); err != nil {
				return err
			}
		}
		return x.Destroy("sp", "c", "", "b", "C")
	})
	if err != nil {
		t.Fatal(err)
	}
	err = s.Read(ctx, func(x desk.Tx) error {
		got, err := x.Search("sp", "c", []desk.Wall{""}, "REUN esc", 10)
		t.Log(got, err)
		l, err := x.Logs("sp", "c")
		t.Logf("%+v %v", l, err)
		return x.Rows("sp", "c", "", 0, func(r desk.Row) error { t.Log(r.ID, r.Gone, string(r.Body.Data)); return nil })
	})
	if err != nil {
		t.Fatal(err)
	}
	h, err := s.Check(ctx)
	t.Log(h.Sound, err)
	for _, l := range h.Lines {
		t.Log(l)
	}
	if err := s.Backup(ctx, dir+"/b.db"); err != nil {
		t.Fatal(err)
	}
	r, err := OpenReader(ctx, dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Backup(ctx, dir+"/c.db"); err != nil {
		t.Fatal(err)
	}
	r.Close()
	if err := Restore(ctx, dir+"/c.db", dir+"/new", func(x desk.Tx) error {
		var b bytes.Buffer
		return x.Rows("sp", "c", "", 0, func(r desk.Row) error { b.WriteString(r.ID); return nil })
	}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	r, err = OpenReader(ctx, dir+"/new")
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Backup(ctx, dir+"/d.db"); err != nil {
		t.Fatal(err)
	}
	h, err = r.Check(ctx)
	t.Log(h.Sound, err)
	r.Close()
}
