package message

import (
	"fmt"
	"strings"
)

// An ErrorStatus says what an agent refused (RFC 3416 section 3).
type ErrorStatus int32

// The statuses. Version 1 has the first six.
const (
	NoError ErrorStatus = iota
	TooBig
	NoSuchName
	BadValue
	ReadOnly
	GenErr
	NoAccess
	WrongType
	WrongLength
	WrongEncoding
	WrongValue
	NoCreation
	InconsistentValue
	ResourceUnavailable
	CommitFailed
	UndoFailed
	AuthorizationError
	NotWritable
	InconsistentName
)

var statusNames = [...]string{
	"noError", "tooBig", "noSuchName", "badValue", "readOnly", "genErr", "noAccess", "wrongType", "wrongLength",
	"wrongEncoding", "wrongValue", "noCreation", "inconsistentValue", "resourceUnavailable", "commitFailed", "undoFailed",
	"authorizationError", "notWritable", "inconsistentName",
}

// String gives the RFC's name, as noSuchName.
func (s ErrorStatus) String() string {
	if s >= 0 && int(s) < len(statusNames) {
		return statusNames[s]
	}
	return fmt.Sprintf("error status %d", int32(s))
}

// Kind gives the name in snake case, as no_such_name; gen_err for a status that the RFCs don't have.
func (s ErrorStatus) Kind() string {
	if s < 0 || int(s) >= len(statusNames) {
		s = GenErr
	}
	var kind strings.Builder
	for _, c := range statusNames[s] {
		if c < 'a' {
			kind.WriteByte('_')
			c += 'a' - 'A'
		}
		kind.WriteRune(c)
	}
	return kind.String()
}

// StatusNamed finds a status by the RFC's name or by its kind.
func StatusNamed(name string) (ErrorStatus, bool) {
	for i := range statusNames {
		if s := ErrorStatus(i); statusNames[i] == name || s.Kind() == name {
			return s, true
		}
	}
	return 0, false
}
