package network

import (
	"context"
	"errors"
	"fmt"

	"moonwire/host/network/resolver"
)

// A GAICode is one of getaddrinfo's errors, with the C library's number.
type GAICode int

// The codes of RFC 3493 section 6.1, and glibc's EAINoData and EAIAddrFamily.
const (
	EAIBadFlags   GAICode = -1
	EAINoName     GAICode = -2
	EAIAgain      GAICode = -3
	EAIFail       GAICode = -4
	EAINoData     GAICode = -5
	EAIFamily     GAICode = -6
	EAISockType   GAICode = -7
	EAIService    GAICode = -8
	EAIAddrFamily GAICode = -9
	EAIMemory     GAICode = -10
	EAISystem     GAICode = -11
	EAIOverflow   GAICode = -12
)

// gaiCodes gives each code its name and gai_strerror(3)'s text.
var gaiCodes = map[GAICode]struct{ name, text, kind string }{
	EAIBadFlags:   {"EAI_BADFLAGS", "Bad value for ai_flags", "malformed"},
	EAINoName:     {"EAI_NONAME", "Name or service not known", "notfound"},
	EAIAgain:      {"EAI_AGAIN", "Temporary failure in name resolution", "timeout"},
	EAIFail:       {"EAI_FAIL", "Non-recoverable failure in name resolution", "malformed"},
	EAINoData:     {"EAI_NODATA", "No address associated with hostname", "notfound"},
	EAIFamily:     {"EAI_FAMILY", "ai_family not supported", "unsupported"},
	EAISockType:   {"EAI_SOCKTYPE", "ai_socktype not supported", "unsupported"},
	EAIService:    {"EAI_SERVICE", "Servname not supported for ai_socktype", "notfound"},
	EAIAddrFamily: {"EAI_ADDRFAMILY", "Address family for hostname not supported", "unsupported"},
	EAIMemory:     {"EAI_MEMORY", "Memory allocation failure", ""},
	EAISystem:     {"EAI_SYSTEM", "System error", ""},
	EAIOverflow:   {"EAI_OVERFLOW", "Argument buffer too small", "malformed"},
}

// String is the code's name, as EAI_NONAME.
func (c GAICode) String() string { return gaiCodes[c].name }

// Text is what gai_strerror(3) says of the code.
func (c GAICode) Text() string { return gaiCodes[c].text }

// A GAIError is a failure of getaddrinfo or getnameinfo.
type GAIError struct {
	Code GAICode
	Name string // what was looked up
	Err  error  // the cause, if there is more to say
}

// Error names what was looked up and why there is no answer.
func (e *GAIError) Error() string {
	text := e.Code.Text()
	if e.Err != nil {
		text = fmt.Sprintf("%s (%v)", text, e.Err)
	}
	if e.Name == "" {
		return text
	}
	return e.Name + ": " + text
}

// Unwrap is the cause.
func (e *GAIError) Unwrap() error { return e.Err }

// Kind is the kind of refusal, as decl lists them.
func (e *GAIError) Kind() string { return gaiCodes[e.Code].kind }

// LookupError gives a resolver's error its code; a cancelled lookup stays what it is.
func LookupError(name string, err error) error {
	code := EAISystem
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, resolver.ErrNotFound):
		code, err = EAINoName, nil
	case errors.Is(err, resolver.ErrNoData):
		code, err = EAINoData, nil
	case errors.Is(err, resolver.ErrTemporary):
		code, err = EAIAgain, nil
	}
	return &GAIError{Code: code, Name: name, Err: err}
}
