package vm

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	lua "github.com/yuin/gopher-lua"
)

// Error is an error that no Lua code caught.
type Error struct {
	Value     lua.LValue // as it was raised
	Message   string     // as tostring gives it
	Traceback string     // in the reference interpreter's form
	Task      string     // name of the task that raised it
	Source    string     // the line of source that Message names, "" where it is not known
	Line      int        // its number
	From      *Error     // the error of another task, or a coroutine, that was raised here again; nil: it began here
	cause     error
}

// Unwrap is what stopped the script from outside: the cause of Run's context.
func (e *Error) Unwrap() error { return e.cause }

func (e *Error) Error() string { return e.Message }

// Report is the whole story: message, the line of source, traceback.
func (e *Error) Report() string {
	var b strings.Builder
	fmt.Fprintf(&b, "moonwire: %s\n", e.Message)
	if e.Source != "" {
		fmt.Fprintf(&b, "%6d | %s\n", e.Line, e.Source)
	}
	if from := e.From; from != nil && from.Traceback != "" {
		fmt.Fprintf(&b, "in %s:\n%s\nraised again in %s:\n", from.Task, from.Traceback, e.Task)
	}
	if e.Traceback != "" {
		b.WriteString(e.Traceback + "\n")
	}
	return b.String()
}

// Exit is the status that a script asked for by os.exit.
type Exit struct{ Code int }

func (e *Exit) Error() string { return "exit status " + strconv.Itoa(e.Code) }

func newError(L *lua.LState, v lua.LValue, trace string) *Error {
	e := &Error{Value: v, Message: messageOf(v), Traceback: trace}
	if h, ok := L.Context().(*thread); ok {
		e.Task = h.task.String()
		if from := h.task.rethrew; from != nil && from.Value == v {
			e.From = from
		}
		e.Line, e.Source = h.rt.sourceLine(e.Message)
	}
	return e
}

// messageOf is what the standalone interpreter prints of an error value.
func messageOf(v lua.LValue) string {
	switch v := v.(type) {
	case lua.LString, lua.LNumber:
		return v.String()
	case *lua.LTable:
		if s, ok := v.RawGetString("message").(lua.LString); ok {
			return string(s)
		}
	}
	return "(error object is a " + v.Type().String() + " value)"
}

// position is how a message of the form FILE:LINE: TEXT begins.
var position = regexp.MustCompile(`^@?(.+?):(\d+):`)

// sourceLine finds the line that a message names.
func (rt *Runtime) sourceLine(message string) (int, string) {
	at := position.FindStringSubmatch(message)
	if at == nil {
		return 0, ""
	}
	n, err := strconv.Atoi(at[2])
	lines := strings.Split(rt.source(at[1]), "\n")
	if err != nil || n < 1 || n > len(lines) {
		return 0, ""
	}
	return n, shown(strings.TrimRight(lines[n-1], " \t\r"))
}

// longLine is how many bytes of a source line a report shows.
const longLine = 200

// shown is a source line that a terminal can take: not too long, and without bytes that would steer it.
func shown(line string) string {
	if len(line) > longLine {
		line = line[:longLine] + "..."
	}
	return strings.Map(func(r rune) rune {
		if r != '\t' && !unicode.IsPrint(r) {
			return '?'
		}
		return r
	}, line)
}

// source is the text of a chunk by its name in messages, which show of a long name "..." and its end. It is empty when
// no chunk, or more than one, has such a name.
func (rt *Runtime) source(short string) string {
	if source, ok := rt.sources[short]; ok {
		return source
	}
	end, long := strings.CutPrefix(short, "...")
	found := ""
	for name, source := range rt.sources {
		switch {
		case !long || !strings.HasSuffix(name, end):
		case found != "":
			return ""
		default:
			found = source
		}
	}
	return found
}

// syntaxError is the Error of a chunk that does not compile.
func (rt *Runtime) syntaxError(err error) *Error {
	e := &Error{Value: lua.LString(err.Error()), Message: strings.TrimSpace(err.Error())}
	e.Line, e.Source = rt.sourceLine(e.Message)
	return e
}
