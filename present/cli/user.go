package cli

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strconv"
	"strings"
	"time"

	"stayput/day"
	"stayput/desk"
	"stayput/fault"
	"stayput/law/packs"
	"stayput/locale"
	"stayput/people/credential"
)

// userCmd is for lock-outs: whoever may read the data folder lets people in again.
type userCmd struct {
	List       userListCmd       `cmd:"" help:"List the accounts."`
	Add        userAddCmd        `cmd:"" help:"Make an account with a passphrase; the first one is for the person of this machine."`
	Passphrase userPassphraseCmd `cmd:"" help:"Give an account another passphrase and sign its devices out."`
	Codes      userCodesCmd      `cmd:"" help:"Make new recovery codes for an account."`
	Devices    userDevicesCmd    `cmd:"" help:"List the devices of an account, or end them."`
	End        userEndCmd        `cmd:"" help:"End an account for good."`
}

type userListCmd struct {
	Data string `help:"Folder with the data." type:"path" placeholder:"DIR"`
}

type userAddCmd struct {
	Login string `arg:"" help:"Sign-in name."`
	Data  string `help:"Folder with the data." type:"path" placeholder:"DIR"`
}

type userPassphraseCmd struct {
	Login string `arg:"" help:"Sign-in name."`
	Data  string `help:"Folder with the data." type:"path" placeholder:"DIR"`
}

type userCodesCmd struct {
	Login string `arg:"" help:"Sign-in name."`
	Data  string `help:"Folder with the data." type:"path" placeholder:"DIR"`
}

type userDevicesCmd struct {
	Login string `arg:"" help:"Sign-in name."`
	End   string `help:"End this device." placeholder:"ID"`
	All   bool   `name:"end-all" help:"End all of them."`
	Data  string `help:"Folder with the data." type:"path" placeholder:"DIR"`
}

type userEndCmd struct {
	Login string `arg:"" help:"Sign-in name."`
	Data  string `help:"Folder with the data." type:"path" placeholder:"DIR"`
}

// onDesk runs f on the data of a folder, to read it or alone to change it.
func onDesk(env *Env, flag string, change bool, f func(*desk.Desk) error) (err error) {
	folder, err := dataFolder(env, flag)
	if err != nil {
		return err
	}
	if env.Stores.Open == nil || env.Stores.Look == nil {
		return noStore()
	}
	var store desk.Store
	if change {
		log := slog.New(slog.NewTextHandler(env.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
		store, err = env.Stores.Open(env.context(), folder, log)
	} else {
		store, err = look(env, folder)
	}
	var said *fault.Error
	if errors.As(err, &said) && said.Key == "store.locked" {
		return fault.New(fault.Unavailable, fault.Position{File: folder}, "signin.cli_running").Wrap(err)
	}
	if err != nil {
		return err
	}
	defer func() {
		if e := store.Close(); err == nil {
			err = e
		}
	}()
	book, err := packs.Book()
	if err != nil {
		return err
	}
	return f(desk.New(desk.Options{Store: store, Book: book, Now: env.Now}))
}

// keeper is who changes an account from the machine where the data is.
func keeper(env *Env, d *desk.Desk, login string) (desk.Me, desk.Account, error) {
	a, err := d.AccountNamed(env.context(), login)
	return desk.Me{Account: a.ID, Keeper: true}, a, err
}

// Run lists the accounts, one on each line.
func (c *userListCmd) Run(env *Env, all *commands) error {
	cat := words(all.Lang)
	return onDesk(env, c.Data, false, func(d *desk.Desk) error {
		list, err := d.Accounts(env.context())
		if err != nil {
			return err
		}
		if len(list) == 0 {
			fmt.Fprintln(env.Stdout, cat.T("signin.cli_none"))
		}
		yes := func(b bool) string {
			if b {
				return cat.T("signin.cli_yes")
			}
			return cat.T("signin.cli_no")
		}
		for _, a := range list {
			fmt.Fprintln(env.Stdout, cat.T("signin.cli_line", "login", a.Login, "date", dayText(env, cat, a.Since),
				"phrase", yes(a.Passphrase), "app", yes(a.App), "keys", strconv.Itoa(len(a.Passkeys)), "codes", strconv.Itoa(a.Codes)))
		}
		return nil
	})
}

// Run makes an account.
func (c *userAddCmd) Run(env *Env, all *commands) error {
	cat := words(all.Lang)
	return onDesk(env, c.Data, true, func(d *desk.Desk) error {
		if err := d.CheckLogin(env.context(), c.Login); err != nil {
			return err
		}
		in := desk.NewAccount{Login: c.Login, Keeper: true}
		owner, err := d.Begin(env.context(), desk.SetUp{Lang: cat.Lang()})
		if err != nil {
			return err
		}
		if owner.Member.Account == "" {
			in.Space, in.Person = owner.Space, owner.Person.ID
		}
		if in.Passphrase, err = readPassphrase(env, cat, c.Login); err != nil {
			return err
		}
		_, codes, err := d.MakeAccount(env.context(), in)
		if err != nil {
			return err
		}
		fmt.Fprintln(env.Stdout, cat.T("signin.cli_added", "login", c.Login))
		if in.Person != "" {
			fmt.Fprintln(env.Stdout, cat.T("signin.cli_added_owner"))
		} else {
			fmt.Fprintln(env.Stdout, cat.T("signin.cli_added_nobody"))
		}
		printLines(env.Stdout, codes)
		return nil
	})
}

// Run gives an account another passphrase.
func (c *userPassphraseCmd) Run(env *Env, all *commands) error {
	cat := words(all.Lang)
	return onDesk(env, c.Data, true, func(d *desk.Desk) error {
		me, a, err := keeper(env, d, c.Login)
		if err != nil {
			return err
		}
		passphrase, err := readPassphrase(env, cat, a.Login)
		if err != nil {
			return err
		}
		if err := d.SetPassphrase(env.context(), me, passphrase); err != nil {
			return err
		}
		fmt.Fprintln(env.Stdout, cat.T("signin.cli_changed", "login", a.Login))
		return nil
	})
}

// Run makes new recovery codes and prints them.
func (c *userCodesCmd) Run(env *Env, all *commands) error {
	cat := words(all.Lang)
	return onDesk(env, c.Data, true, func(d *desk.Desk) error {
		me, _, err := keeper(env, d, c.Login)
		if err != nil {
			return err
		}
		codes, err := d.NewCodes(env.context(), me)
		if err != nil {
			return err
		}
		fmt.Fprintln(env.Stdout, cat.T("signin.cli_codes"))
		printLines(env.Stdout, codes)
		return nil
	})
}

// Run lists devices, or ends them.
func (c *userDevicesCmd) Run(env *Env, all *commands) error {
	cat := words(all.Lang)
	return onDesk(env, c.Data, c.End != "" || c.All, func(d *desk.Desk) error {
		me, a, err := keeper(env, d, c.Login)
		if err != nil {
			return err
		}
		switch {
		case c.All:
			if err := d.EndDevices(env.context(), me); err != nil {
				return err
			}
			fmt.Fprintln(env.Stdout, cat.T("signin.cli_devices_ended", "login", a.Login))
			return nil
		case c.End != "":
			if err := d.EndDevice(env.context(), me, c.End); err != nil {
				return err
			}
			fmt.Fprintln(env.Stdout, cat.T("signin.cli_device_ended"))
			return nil
		}
		list, err := d.Devices(env.context(), me)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			fmt.Fprintln(env.Stdout, cat.T("signin.cli_no_devices", "login", a.Login))
		}
		for _, v := range list {
			fmt.Fprintln(env.Stdout, cat.T("signin.cli_device", "id", v.ID, "name", v.Name, "date", dayText(env, cat, v.Since), "used", dayText(env, cat, v.Used)))
		}
		return nil
	})
}

// Run ends an account after asking once more for its name.
func (c *userEndCmd) Run(env *Env, all *commands) error {
	cat := words(all.Lang)
	return onDesk(env, c.Data, true, func(d *desk.Desk) error {
		me, a, err := keeper(env, d, c.Login)
		if err != nil {
			return err
		}
		fmt.Fprint(env.Stderr, cat.T("signin.cli_end_ask", "login", a.Login), " ")
		line, _ := readLine(env.Stdin)
		if credential.Login(line) != credential.Login(a.Login) {
			fmt.Fprintln(env.Stdout, cat.T("signin.cli_not_ended"))
			return exitStatus(1)
		}
		if err := d.EndAccount(env.context(), me); err != nil {
			return err
		}
		fmt.Fprintln(env.Stdout, cat.T("signin.cli_ended", "login", a.Login))
		return nil
	})
}

// readPassphrase asks at the terminal, twice and without showing it, or takes the
// first line of what is sent. It never comes from the command line, which every
// program of the machine can read.
func readPassphrase(env *Env, cat *locale.Catalog, login string) (string, error) {
	none := fault.New(fault.Invalid, fault.Position{File: "stdin"}, "signin.cli_no_input")
	f, ok := env.Stdin.(*os.File)
	if !ok || !isTerminal(f) {
		line, err := readLine(env.Stdin)
		if err != nil || line == "" {
			return "", none
		}
		return line, nil
	}
	ask := func(key string) (string, error) {
		fmt.Fprint(env.Stderr, cat.T(key, "login", login), " ")
		show, err := hide(f)
		if err != nil {
			return "", err
		}
		defer func() {
			show()
			fmt.Fprintln(env.Stderr)
		}()
		return readLine(f)
	}
	first, err := ask("signin.cli_ask")
	if err != nil || first == "" {
		return "", none
	}
	second, err := ask("signin.cli_ask_again")
	if err != nil || second != first {
		return "", fault.New(fault.Invalid, fault.Position{File: "stdin"}, "signin.cli_differ")
	}
	return first, nil
}

// readLine reads to the end of a line, byte by byte, so that what follows is still
// there for the next question.
func readLine(r io.Reader) (string, error) {
	if r == nil {
		return "", io.EOF
	}
	var line []byte
	var one [1]byte
	for len(line) < 4096 {
		n, err := r.Read(one[:])
		if n == 1 && one[0] == '\n' {
			break
		}
		if n == 1 {
			line = append(line, one[0])
		}
		if err == io.EOF && len(line) > 0 {
			break
		}
		if err != nil {
			return "", err
		}
	}
	return strings.TrimRight(string(line), "\r"), nil
}

func printLines(w io.Writer, lines []string) {
	for _, l := range lines {
		fmt.Fprintln(w, l)
	}
}

func dayText(env *Env, cat *locale.Catalog, t time.Time) string {
	return cat.Date(day.Must(t.In(env.Now().Location()).Date()))
}
