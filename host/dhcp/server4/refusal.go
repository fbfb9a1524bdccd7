package server4

import "fmt"

// A Refusal is why a server can't begin, with its kind as scripts know it.
type Refusal struct{ text, kind string }

func refusal(kind, format string, args ...any) error {
	return &Refusal{fmt.Sprintf(format, args...), kind}
}

// Error says what was tried, and what would help.
func (r *Refusal) Error() string { return r.text }

// Kind is the kind of refusal: denied, exists, notfound.
func (r *Refusal) Kind() string { return r.kind }
