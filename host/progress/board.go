// Package progress draws on a terminal how far a script is: a bar for each thing that it tells of, with rate and time
// left, below what is printed meanwhile.
package progress

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
)

// A Terminal is where bars are drawn.
type Terminal struct {
	io.Writer
	Width   func() int // columns at the moment
	Color   bool
	Unicode bool
}

// A Board is the bars of one script. Nothing is drawn in the first second.
type Board struct {
	to  Terminal
	now func() time.Time

	mu     sync.Mutex
	bars   []*bar
	drawn  []int // the columns of each line that stands on the terminal
	broken bool  // the last thing printed was no whole line: bars would stand behind it
	ticker *time.Ticker
	stop   chan struct{}
}

// turn is how long a picture stands.
const turn = 100 * time.Millisecond

// patience is how long a bar waits before it is drawn.
const patience = time.Second

// shownBars is how many bars are drawn; others are counted.
const shownBars = 8

// New makes a board that draws until it is closed.
func New(to Terminal) *Board {
	b := &Board{to: to, now: time.Now, ticker: time.NewTicker(turn), stop: make(chan struct{})}
	go b.run(b.ticker.C)
	return b
}

// run draws at each tick until the board is closed.
func (b *Board) run(ticks <-chan time.Time) {
	for {
		select {
		case <-ticks:
			b.mu.Lock()
			b.draw()
			b.mu.Unlock()
		case <-b.stop:
			return
		}
	}
}

// Tell notes how far something is; text says what, and tells bars apart. A total of 0 isn't known. What is done goes
// away.
func (b *Board) Tell(done, total float64, text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := b.now()
	for i, one := range b.bars {
		if one.text != text {
			continue
		}
		one.update(done, total, now)
		if total > 0 && done >= total {
			b.bars = append(b.bars[:i], b.bars[i+1:]...)
		}
		return
	}
	if total > 0 && done >= total {
		return
	}
	b.bars = append(b.bars, &bar{text: text, done: done, total: total, begun: now, seen: now, before: done})
}

// Close takes the bars from the terminal.
func (b *Board) Close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.ticker == nil {
		return
	}
	b.ticker.Stop()
	b.ticker = nil
	close(b.stop)
	b.bars = nil
	b.draw()
}

// draw replaces the lines on the terminal. It needs b.mu.
func (b *Board) draw() {
	lines := b.lines()
	if len(lines) == 0 && len(b.drawn) == 0 || b.broken {
		return
	}
	var out strings.Builder
	b.erase(&out)
	b.drawn = nil
	for i, l := range lines {
		if i > 0 {
			out.WriteString("\r\n")
		}
		out.WriteString(l)
		b.drawn = append(b.drawn, columns(l))
	}
	io.WriteString(b.to, out.String())
}

// lines are the bars as they are to be drawn.
func (b *Board) lines() (lines []string) {
	now, width := b.now(), b.to.Width()-1 // a terminal may wrap a line that fills it
	s := style{color: b.to.Color, unicode: b.to.Unicode}
	more := 0
	for _, one := range b.bars {
		switch {
		case now.Sub(one.begun) < patience:
		case len(lines) == shownBars:
			more++
		default:
			lines = append(lines, one.line(width, now, s))
		}
	}
	if more > 0 {
		lines = append(lines, cut(fmt.Sprintf("and %d more", more), width))
	}
	return lines
}

// erase takes the drawn lines away; the cursor is where they began. A terminal that has become narrower has wrapped them.
func (b *Board) erase(out *strings.Builder) {
	if len(b.drawn) == 0 {
		return
	}
	rows, width := 0, max(b.to.Width(), 1)
	for _, n := range b.drawn {
		rows += max(1, (n+width-1)/width)
	}
	out.WriteString("\r")
	if rows > 1 {
		fmt.Fprintf(out, "\x1b[%dA", rows-1)
	}
	out.WriteString("\x1b[J")
}

// columns is how many columns a line takes, colours left out.
func columns(line string) int {
	n, escape := 0, false
	for _, r := range line {
		switch {
		case escape:
			escape = r != 'm'
		case r == '\x1b':
			escape = true
		default:
			n++
		}
	}
	return n
}

// Around makes a writer to the same terminal, for what is printed while bars stand there.
func (b *Board) Around(w io.Writer) io.Writer { return &around{b, w} }

type around struct {
	board *Board
	to    io.Writer
}

// Unwrap is what it stands around.
func (a *around) Unwrap() io.Writer { return a.to }

func (a *around) Write(p []byte) (int, error) {
	b := a.board
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(p) == 0 {
		return 0, nil
	}
	var out strings.Builder
	b.erase(&out)
	b.drawn = nil
	io.WriteString(b.to, out.String())
	n, err := a.to.Write(p)
	b.broken = p[len(p)-1] != '\n'
	b.draw()
	return n, err
}
