package smi

import (
	"strings"

	"moonwire/host/mib"
)

// parsed is what one file holds. It belongs to the text, not to the file's name, and nobody changes it later.
type parsed struct {
	modules  []*module
	problems []Problem // without the file's name
}

// module is one module as written.
type module struct {
	name    string
	at      place
	imports []imported
	defs    []*definition
	text    digest           // of the file's text, when it was read from a file
	updated string           // LAST-UPDATED with four digits of the year; "" in SMIv1
	lost    map[string]place // definitions that were left out
}

// imported is one FROM of IMPORTS.
type imported struct {
	from  string
	at    place
	names []ref
}

// ref is a name where it is used; with its module when it is written Module.name.
type ref struct {
	name string
	at   place
}

// parts are the module, "" when there is none, and the name.
func (r ref) parts() (module, name string) {
	if i := strings.IndexByte(r.name, '.'); i >= 0 {
		return r.name[:i], r.name[i+1:]
	}
	return "", r.name
}

// macro says how a definition is written.
type macro uint8

const (
	valueOID macro = iota // OBJECT IDENTIFIER ::=
	typeAssignment
	textualConvention
	moduleIdentity
	objectIdentity
	objectType
	notificationType
	trapType
	objectGroup
	notificationGroup
	moduleCompliance
	agentCapabilities
)

// macros are the words that follow a definition's name.
var macros = map[string]macro{
	"MODULE-IDENTITY":    moduleIdentity,
	"OBJECT-IDENTITY":    objectIdentity,
	"OBJECT-TYPE":        objectType,
	"NOTIFICATION-TYPE":  notificationType,
	"TRAP-TYPE":          trapType,
	"OBJECT-GROUP":       objectGroup,
	"NOTIFICATION-GROUP": notificationGroup,
	"MODULE-COMPLIANCE":  moduleCompliance,
	"AGENT-CAPABILITIES": agentCapabilities,
}

// kinds are those of the nodes that macros define; an OBJECT-TYPE may also be a table, a row or a column.
var kinds = [...]mib.Kind{
	valueOID:          mib.Identifier,
	moduleIdentity:    mib.ModuleIdentity,
	objectIdentity:    mib.ObjectIdentity,
	objectType:        mib.Scalar,
	notificationType:  mib.Notification,
	trapType:          mib.Notification,
	objectGroup:       mib.ObjectGroup,
	notificationGroup: mib.NotificationGroup,
	moduleCompliance:  mib.Compliance,
	agentCapabilities: mib.Capabilities,
}

// definition is one assignment of a module.
type definition struct {
	name   string
	at     place
	macro  macro
	access mib.Access
	status mib.Status
	trap   uint32 // the number of a TRAP-TYPE
	value  []arc  // of all that have an OID; of a trap its ENTERPRISE
	syntax *syntax
	*more
}

// more is what few definitions have.
type more struct {
	hint     string
	units    string
	index    []indexPart
	augments *ref
	objects  []ref
}

// nothing is the more of most definitions.
var nothing more

// own is d's own more.
func (d *definition) own() *more {
	if d.more == &nothing {
		d.more = &more{}
	}
	return d.more
}

// isType says whether d defines a type, not a value.
func (d *definition) isType() bool { return d.macro == typeAssignment || d.macro == textualConvention }

// arc is one component of an OBJECT IDENTIFIER value: a name, a number, or both.
type arc struct {
	ref
	number   uint32
	numbered bool
}

// indexPart is an entry of INDEX: a column, or in SMIv1 a type.
type indexPart struct {
	ref
	implied bool
	syntax  *syntax // of a type without a column
}

// syntax is a type as written.
type syntax struct {
	form       form
	ref        ref // of a named type; the row's type of SEQUENCE OF
	*narrowing     // nil when the type is taken as it is
}

// narrowing is what a type has beside its name.
type narrowing struct {
	enums  []mib.Enum
	ranges []mib.Range
	sizes  []mib.Range
}

// form is how a type is written.
type form uint8

const (
	named form = iota
	integer
	octetString
	objectIdentifier
	bits
	sequence
	sequenceOf
	choice
	null
)
