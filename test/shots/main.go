// Command shots opens pages of a running program in a real browser, at phone and
// desk width and in both languages, keeps a picture of each, and asks axe-core
// what is wrong with it.
//
//	go run ./test/shots -link http://localhost:7847/enter?key=… -out DIR / /cases
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
)

func main() {
	link := flag.String("link", "", "a one-time link of the running program")
	out := flag.String("out", "shots", "folder for the pictures")
	langs := flag.String("langs", "en,es", "languages")
	widths := flag.String("widths", "1280,390", "widths in pixels")
	axe := flag.String("axe", "test/browser/node_modules/axe-core/axe.min.js", "axe-core")
	flag.Parse()
	if err := run(*link, *out, strings.Split(*langs, ","), strings.Split(*widths, ","), *axe, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(link, out string, langs, widths []string, axe string, paths []string) error {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	script, err := os.ReadFile(axe)
	if err != nil {
		return err
	}
	u, err := url.Parse(link)
	if err != nil {
		return err
	}
	base := u.Scheme + "://" + u.Host
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	defer cancel()
	ctx, cancel = chromedp.NewContext(ctx)
	defer cancel()
	ctx, cancel = context.WithTimeout(ctx, 10*time.Minute)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Navigate(link)); err != nil {
		return err
	}
	bad := 0
	for _, lang := range langs {
		for _, width := range widths {
			var w int64
			fmt.Sscan(width, &w)
			for _, p := range paths {
				look := func() error {
					if err := chromedp.Do(ctx, chromedp.EmulateViewport(w, 900), chromedp.Navigate(base+p)); err != nil {
						return err
					}
					_, err := chromedp.Run(ctx, chromedp.Evaluate[int](speak(lang), chromedp.EvalAwaitPromise))
					if err != nil {
						return err
					}
					return chromedp.Do(ctx, chromedp.Navigate(base+p))
				}
				if err := look(); err != nil {
					return fmt.Errorf("%s at %s: %w", p, width, err)
				}
				shot, err := chromedp.Run(ctx, chromedp.FullScreenshot(85))
				if err != nil {
					return fmt.Errorf("%s at %s: %w", p, width, err)
				}
				if _, err := chromedp.Run(ctx, chromedp.Evaluate[int](string(script)+`; document.querySelectorAll('details').forEach(d => d.open = true); 1`)); err != nil {
					return err
				}
				result, err := chromedp.Run(ctx, chromedp.Evaluate[string](check, chromedp.EvalAwaitPromise))
				if err != nil {
					return fmt.Errorf("%s at %s: %w", p, width, err)
				}
				over, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`document.documentElement.scrollWidth > innerWidth`))
				if err != nil {
					return err
				}
				name := strings.Trim(regexp.MustCompile(`[^a-zA-Z0-9]+`).ReplaceAllString(p, "-"), "-")
				if name == "" {
					name = "home"
				}
				if len(name) > 60 {
					name = name[len(name)-60:]
				}
				if err := os.WriteFile(filepath.Join(out, name+"."+lang+"."+width+".jpg"), shot, 0o644); err != nil {
					return err
				}
				var vs []string
				json.Unmarshal([]byte(result), &vs)
				for _, v := range vs {
					bad++
					fmt.Printf("%s %s %s: %s\n", p, lang, width, v)
				}
				if over {
					bad++
					fmt.Printf("%s %s %s: wider than the window\n", p, lang, width)
				}
			}
		}
	}
	if bad > 0 {
		return fmt.Errorf("%d problems", bad)
	}
	fmt.Println("no problems")
	return nil
}

// speak switches the language as the button does.
func speak(lang string) string {
	return `(async () => { if (document.documentElement.lang !== "` + lang + `") await fetch("/language", {method: "POST", headers: {"Content-Type": "application/x-www-form-urlencoded"}, body: "lang=` + lang + `&back=/"}); return 1 })()`
}

const check = `axe.run(document, {resultTypes: ["violations"]}).then(r => JSON.stringify(r.violations.map(v => v.id + ": " + v.nodes.map(n => n.target.join(" ") + " " + (n.any[0]||n.all[0]||n.none[0]||{}).message).join(" | "))))`
