package decl

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"os"

	lua "github.com/yuin/gopher-lua"
)

// Kinds of refusal: the third value of nil, message, kind.
const (
	Timeout     = "timeout"
	Closed      = "closed"
	Refused     = "refused"
	Unreachable = "unreachable"
	Denied      = "denied"
	Exists      = "exists"
	NotFound    = "notfound"
	Malformed   = "malformed"
	Unsupported = "unsupported"
	Cancelled   = "cancelled"
	Nak         = "nak"      // a DHCP server takes or refuses an address
	Conflict    = "conflict" // another host uses the address
	Down        = "down"     // the interface went down, or is gone
	NoAddrs     = "noaddrs"  // a DHCPv6 server has no address to give (RFC 8415 section 21.13; the next three too)
	NoPrefix    = "noprefix" // no prefix
	NoBinding   = "nobinding"
	NotOnLink   = "notonlink" // an address doesn't fit the link
	Loop        = "loop"      // an SNMP agent's walk goes in circles
)

// Kinds of refusal by an SNMPv3 engine: what its Report names (RFC 3414 section 3.2), or what ours would.
const (
	UnknownUser   = "unknown_user"
	WrongDigest   = "wrong_digest"
	Decryption    = "decryption"
	NotInWindow   = "not_in_window"
	UnknownEngine = "unknown_engine"
	SecurityLevel = "security_level"
)

// Kinds of refusal by an SNMP agent: the error status of a Response (RFC 3416 section 3), in snake case.
const (
	TooBig              = "too_big"
	NoSuchName          = "no_such_name"
	BadValue            = "bad_value"
	ReadOnly            = "read_only"
	GenErr              = "gen_err"
	NoAccess            = "no_access"
	WrongType           = "wrong_type"
	WrongLength         = "wrong_length"
	WrongEncoding       = "wrong_encoding"
	WrongValue          = "wrong_value"
	NoCreation          = "no_creation"
	InconsistentValue   = "inconsistent_value"
	ResourceUnavailable = "resource_unavailable"
	CommitFailed        = "commit_failed"
	UndoFailed          = "undo_failed"
	AuthorizationError  = "authorization_error"
	NotWritable         = "not_writable"
	InconsistentName    = "inconsistent_name"
)

// Kinds lists every kind of refusal.
var Kinds = []string{Timeout, Closed, Refused, Unreachable, Denied, Exists, NotFound, Malformed, Unsupported, Cancelled, Nak, Conflict, Down, NoAddrs,
	NoPrefix, NoBinding, NotOnLink, Loop, UnknownUser, WrongDigest, Decryption, NotInWindow, UnknownEngine, SecurityLevel,
	TooBig, NoSuchName, BadValue, ReadOnly, GenErr, NoAccess, WrongType, WrongLength, WrongEncoding, WrongValue, NoCreation, InconsistentValue,
	ResourceUnavailable, CommitFailed, UndoFailed, AuthorizationError, NotWritable, InconsistentName}

// A Kinder is an error that knows its kind.
type Kinder interface{ Kind() string }

// Errorf's counterpart for refusals: an error with a kind.
type refusal struct {
	kind string
	err  error
}

func (r *refusal) Error() string { return r.err.Error() }
func (r *refusal) Unwrap() error { return r.err }
func (r *refusal) Kind() string  { return r.kind }

// Refuse gives err a kind.
func Refuse(kind string, err error) error { return &refusal{kind, err} }

// KindOf is the kind of a refusal, found from the error's own Kind method or from the sentinels that both networks
// share; "" when it has none.
func KindOf(err error) string {
	var k Kinder
	var timeout interface{ Timeout() bool }
	switch {
	case errors.As(err, &k):
		return k.Kind()
	case errors.Is(err, context.Canceled):
		return Cancelled
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, context.DeadlineExceeded),
		errors.As(err, &timeout) && timeout.Timeout():
		return Timeout
	case errors.Is(err, net.ErrClosed):
		return Closed
	case errors.Is(err, fs.ErrPermission):
		return Denied
	case errors.Is(err, fs.ErrExist):
		return Exists
	case errors.Is(err, fs.ErrNotExist):
		return NotFound
	case errors.Is(err, errors.ErrUnsupported):
		return Unsupported
	}
	return sysKind(err)
}

// Fail pushes nil, message, kind and returns their number: the world's refusal.
func Fail(L *lua.LState, err error) int {
	L.Push(lua.LNil)
	L.Push(lua.LString(Words(err)))
	if k := KindOf(err); k != "" {
		L.Push(lua.LString(k))
		return 3
	}
	return 2
}
