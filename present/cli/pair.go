package cli

import (
	"fmt"
	"io"
	"log/slog"
	"math"
	"strings"

	"stayput/fault"
	"stayput/locale"
	"stayput/present/qr"
	"stayput/present/web"
)

type pairCmd struct {
	End  bool   `help:"Be there for phones no more."`
	Data string `help:"Folder with the data." type:"path" placeholder:"DIR"`
}

// Help explains pairing.
func (*pairCmd) Help() string {
	return `Shows a QR code that lets one phone in, once, within ten minutes. The phone must be on the same network at home; the program listens only on this computer's private addresses there, with TLS. It ends with the program, or with: stayput pair --end. The phone stays known until you end it on the Devices page.`
}

// Run offers the program that runs to a phone, or starts it first.
func (c *pairCmd) Run(env *Env, all *commands) error {
	cat := words(all.Lang)
	folder, err := dataFolder(env, c.Data)
	if err != nil {
		return err
	}
	if c.End {
		return endPairing(env, cat, folder)
	}
	if o, ok, err := offerOfRunning(env.context(), folder, all.Lang); ok {
		if err != nil {
			return err
		}
		if err := showOffer(env.Stdout, cat, o); err != nil {
			return err
		}
		_, err = fmt.Fprintln(env.Stdout, cat.T("network.pair_cli_end"))
		return err
	}
	log := slog.New(slog.NewTextHandler(env.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	h, err := openHouse(env, all, folder, log, listenUsual)
	if err != nil {
		return err
	}
	o, err := h.site.OfferToOwner(h.ctx, all.Lang)
	if err == nil {
		fmt.Fprintln(env.Stdout, cat.T("cli.running", "url", h.door.address()+"/"))
		fmt.Fprintln(env.Stdout, cat.T("cli.open_link", "link", h.link()))
		err = showOffer(env.Stdout, cat, o)
	}
	if err != nil {
		h.close() // what went wrong first is what is told
		return err
	}
	fmt.Fprintln(env.Stdout, cat.T("network.pair_cli_stop"))
	return h.run()
}

// endPairing ends the offer of the program that runs.
func endPairing(env *Env, cat *locale.Catalog, folder string) error {
	was, ok, err := endOfRunning(env.context(), folder)
	if err != nil {
		return err
	}
	if !ok {
		return fault.New(fault.Unavailable, fault.Position{File: folder}, "cli.not_running")
	}
	key := "network.pair_ended"
	if !was {
		key = "network.pair_was_off"
	}
	_, err = fmt.Fprintln(env.Stdout, cat.T(key))
	return err
}

// showOffer says how the phone comes in.
func showOffer(w io.Writer, cat *locale.Catalog, o web.Offer) error {
	code, err := qr.Text(o.URL)
	if err != nil {
		return fault.New(fault.Internal, fault.Position{}, "internal").Wrap(err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\n1. %s\n\n%s\n%s\n%s\n\n", cat.T("network.pair_scan"), code, o.URL, cat.N("network.pair_once", int(math.Ceil(o.Left.Minutes()))))
	fmt.Fprintf(&b, "2. %s\n   %s\n\n", cat.T("network.pair_warns"), cat.T("network.pair_compare"))
	for i := 0; i < len(o.Fingerprint); i += 2 {
		fmt.Fprintf(&b, "      %s\n", strings.Join(o.Fingerprint[i:min(i+2, len(o.Fingerprint))], "   "))
	}
	fmt.Fprintf(&b, "\n   - %s\n   - %s\n   %s\n\n", cat.T("network.pair_iphone"), cat.T("network.pair_android"), cat.T("network.pair_differs"))
	fmt.Fprintf(&b, "3. %s\n\n", cat.T("network.pair_open"))
	_, err = io.WriteString(w, b.String())
	return err
}
