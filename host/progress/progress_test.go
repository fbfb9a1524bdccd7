package progress

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

var start = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// after is a bar that has gone on evenly for some seconds.
func after(seconds int, done, total float64, text string) *bar {
	b := &bar{text: text, begun: start, seen: start}
	for s := 1; s <= seconds; s++ {
		b.update(done*float64(s)/float64(seconds), total, start.Add(time.Duration(s)*time.Second))
	}
	return b
}

func TestLine(t *testing.T) {
	for _, tt := range []struct {
		bar     *bar
		seconds int
		width   int
		want    string
	}{
		{after(4, 40, 100, "hosts"), 4, 60, "hosts  #########--------------  40/100  40 %  10/s  6 s left"},
		{after(4, 40, 100, "hosts"), 4, 200, "hosts  ############------------------  40/100  40 %  10/s  6 s left"},
		{after(4, 40, 100, "hosts"), 6, 40, "hosts  40/100  40 %  10/s  4 s left"},
		{after(4, 40, 100, "hosts"), 4, 30, "hosts  40/100  40 %  6 s left"},
		{after(4, 40, 100, "hosts"), 4, 20, "hosts  40/100  40 %"},
		{after(4, 40, 100, "hosts"), 4, 12, "hosts  40 %"},
		{after(4, 40, 100, "hosts"), 4, 3, "hos"},
		{after(4, 40, 100, "hosts"), 4, 0, ""},
		{after(4, 40, 100, ""), 4, 40, "####------  40/100  40 %  10/s  6 s left"},
		{after(4, 2, 7200, ""), 4, 20, "2/7200  0 %"},
		{after(4, 2, 7200, ""), 4, 50, "-------------  2/7200  0 %  0.5/s  3 h 59 min left"},
		{after(10, 5, 0, "listening"), 10, 60, "|  listening  5  0.5/s  10 s"},
		{after(10, 5, 0, "a\x1b[2J\nb"), 10, 60, "|  a [2J b  5  0.5/s  10 s"},
		{after(3, 0, 100, "stuck"), 75, 60, "stuck  -----------------------------  0/100  0 %  1 min 15 s"},
		{after(4, 200, 100, "over"), 4, 60, "over  ###########################  200/100  100 %  50/s  4 s"},
	} {
		got := tt.bar.line(tt.width, start.Add(time.Duration(tt.seconds)*time.Second), style{})
		if got != tt.want || utf8.RuneCountInString(got) > tt.width {
			t.Errorf("width %d\ngot  %q\nwant %q", tt.width, got, tt.want)
		}
	}
	b := after(4, 50, 100, "hosts")
	for _, tt := range []struct {
		style style
		want  string
	}{
		{style{unicode: true}, "hosts  ███████████░░░░░░░░░░░░  50/100  50 %"},
		{style{color: true}, "hosts  \x1b[32m###########\x1b[0m------------  50/100  50 %"},
	} {
		if got := b.line(60, start.Add(4*time.Second), tt.style); !strings.HasPrefix(got, tt.want) || columns(got) > 60 {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}

// A screen is a terminal of a few lines that knows the sequences that boards write.
type screen struct {
	width int
	lines [][]rune
	row   int
	col   int
}

func newScreen(width int) *screen { return &screen{width: width, lines: [][]rune{{}}} }

func (s *screen) Write(p []byte) (int, error) {
	for rest := string(p); rest != ""; {
		if strings.HasPrefix(rest, "\x1b[") {
			end := strings.IndexAny(rest[2:], "AJm") + 3
			switch rest[end-1] {
			case 'A':
				var n int
				fmt.Sscanf(rest[2:end], "%d", &n)
				s.row = max(0, s.row-n)
			case 'J':
				s.lines = s.lines[:s.row+1]
				s.lines[s.row] = s.lines[s.row][:min(s.col, len(s.lines[s.row]))]
			}
			rest = rest[end:]
			continue
		}
		r, size := utf8.DecodeRuneInString(rest)
		rest = rest[size:]
		switch r {
		case '\r':
			s.col = 0
		case '\n':
			s.down()
			s.col = 0 // as a terminal's driver makes of it
		default:
			if s.col == s.width {
				s.down()
				s.col = 0
			}
			line := s.lines[s.row]
			s.lines[s.row] = append(line[:min(s.col, len(line))], r)
			s.col++
		}
	}
	return len(p), nil
}

func (s *screen) down() {
	if s.row++; s.row == len(s.lines) {
		s.lines = append(s.lines, nil)
	}
}

func (s *screen) String() string {
	var b strings.Builder
	for _, l := range s.lines {
		b.WriteString(strings.TrimRight(string(l), " ") + "\n")
	}
	return b.String()
}

// at is a board on that screen whose clock the test moves.
func at(s *screen) (*Board, *time.Time) {
	now := start
	b := &Board{to: Terminal{Writer: s, Width: func() int { return s.width }}, now: func() time.Time { return now },
		ticker: time.NewTicker(time.Hour), stop: make(chan struct{})}
	return b, &now
}

// TestBoard: bars stand below what is printed, after a second, and go away when they are done.
func TestBoard(t *testing.T) {
	s := newScreen(60)
	b, now := at(s)
	out := b.Around(s)
	show := func(want string) {
		t.Helper()
		b.draw()
		if got := s.String(); got != want {
			t.Fatalf("got\n%swant\n%s", got, want)
		}
	}
	b.Tell(0, 10, "hosts")
	b.Tell(0, 0, "listening")
	show("\n")
	*now = start.Add(time.Second)
	b.Tell(1, 10, "hosts")
	show("hosts  ##---------------------  1/10  10 %  1.0/s  9 s left\n-  listening  0  1 s\n")
	fmt.Fprintln(out, "10.0.0.2 answers")
	show("10.0.0.2 answers\nhosts  ##---------------------  1/10  10 %  1.0/s  9 s left\n-  listening  0  1 s\n")

	// Behind half a line there is no room for bars.
	fmt.Fprint(out, "half ")
	show("10.0.0.2 answers\nhalf\n")
	fmt.Fprintln(out, "a line")
	show("10.0.0.2 answers\nhalf a line\nhosts  ##---------------------  1/10  10 %  1.0/s  9 s left\n-  listening  0  1 s\n")

	b.Tell(10, 10, "hosts")
	show("10.0.0.2 answers\nhalf a line\n-  listening  0  1 s\n")
	b.Close()
	b.Close()
	if got := s.String(); got != "10.0.0.2 answers\nhalf a line\n\n" {
		t.Errorf("after the end:\n%s", got)
	}
}

// TestMany draws the first bars and counts the others.
func TestMany(t *testing.T) {
	s := newScreen(60)
	b, now := at(s)
	for i := range 20 {
		b.Tell(0, 10, fmt.Sprint("bar ", i))
	}
	*now = start.Add(time.Second)
	b.draw()
	if got := s.String(); strings.Count(got, "\n") != shownBars+1 || !strings.HasSuffix(got, "and 12 more\n") {
		t.Error(got)
	}
}

// TestNarrower: where a terminal has become narrower, its lines were wrapped, and all their rows go away.
func TestNarrower(t *testing.T) {
	s := newScreen(60)
	b, now := at(s)
	b.Tell(0, 10, "hosts")
	*now = start.Add(2 * time.Second)
	b.draw()
	wide := string(s.lines[0])
	s.width = 30 // as a terminal that wraps anew
	s.lines, s.row, s.col = [][]rune{[]rune(wide)[:30], []rune(wide)[30:]}, 1, len([]rune(wide))-30
	b.draw()
	if got := s.String(); strings.Count(got, "\n") != 1 || !strings.HasPrefix(got, "hosts  ") {
		t.Error(got)
	}
}

// TestBoardRaces tells and prints from many tasks while it draws; run it with -race.
func TestBoardRaces(t *testing.T) {
	t.Parallel()
	var to bytes.Buffer
	b := New(Terminal{Writer: &to, Width: func() int { return 80 }})
	out := b.Around(&to)
	done := make(chan struct{})
	for i := range 4 {
		go func() {
			for n := range 100 {
				b.Tell(float64(n), 100, fmt.Sprint(i))
				fmt.Fprintln(out, i, n)
			}
			done <- struct{}{}
		}()
	}
	for range 4 {
		<-done
	}
	b.Close()
	if n := strings.Count(to.String(), "\n"); n < 400 {
		t.Errorf("%d lines", n)
	}
}
