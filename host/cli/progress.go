package cli

import (
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"moonwire/host/ink"
	"moonwire/host/progress"
)

// withProgress draws how far a script is when the standard error output is a terminal that can move its cursor. What is
// printed to the streams that it returns goes above the bars. done takes them away.
func withProgress(s Streams) (streams Streams, told func(done, total float64, text string), done func()) {
	screen, is := terminal(s.Err)
	if !is || os.Getenv("TERM") == "dumb" {
		return s, nil, func() {}
	}
	b := progress.New(progress.Terminal{Writer: screen, Width: func() int {
		width, _, err := term.GetSize(int(screen.Fd()))
		if err != nil || width <= 0 {
			return 80
		}
		return width
	}, Color: bool(ink.Of(screen)), Unicode: unicodeTerminal()})
	s.Err = b.Around(s.Err)
	if _, also := terminal(s.Out); also {
		s.Out = b.Around(s.Out)
	}
	return s, b.Tell, b.Close
}

// terminal is a writer's terminal.
func terminal(w io.Writer) (*os.File, bool) {
	f, is := w.(*os.File)
	return f, is && term.IsTerminal(int(f.Fd()))
}

// unicodeTerminal says whether the locale has letters beyond ASCII.
func unicodeTerminal() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := os.Getenv(name); v != "" {
			v = strings.ToUpper(v)
			return strings.Contains(v, "UTF-8") || strings.Contains(v, "UTF8")
		}
	}
	return false
}
