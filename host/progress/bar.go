package progress

import (
	"fmt"
	"math"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"moonwire/host/decl"
)

// A style is what a terminal can show.
type style struct {
	color   bool
	unicode bool
}

// A bar is how far one thing is.
type bar struct {
	text        string
	done, total float64 // total is 0 when it isn't known
	begun       time.Time
	rate        float64   // of done, a second; 0: not known yet
	seen        time.Time // when rate was last looked at
	before      float64   // done at that time
}

// measured is how much time lies between two looks at a rate, and weight what the newer one counts for.
const (
	measured = 500 * time.Millisecond
	weight   = 0.3
)

// update notes how far it is now.
func (b *bar) update(done, total float64, now time.Time) {
	b.done, b.total = done, total
	span := now.Sub(b.seen)
	if span < measured {
		return
	}
	rate := (done - b.before) / span.Seconds()
	if b.rate == 0 {
		b.rate = rate
	}
	b.rate += weight * (rate - b.rate)
	b.seen, b.before = now, done
}

// line is the bar in at most width columns. What has no room is left out: first the bar itself, then the rate.
func (b *bar) line(width int, now time.Time, s style) string {
	text := strings.Join(strings.Fields(strings.Map(printable, b.text)), " ")
	parts := []string{text, b.count(), b.percent(), b.speed(), b.left(now)}
	plain := join(parts)
	const least, most = 10, 30 // columns of the bar itself
	if room := width - utf8.RuneCountInString(plain) - 2; b.total > 0 && room >= least {
		parts[0] = join([]string{text, s.drawn(b.share(), min(room, most))})
		return join(parts)
	}
	if b.total <= 0 {
		parts[0] = join([]string{s.spinner(now.Sub(b.begun)), text})
		plain = join(parts)
	}
	for _, drop := range []int{3, 4, 1, 2} {
		if utf8.RuneCountInString(plain) <= width {
			break
		}
		parts[drop] = ""
		plain = join(parts)
	}
	return cut(plain, width)
}

// printable makes a blank of what would move a terminal's cursor.
func printable(r rune) rune {
	if unicode.IsPrint(r) {
		return r
	}
	return ' '
}

// share is how much is done, from 0 to 1.
func (b *bar) share() float64 { return min(1, max(0, b.done/b.total)) }

func (b *bar) count() string {
	if b.total <= 0 {
		return number(b.done)
	}
	return number(b.done) + "/" + number(b.total)
}

func (b *bar) percent() string {
	if b.total <= 0 {
		return ""
	}
	return fmt.Sprintf("%.0f %%", math.Floor(b.share()*100))
}

func (b *bar) speed() string {
	switch {
	case b.rate <= 0:
		return ""
	case b.rate < 10:
		return fmt.Sprintf("%.1f/s", b.rate)
	case b.rate < 1e6:
		return fmt.Sprintf("%.0f/s", b.rate)
	}
	return fmt.Sprintf("%.3g/s", b.rate)
}

// left is the time that the rest takes; where it can't be told, the time so far.
func (b *bar) left(now time.Time) string {
	if b.total > 0 && b.rate > 0 && b.done < b.total {
		rest := (b.total-b.done)/b.rate - now.Sub(b.seen).Seconds()
		return span(max(1, rest)) + " left"
	}
	return span(now.Sub(b.begun).Seconds())
}

// span is a time in whole seconds, minutes or hours.
func span(seconds float64) string {
	s := int64(min(math.Round(seconds), 1e9))
	switch {
	case s < 60:
		return fmt.Sprintf("%d s", s)
	case s < 3600:
		return fmt.Sprintf("%d min %d s", s/60, s%60)
	case s < 48*3600:
		return fmt.Sprintf("%d h %d min", s/3600, s%3600/60)
	}
	return fmt.Sprintf("%d days", s/86400)
}

func number(n float64) string { return decl.FormatNumber(math.Round(n*100) / 100) }

// drawn is the bar itself.
func (s style) drawn(share float64, width int) string {
	full, empty := "#", "-"
	if s.unicode {
		full, empty = "█", "░"
	}
	n := int(share * float64(width))
	line := strings.Repeat(full, n)
	if s.color {
		line = "\x1b[32m" + line + "\x1b[0m"
	}
	return line + strings.Repeat(empty, width-n)
}

// spinner turns while nobody knows how much is left.
func (s style) spinner(since time.Duration) string {
	frames := []rune(`|/-\`)
	if s.unicode {
		frames = []rune("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏")
	}
	return string(frames[int(since/turn)%len(frames)])
}

// join sets what isn't empty side by side.
func join(parts []string) string {
	var b strings.Builder
	for _, p := range parts {
		if p == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("  ")
		}
		b.WriteString(p)
	}
	return b.String()
}

// cut is text in at most width letters.
func cut(text string, width int) string {
	if letters := []rune(text); len(letters) > width {
		return string(letters[:max(width, 0)])
	}
	return text
}
