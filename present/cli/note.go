package cli

import (
	"fmt"
	"log/slog"

	"stayput/desk"
	"stayput/present/web"
)

// noteRead writes into the access log what a command read. The command had the
// data open to read: so it hands its lines to the program that runs on the folder,
// or opens the data once more to write when none does. A copy of the data that
// nobody may change is read all the same; its keeper is told.
func noteRead(env *Env, all *commands, folder string, d *desk.Desk) {
	lines := d.TakeWaiting()
	if len(lines) == 0 {
		return
	}
	if r, ok := readRunning(folder); ok && web.AskToNote(env.context(), r.URL, r.Secret, lines) == nil {
		return
	}
	if err := writeLines(env, all, folder, lines); err != nil {
		fmt.Fprintln(env.Stderr, words(all.Lang).T("records.not_noted"))
	}
}

func writeLines(env *Env, all *commands, folder string, lines []*desk.Waiting) error {
	return writeDesk(env, all, folder, slog.New(slog.DiscardHandler), func(d *desk.Desk) error { return d.AddWaiting(env.context(), lines) })
}
