package client6

import (
	"errors"
	"fmt"

	"moonwire/host/dhcp/dhcp6"
)

// A Refusal is an exchange that didn't bring what was wanted: a named outcome.
type Refusal struct{ kind, text string }

// Error says what happened.
func (r *Refusal) Error() string { return r.text }

// Kind is the outcome's name.
func (r *Refusal) Kind() string { return r.kind }

// The kinds of refusal.
const (
	kindTimeout  = "timeout"
	kindRefused  = "refused"
	kindClosed   = "closed"
	kindConflict = "conflict"
)

// kinds are those of status codes; others are kindRefused.
var kinds = map[dhcp6.StatusCode]string{
	dhcp6.NoAddrsAvail: "noaddrs", dhcp6.NoBinding: "nobinding", dhcp6.NotOnLink: "notonlink", dhcp6.NoPrefixAvail: "noprefix",
}

func kindOf(s dhcp6.Status) string {
	if k := kinds[s.Code]; k != "" {
		return k
	}
	return kindRefused
}

func refuse(kind, format string, args ...any) error {
	return &Refusal{kind, fmt.Sprintf(format, args...)}
}

// refused is the refusal that a status is.
func refused(what string, s dhcp6.Status) error {
	return refuse(kindOf(s), "%s: the server says %s", what, words(s))
}

// failure says whether a status is other than success.
func failure(s dhcp6.Status) bool { return s.Code != dhcp6.Success }

// words are a status as NoAddrsAvail (no free address).
func words(s dhcp6.Status) string {
	if s.Message == "" {
		return s.Code.String()
	}
	return fmt.Sprintf("%s (%s)", s.Code, s.Message)
}

// isTimeout says whether an exchange ended because nobody answered.
func isTimeout(err error) bool {
	var r *Refusal
	return errors.As(err, &r) && r.kind == kindTimeout
}

// kindOfError is the outcome that an error names, "" when it names none.
func kindOfError(err error) string {
	var k interface{ Kind() string }
	if errors.As(err, &k) {
		return k.Kind()
	}
	return ""
}

// orLast prefers what was the matter before to nobody answering any more.
func orLast(err, last error) error {
	if last != nil && isTimeout(err) {
		return last
	}
	return err
}
