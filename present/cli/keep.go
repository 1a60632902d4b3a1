package cli

import (
	"fmt"
	"io"
	"path/filepath"

	"stayput/desk"
	"stayput/locale"
)

type backupCmd struct {
	File string `arg:"" help:"New file for the copy." type:"path"`
	Data string `help:"Folder with the data." type:"path" placeholder:"DIR"`
}

type restoreCmd struct {
	File string `arg:"" help:"A copy that stayput backup made." type:"path"`
	Data string `help:"Folder to put the data into; it must hold none." type:"path" placeholder:"DIR"`
}

type doctorCmd struct {
	Data string `help:"Folder with the data." type:"path" placeholder:"DIR"`
}

// Run copies the data to a new file, also while the program runs.
func (c *backupCmd) Run(env *Env, all *commands) (err error) {
	folder, err := dataFolder(env, c.Data)
	if err != nil {
		return err
	}
	file, err := filepath.Abs(c.File)
	if err != nil {
		return err
	}
	store, err := look(env, folder)
	if err != nil {
		return err
	}
	err = store.Backup(env.context(), file)
	if e := store.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(env.Stdout, words(all.Lang).T("cli.backed_up", "file", file))
	return err
}

// Run puts a copy into a folder that holds no data, and looks it over.
func (c *restoreCmd) Run(env *Env, all *commands) error {
	folder, err := dataFolder(env, c.Data)
	if err != nil {
		return err
	}
	if env.Stores.Restore == nil {
		return noStore()
	}
	if err := env.Stores.Restore(env.context(), c.File, folder); err != nil {
		return err
	}
	if err := examine(env, all, folder); err != nil {
		return err
	}
	_, err = fmt.Fprintln(env.Stdout, words(all.Lang).T("cli.restored", "folder", folder))
	return err
}

// Run looks the data over, also while the program runs.
func (c *doctorCmd) Run(env *Env, all *commands) error {
	folder, err := dataFolder(env, c.Data)
	if err != nil {
		return err
	}
	return examine(env, all, folder)
}

// look opens the store of a folder beside a program that may be using it.
func look(env *Env, folder string) (desk.Store, error) {
	if env.Stores.Look == nil {
		return nil, noStore()
	}
	return env.Stores.Look(env.context(), folder)
}

// examine prints what a check of a folder finds, and ends with status 1 when it
// is not sound.
func examine(env *Env, all *commands, folder string) error {
	store, err := look(env, folder)
	if err != nil {
		return err
	}
	h, err := store.Check(env.context())
	if e := store.Close(); err == nil {
		err = e
	}
	if err != nil {
		return err
	}
	if err := writeHealth(env.Stdout, words(all.Lang), folder, h); err != nil {
		return unwritable("", err)
	}
	if !h.Sound {
		return exitStatus(1)
	}
	return nil
}

// writeHealth says one line for each thing that was looked at.
func writeHealth(w io.Writer, cat *locale.Catalog, folder string, h desk.Health) error {
	if _, err := fmt.Fprintln(w, cat.T("cli.doctor_folder", "folder", folder)); err != nil {
		return err
	}
	for _, l := range h.Lines {
		mark := "cli.doctor_good"
		if !l.OK {
			mark = "cli.doctor_look"
		}
		if _, err := fmt.Fprintf(w, "%s %s\n", cat.T(mark), cat.T(l.Key, l.Args...)); err != nil {
			return err
		}
	}
	key := "cli.doctor_sound"
	if !h.Sound {
		key = "cli.doctor_unsound"
	}
	_, err := fmt.Fprintln(w, cat.T(key))
	return err
}
