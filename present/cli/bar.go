package cli

import (
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"time"
)

// A bar shows on a terminal how many cases are done. A nil bar shows nothing.
type bar struct {
	m             *maker
	all, done, of int // of: how many were made anew
	shown         time.Time
	long          int // columns of what stands there
}

// showsBar reports that somebody watches what is written to w.
func showsBar(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && isTerminal(f)
}

// newBar counts the cases first; nil when no bar is wanted.
func newBar(m *maker, root fs.FS) *bar {
	if !m.bar {
		return nil
	}
	b := &bar{m: m}
	// A folder that cannot be read is told where the cases are read.
	_ = fs.WalkDir(root, ".", func(p string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && isCase(p) && e.Type()&^fs.ModeSymlink == 0 {
			b.all++
		}
		return nil
	})
	return b
}

// newBarOf is a bar for so many cases; nil when no bar is wanted or there is only one.
func newBarOf(m *maker, n int) *bar {
	if !m.bar || n < 2 {
		return nil
	}
	return &bar{m: m, all: n}
}

// barWidth is how many signs the bar itself has; barEvery is how often it is drawn.
const (
	barWidth = 24
	barEvery = 100 * time.Millisecond
)

// step counts one case; kept ones were there from the last time.
func (b *bar) step(kept, shut bool) {
	if b == nil || shut {
		return
	}
	b.done++
	if !kept {
		b.of++
	}
	if now := time.Now(); b.done == b.all || now.Sub(b.shown) >= barEvery { // of no date: how often the screen is written
		b.shown = now
		b.draw()
	}
}

func (b *bar) draw() {
	part := barWidth
	if b.all > 0 {
		part = min(barWidth, b.done*barWidth/b.all)
	}
	line := "[" + strings.Repeat("#", part) + strings.Repeat(".", barWidth-part) + "] " +
		b.m.cat.T("carry.command.bar", "done", strconv.Itoa(b.done), "all", strconv.Itoa(max(b.all, b.done)), "anew", strconv.Itoa(b.of))
	n := len([]rune(line))
	io.WriteString(b.m.stderr, "\r"+line+strings.Repeat(" ", max(0, b.long-n)))
	b.long = n
}

// end draws it a last time and ends its line.
func (b *bar) end() {
	if b == nil {
		return
	}
	b.draw()
	io.WriteString(b.m.stderr, "\n")
}
