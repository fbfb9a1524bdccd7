package permit

import (
	"fmt"
	"syscall"
)

// A Refusal says that something isn't allowed, and what would allow it.
type Refusal struct {
	Tried    string // "tcp connect to 10.0.0.2:80"
	Declared Grants // of the kinds that it takes, what was granted
	Kinds    string // in words: "net", "read or write"
	Denied   Grant  // that forbids it, if its Kind is not ""
	Would    Grants // each of them would allow it, or all together
	Why      string // more, in a few words; ""
}

func (e *Refusal) Error() string {
	if e.Denied.Kind != "" {
		kind, rest := e.Denied.flag()
		text := fmt.Sprintf("%s is not allowed: --deny-%s%s forbids it", e.Tried, kind, rest)
		if e.Why != "" {
			text += " (" + e.Why + ")"
		}
		return text
	}
	text := e.Tried + " is not allowed: the script declares "
	if len(e.Declared) == 0 {
		text += "no " + e.Kinds
	} else {
		text += e.Declared.String()
	}
	if e.Why != "" {
		text += " (" + e.Why + ")"
	}
	for i, g := range e.Would {
		text += [...]string{"; ", " "}[min(i, 1)] + g.Flag()
	}
	if len(e.Would) > 0 {
		text += " would allow it"
	}
	return text
}

// Kind is the kind of refusal.
func (e *Refusal) Kind() string { return "denied" }

// Errno is the number that C's library would give; the words are e's own.
func (e *Refusal) Errno() syscall.Errno { return syscall.EACCES }
