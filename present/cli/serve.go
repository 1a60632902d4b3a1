package cli

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os/signal"
	"runtime/debug"
	"sync"
	"syscall"
	"time"

	"stayput/desk"
	"stayput/fault"
	"stayput/law/packs"
	"stayput/locale"
	"stayput/present/web"
)

type openCmd struct {
	Data string `help:"Folder with the data." type:"path" placeholder:"DIR"`
}

type serveCmd struct {
	beyond
	Data string `help:"Folder with the data." type:"path" placeholder:"DIR"`
	Log  string `help:"text or json, on standard error." enum:"text,json" default:"text"`
}

// Help explains serving other machines.
func (*serveCmd) Help() string {
	return `Alone it serves the machine it runs on. To serve other machines, make an account first: open the program on its own machine and choose Account in Settings. Then either give it a certificate:

  stayput serve --listen 0.0.0.0:443 --public https://stayput.example.org --tls-cert cert.pem --tls-key key.pem

or put it behind a proxy that speaks TLS:

  stayput serve --listen 127.0.0.1:8080 --public https://stayput.example.org --behind-proxy

In both cases it goes on listening on localhost for its own user: one-time links and other commands work only there. docs/operations.md has examples for systemd, nginx and Caddy.`
}

type linkCmd struct {
	Data string `help:"Folder with the data." type:"path" placeholder:"DIR"`
}

// Run opens the program for this user: here, or in the one that runs already.
func (c *openCmd) Run(env *Env, all *commands) error {
	cat := words(all.Lang)
	folder, err := dataFolder(env, c.Data)
	if err != nil {
		return err
	}
	if link, ok := askRunning(env.context(), folder); ok {
		return showLink(env, cat, folder, link)
	}
	log := slog.New(slog.NewTextHandler(env.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	h, err := openHouse(env, all, folder, log, listenUsual)
	if fault.KindOf(err) == fault.Unavailable && err != nil {
		// Two started at once: the other one is about to say where it is.
		if link, ok := waitForRunning(env.context(), folder); ok {
			return showLink(env, cat, folder, link)
		}
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(env.Stdout, cat.T("cli.running", "url", h.door.address()+"/"))
	if err := showLink(env, cat, folder, h.link()); err != nil {
		h.close()
		return err
	}
	fmt.Fprintln(env.Stdout, cat.T("cli.stop_how"))
	return h.run()
}

// Run serves in the foreground, for scripts and services.
func (c *serveCmd) Run(env *Env, all *commands) error {
	cat := words(all.Lang)
	folder, err := dataFolder(env, c.Data)
	if err != nil {
		return err
	}
	door, err := c.check()
	if err != nil {
		return err
	}
	log, own := newLog(env.Stderr, c.Log), func() (doorway, error) { return listenAt(c.Listen) }
	if door != nil {
		own = c.listenBeside // the way in for this machine's own user stays
	}
	h, err := openHouse(env, all, folder, log, own)
	if err != nil {
		return err
	}
	if door != nil {
		o, err := c.open(h.ctx, door, h.desk.HasAccount, log, env.Now)
		if err != nil {
			h.close() // what went wrong first is what is told
			return err
		}
		h.site.AddDoor(o.door, o.tls, o.listener)
		h.outside = o.listener
		fmt.Fprintln(env.Stdout, cat.T("network.serving", "url", door.Origin()+"/", "at", o.listener.Addr().String()))
	}
	fmt.Fprintln(env.Stdout, cat.T("cli.running", "url", h.door.address()+"/"))
	fmt.Fprintln(env.Stdout, cat.T("cli.open_link", "link", h.link()))
	return h.run()
}

// Run prints a new one-time link of the program that runs.
func (c *linkCmd) Run(env *Env, all *commands) error {
	folder, err := dataFolder(env, c.Data)
	if err != nil {
		return err
	}
	link, ok := askRunning(env.context(), folder)
	if !ok {
		return fault.New(fault.Unavailable, fault.Position{File: folder}, "cli.not_running")
	}
	_, err = fmt.Fprintln(env.Stdout, words(all.Lang).T("cli.open_link", "link", link))
	return err
}

// words is the catalog of a language that --lang allows.
func words(lang string) *locale.Catalog {
	cat, ok := locale.For(lang)
	if !ok {
		cat, _ = locale.For("en")
	}
	return cat
}

func newLog(w io.Writer, form string) *slog.Logger {
	if form == "json" {
		return slog.New(slog.NewJSONHandler(w, nil))
	}
	return slog.New(slog.NewTextHandler(w, nil))
}

// showLink opens a link in the browser, and prints it where there is none.
func showLink(env *Env, cat *locale.Catalog, folder, link string) error {
	if err := env.browse(folder, link); err != nil {
		_, err = fmt.Fprintln(env.Stdout, cat.T("cli.open_link", "link", link))
		return err
	}
	_, err := fmt.Fprintln(env.Stdout, cat.T("cli.browser_opens"))
	return err
}

// waitForRunning waits a moment for a program that has the folder but does not
// say yet where it listens.
func waitForRunning(ctx context.Context, folder string) (link string, ok bool) {
	for range 20 {
		if link, ok := askRunning(ctx, folder); ok {
			return link, true
		}
		select {
		case <-ctx.Done():
			return "", false
		case <-time.After(150 * time.Millisecond):
		}
	}
	return "", false
}

// A house is a program that is ready to serve.
type house struct {
	folder  string
	log     *slog.Logger
	store   desk.Store
	desk    *desk.Desk
	warm    sync.WaitGroup // what is read ahead
	site    *web.Site
	door    doorway
	outside net.Listener // for other machines; nil: they are not served
	note    running
	ctx     context.Context // ends when the program is told to stop
	stop    func()
}

// openHouse opens the store, then the doorway, then says where it is. Each step
// that fails takes back those before it.
func openHouse(env *Env, all *commands, folder string, log *slog.Logger, listen func() (doorway, error)) (*house, error) {
	if env.Stores.Open == nil {
		return nil, noStore()
	}
	lib, err := openLibrary(all.Packs)
	if err != nil {
		return nil, err
	}
	// Told to stop, even before anybody was let in, it ends in good order.
	h := &house{folder: folder, log: log}
	h.ctx, h.stop = signal.NotifyContext(env.context(), syscall.SIGINT, syscall.SIGTERM)
	if env.Getenv == nil || env.Getenv("GOGC") == "" {
		// The desk keeps the records of a whole space ready; half the usual room
		// for garbage keeps the program small and costs little.
		debug.SetGCPercent(50)
		debug.SetMemoryLimit(120 << 20)
	}
	if h.store, err = env.Stores.Open(env.context(), folder, log); err != nil {
		h.stop()
		return nil, err
	}
	if err := h.furnish(env, lib, log, listen); err != nil {
		h.close() // what went wrong first is what is told
		return nil, err
	}
	return h, nil
}

// furnish opens the doorway and builds the pages behind it.
func (h *house) furnish(env *Env, lib *library, log *slog.Logger, listen func() (doorway, error)) (err error) {
	if h.door, err = listen(); err != nil {
		return err
	}
	note := newRunning(h.door.address())
	h.desk = desk.New(desk.Options{Store: h.store, Book: lib.book, Calendars: packs.Calendars(), Now: env.Now})
	h.site, err = web.New(web.Options{
		Desk:     h.desk,
		Sessions: h.store.Sessions(), Log: log, Version: env.Version, Now: env.Now, Hosts: web.LoopbackHosts(h.door.port),
		Folder: h.folder, Size: func() int64 { return folderSize(h.folder) }, Control: note.Secret,
	})
	if err != nil {
		return fault.New(fault.Internal, fault.Position{}, "internal", "cause", err.Error()).Wrap(err)
	}
	if err := note.leave(h.folder); err != nil {
		return unwritable(h.folder, err)
	}
	h.note = note
	return nil
}

// link is a one-time link into the house.
func (h *house) link() string { return h.door.address() + h.site.NewLink() }

// run serves until ctx ends or the program is told to stop. Told twice, it stops
// at once.
func (h *house) run() error {
	context.AfterFunc(h.ctx, h.stop)
	// While the browser opens; what fails fails again where somebody waits for it.
	h.warm.Go(func() { _ = h.desk.Warm(h.ctx) })
	err := h.site.Serve(h.ctx, h.door.listeners...)
	if e := h.close(); err == nil {
		err = e
	}
	return err
}

// close takes everything back.
func (h *house) close() error {
	h.stop()
	h.door.close()
	if h.outside != nil {
		h.outside.Close()
	}
	if h.site != nil {
		h.site.EndPairing()
	}
	h.warm.Wait()
	if h.desk != nil {
		if err := h.desk.Flush(context.Background()); err != nil {
			h.log.Warn("the end of the access log could not be written", "type", fmt.Sprintf("%T", err))
		}
	}
	if h.note.Secret != "" {
		h.note.forget(h.folder)
	}
	return h.store.Close()
}
