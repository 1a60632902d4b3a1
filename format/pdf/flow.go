package pdf

// A strip is a piece across the page that is never cut.
type strip struct {
	high   length
	base   length                  // from its top to the line that its text stands on
	before length                  // space to what stands above, not at the head of a page
	after  length                  // space to what stands below
	with   bool                    // stays on one page with the next strip
	page   bool                    // begins a page, and is nothing else
	draw   func(p *page, y length) // y is where its top is, from the head of the page
	edge   func(p *page, y length) // closes it where a page ends or begins, if need be
	again  *repeated               // what is repeated when the strip begins a page
}

// A repeated is the head of a table, repeated on each page. It is not read aloud again.
type repeated struct {
	high length
	draw func(p *page, y length)
}

// flow puts strips on pages.
func (w *writer) flow(strips []strip) {
	p := w.newPage()
	y, after := length(margin), length(0)
	fresh := true   // nothing stands on the page
	broken := false // a new page begins when something comes
	foot := w.high - margin
	for i := range strips {
		s := &strips[i]
		if s.page {
			broken = !fresh
			continue
		}
		if broken {
			p.end()
			p, y, fresh, broken = w.newPage(), margin, true, false
		}
		if !fresh {
			gap := max(after, s.before)
			need := chain(strips[i:])
			full := foot - margin
			if s.again != nil {
				full -= s.again.high
			}
			if need > full {
				need = s.high // the chain fits no page: it breaks where it has to
			}
			if y+gap+need > foot {
				if e := strips[i-1].edge; e != nil {
					e(p, y)
				}
				p.end()
				p, y, fresh = w.newPage(), margin, true
				if s.again != nil {
					s.again.draw(p, y)
					y += s.again.high
				}
				if s.edge != nil {
					s.edge(p, y)
				}
			} else {
				y += gap
			}
		}
		s.draw(p, y)
		y += s.high
		after, fresh = s.after, false
	}
	p.end()
}

// chain is how high a strip is with the strips that it stays with.
func chain(strips []strip) length {
	high := strips[0].high
	for i := 1; i < len(strips) && strips[i-1].with && !strips[i].page; i++ {
		high += max(strips[i-1].after, strips[i].before) + strips[i].high
	}
	return high
}
