package repl

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"

	"moonwire/host/whole"
)

// historyLines is how many lines a history keeps.
const historyLines = 2000

// history is the file of the lines that were typed, one below the other. Nobody else may read it. A file that can't be
// opened or written is no reason to stop: then the lines are only kept for this session.
type history struct {
	lines []string
	file  *os.File
}

func openHistory(name string) *history {
	h := &history{}
	if name == "" {
		return h
	}
	if os.MkdirAll(filepath.Dir(name), 0o700) != nil {
		return h
	}
	b, _ := os.ReadFile(name)
	h.lines = strings.Split(strings.TrimRight(string(b), "\n"), "\n")
	if over := len(h.lines) - historyLines; over > 0 {
		h.lines = h.lines[over:]
		_ = whole.WriteAs(name, []byte(strings.Join(h.lines, "\n")+"\n"), 0o600) // or it stays long
	}
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		f.Chmod(0o600)
		h.file = f
	}
	return h
}

// add appends a line in one write, so that two sessions can share the file.
func (h *history) add(line string) {
	if h.file != nil {
		h.file.Write(append(bytes.ReplaceAll([]byte(line), []byte("\n"), []byte(" ")), '\n'))
	}
}

func (h *history) close() error {
	if h.file == nil {
		return nil
	}
	return h.file.Close()
}

// HistoryFile is where the command keeps the history: in the state directory of the XDG base directories, or in the
// user's configuration directory where there is no such thing. "" when neither is known.
func HistoryFile(getenv func(string) string) string {
	if dir := getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "moonwire", "history")
	}
	if home := getenv("HOME"); home != "" {
		return filepath.Join(home, ".local", "state", "moonwire", "history")
	}
	if dir, err := os.UserConfigDir(); err == nil {
		return filepath.Join(dir, "moonwire", "history")
	}
	return ""
}
