package desk

import (
	"stayput/fault"
	"stayput/people"
	"stayput/record/seal"
)

// begin makes the log of a wall when it is not there yet.
func begin(tx Tx, space people.SpaceID, c people.CaseID, w Wall) (Log, error) {
	logs, err := tx.Logs(space, c)
	if err != nil {
		return Log{}, err
	}
	for _, l := range logs {
		if l.Wall == w {
			return l, nil
		}
	}
	l := Log{Case: c, Wall: w, Name: name()}
	return l, tx.AddLog(space, l)
}

// add seals what is pending and appends it, wall by wall, in order.
func (d *Desk) add(tx Tx, who Who, c people.CaseID, ps []pending) error {
	key, err := tx.Key(who.Space)
	if err != nil {
		return err
	}
	at := d.now().UTC()
	for len(ps) > 0 {
		n := 1
		for n < len(ps) && ps[n].wall == ps[0].wall {
			n++
		}
		run := ps[:n]
		ps = ps[n:]
		log, err := begin(tx, who.Space, c, run[0].wall)
		if err != nil {
			return err
		}
		tail, err := tx.Tail(who.Space, c, log.Wall)
		if err != nil {
			return err
		}
		drafts := make([]seal.Draft, n)
		bodies := make([]seal.Body, n)
		for i, p := range run {
			drafts[i], bodies[i] = p.draft, p.draft.Body
		}
		s, err := seal.Append(log.Name, tail, string(who.Person.ID), at, drafts...)
		if err != nil {
			return fault.New(fault.Broken, fault.Position{}, "desk.tree").Wrap(err)
		}
		checkpoint, err := key.Sign(s.Head)
		if err != nil {
			return internal(err)
		}
		if err := tx.Append(who.Space, c, log.Wall, s, bodies, checkpoint); err != nil {
			return err
		}
		for _, p := range run {
			if p.words == "" {
				continue
			}
			if err := tx.Index(who.Space, c, log.Wall, p.draft.ID, p.words); err != nil {
				return err
			}
		}
	}
	return nil
}
