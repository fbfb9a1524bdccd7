package topology

import (
	"fmt"

	"moonwire/host/decl/nearest"
)

// An Error is a fault in a Spec.
type Error struct {
	Subject string // the node, link or line: "link R1--R2"
	Rule    string // what is wrong with it, and the rule
}

func (e *Error) Error() string { return e.Subject + ": " + e.Rule }

// fault makes an Error.
func fault(subject, rule string, args ...any) error {
	return &Error{subject, fmt.Sprintf(rule, args...)}
}

// meant is the end of an error about an unknown name: " (did you mean R1?)", or nothing when no name is near.
func meant(name string, known []string) string {
	if n := nearest.Word(name, known); n != "" {
		return " (did you mean " + n + "?)"
	}
	return ""
}
