package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"stayput/day"
	"stayput/fault"
	"stayput/locale"
)

// An Env is the outside world as a command sees it.
type Env struct {
	Args     []string
	Stdin    io.Reader
	Stdout   io.Writer
	Stderr   io.Writer
	Now      func() time.Time
	Getenv   func(string) string
	Terminal bool // stdout is a terminal that shows color
	Version  string

	Context context.Context         // ends what serves; nil: only a signal does
	Stores  Stores                  // where data rests; commands on case files need none
	Browse  func(link string) error // opens the browser; nil: the system's own
}

// commands is the command tree.
type commands struct {
	Open    openCmd    `cmd:"" default:"withargs" help:"Open the program in the browser. This is what stayput alone does."`
	Serve   serveCmd   `cmd:"" help:"Run in the foreground, for scripts and services."`
	Link    linkCmd    `cmd:"" help:"Print a new one-time link into the program that runs."`
	Pair    pairCmd    `cmd:"" help:"Offer the program to a phone on the same home network."`
	Backup  backupCmd  `cmd:"" help:"Copy the data to a new file, also while the program runs."`
	Restore restoreCmd `cmd:"" help:"Put a copy into a folder that holds no data."`
	Doctor  doctorCmd  `cmd:"" help:"Look the data over, also while the program runs."`
	User    userCmd    `cmd:"" help:"Accounts: list them, make one, let somebody in again who is locked out."`

	Export exportCmd `cmd:"" help:"Write a case to a file: evidence that others can check, a case file, or a zip with everything."`
	Import importCmd `cmd:"" help:"Open the cases of case files and zips."`
	Verify verifyCmd `cmd:"" help:"Check an evidence bundle: 0 good, 1 broken, 2 not readable."`
	Key    keyCmd    `cmd:"" help:"Print the public key that others check evidence with."`

	Brief      briefCmd      `cmd:"" help:"Say what is due, what is late, what runs out and what to do next."`
	Plan       planCmd       `cmd:"" help:"Show the plans of a case, compare two versions, or review one."`
	Discipline disciplineCmd `cmd:"" help:"Say what the removals of a case come to: school days, services, changes of placement, reviews."`
	Routes     routesCmd     `cmd:"" help:"Say which ways there are to answer a no, which fit, and why."`
	Paper      paperCmd      `cmd:"" help:"Draft a letter, notice, form or complaint from the record of a case, or list the papers."`
	Carry      carryCmd      `cmd:"" help:"Hold what the plan promises against what was given, and say where each goal is heading."`
	Law        lawCmd        `cmd:"" help:"Read, check and compare the law packs."`
	Goal       goalCmd       `cmd:"" help:"Read goals of a plan and say whether they can be measured."`
	Decisions  decisionsCmd  `cmd:"" help:"Compare briefs of published decisions with what the adjudicators found."`
	Schema     schemaCmd     `cmd:"" help:"Print the JSON Schema of a file format, for editors."`
	Words      wordsCmd      `cmd:"" help:"List the event vocabulary."`
	Version    versionCmd    `cmd:"" help:"Print the version."`

	Packs string `help:"Folder with law packs to use in place of the built-in ones of the same name." type:"path" placeholder:"DIR"`
	Lang  string `help:"Language: en or es; that of the system when left out." enum:"en,es," default:""`
}

// A stdout remembers that something could not be written, which most commands
// have no reason to ask after each line.
type stdout struct {
	io.Writer
	err error
}

func (o *stdout) Write(p []byte) (int, error) {
	n, err := o.Writer.Write(p)
	if err != nil && o.err == nil {
		o.err = err
	}
	return n, err
}

// Run carries out one command and gives the exit status. What could not be
// written to stdout, because the disk is full or nobody reads it any more, is
// said and is no success.
func Run(env Env) int {
	signal.Ignore(syscall.SIGPIPE) // a closed pipe is an error like any other, not a silent end
	out := &stdout{Writer: env.Stdout}
	env.Stdout = out
	lang := "en"
	status := run(env, &lang)
	if out.err != nil {
		say(env.Stderr, lang, unwritable("", out.err))
		return fault.Unavailable.ExitStatus()
	}
	return status
}

// run is Run without the look back at stdout, which does the telling of it.
func run(env Env, lang *string) int {
	var c commands
	exit := -1
	p, err := kong.New(&c,
		kong.Name("stayput"),
		kong.Description("Keeps the plan, the record and the clock for a child with an IEP or a 504 plan."),
		kong.Writers(env.Stdout, env.Stderr),
		kong.Exit(func(n int) { exit = n }),
		kong.UsageOnError(),
		kong.Bind(&env, &c),
	)
	if err != nil {
		fmt.Fprintln(env.Stderr, err)
		return 1
	}
	ctx, err := p.Parse(env.Args)
	if exit >= 0 {
		return exit // --help
	}
	if err != nil {
		fmt.Fprintf(env.Stderr, "stayput: %v\n", err)
		fmt.Fprintln(env.Stderr, "Run \"stayput --help\" to see the commands.")
		return 2
	}
	if c.Lang == "" {
		c.Lang = systemLang(&env)
	}
	*lang = c.Lang
	err = ctx.Run(&env, &c)
	var status exitStatus
	switch {
	case err == nil || env.Stdout.(*stdout).err != nil:
		return 0
	case errors.As(err, &status):
		return int(status)
	}
	say(env.Stderr, c.Lang, err)
	return fault.KindOf(err).ExitStatus()
}

// systemLang is the language the person's system is set to, or English.
func systemLang(env *Env) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := env.getenv(name); v != "" {
			if cat, ok := locale.For(v); ok {
				return cat.Lang()
			}
			return "en"
		}
	}
	return "en"
}

// exitStatus ends a command with a status and nothing to say.
type exitStatus int

func (e exitStatus) Error() string { return fmt.Sprintf("exit %d", int(e)) }

// say prints what went wrong, one line for each thing, as editors read it.
func say(w io.Writer, lang string, err error) {
	cat, ok := locale.For(lang)
	for _, e := range fault.All(err) {
		if !ok {
			fmt.Fprintln(w, e)
			continue
		}
		at := e.At.String()
		if e.At == (fault.Position{}) {
			at = "stayput" // what went wrong has no place in any file
		}
		fmt.Fprintf(w, "%s: %s\n", at, cat.Fault(e))
	}
}

// parseDay reads a date given on the command line.
func parseDay(flag, s string, now func() time.Time) (day.Date, error) {
	switch s {
	case "":
		return 0, nil
	case "today":
		return today(now), nil
	}
	d, err := day.Parse(s)
	if err != nil {
		return 0, fault.New(fault.Invalid, fault.Position{File: flag}, "cli.date", "got", s)
	}
	return d, nil
}

func today(now func() time.Time) day.Date {
	y, m, d := now().Date()
	return day.Must(y, m, d)
}

type versionCmd struct{}

// Run prints the version.
func (versionCmd) Run(env *Env) error {
	_, err := fmt.Fprintf(env.Stdout, "stayput %s\n", strings.TrimSpace(env.Version))
	return err
}
