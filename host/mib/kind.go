package mib

// A Kind says which macro of the SMI defined a node.
type Kind uint8

// Kinds of nodes.
const (
	Place             Kind = iota // an OID on the way to others, which no module names
	Identifier                    // OBJECT IDENTIFIER
	ModuleIdentity                // MODULE-IDENTITY
	ObjectIdentity                // OBJECT-IDENTITY
	Scalar                        // OBJECT-TYPE outside of tables
	Table                         // OBJECT-TYPE of SEQUENCE OF
	Row                           // OBJECT-TYPE with an index
	Column                        // OBJECT-TYPE below a row
	Notification                  // NOTIFICATION-TYPE, TRAP-TYPE
	ObjectGroup                   // OBJECT-GROUP
	NotificationGroup             // NOTIFICATION-GROUP
	Compliance                    // MODULE-COMPLIANCE
	Capabilities                  // AGENT-CAPABILITIES
)

var kindNames = [...]string{"place", "identifier", "module", "identity", "scalar", "table", "row", "column", "notification",
	"object group", "notification group", "compliance", "capabilities"}

// String is the kind as scripts see it.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "unknown"
}

// Object says whether nodes of the kind come from the OBJECT-TYPE macro.
func (k Kind) Object() bool { return k >= Scalar && k <= Column }

// An Access is what may be done with an object (MAX-ACCESS, RFC 2578 section 7.3).
type Access uint8

// Access in SMIv2's words; SMIv1's write-only is kept.
const (
	NoAccess Access = iota // the node is no object
	NotAccessible
	AccessibleForNotify
	ReadOnly
	ReadWrite
	ReadCreate
	WriteOnly
)

var accessNames = [...]string{"", "not-accessible", "accessible-for-notify", "read-only", "read-write", "read-create", "write-only"}

// String is the access in the SMI's words; "" for what is no object.
func (a Access) String() string {
	if int(a) < len(accessNames) {
		return accessNames[a]
	}
	return "unknown"
}

// AccessOf reads the SMI's word for an access.
func AccessOf(word string) (Access, bool) {
	for a, name := range accessNames {
		if name == word {
			return Access(a), true
		}
	}
	return NoAccess, false
}

// Readable says whether a get may be answered.
func (a Access) Readable() bool { return a >= ReadOnly && a <= ReadCreate }

// Writable says whether a set may succeed.
func (a Access) Writable() bool { return a >= ReadWrite }

// A Status says whether a definition is still meant to be used.
type Status uint8

// Status in SMIv2's words, and SMIv1's.
const (
	StatusUnknown Status = iota
	Current
	Deprecated
	Obsolete
	Mandatory
	Optional
)

var statusNames = [...]string{"", "current", "deprecated", "obsolete", "mandatory", "optional"}

// String is the status in the SMI's words; "" when it isn't known.
func (s Status) String() string {
	if int(s) < len(statusNames) {
		return statusNames[s]
	}
	return "unknown"
}

// StatusOf reads the SMI's word for a status.
func StatusOf(word string) (Status, bool) {
	for s, name := range statusNames {
		if name == word {
			return Status(s), true
		}
	}
	return StatusUnknown, false
}
