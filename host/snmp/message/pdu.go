package message

import (
	"fmt"
	"net/netip"
	"slices"

	"moonwire/host/snmp/oid"
)

// A PDUType says what a PDU asks or tells. It is the number of the tag's context class.
type PDUType uint8

// The types (RFC 1157 section 4.1, RFC 3416 section 3).
const (
	Get PDUType = iota
	GetNext
	Response
	Set
	TrapV1
	GetBulk
	Inform
	TrapV2
	Report
)

var pduNames = [...]string{"get", "next", "response", "set", "trapv1", "bulk", "inform", "trapv2", "report"}

// String gives the short name: get, next, response, set, trapv1, bulk, inform, trapv2, report.
func (t PDUType) String() string {
	if int(t) < len(pduNames) {
		return pduNames[t]
	}
	return fmt.Sprintf("pdu %d", uint8(t))
}

// PDUNamed finds a type by its short name.
func PDUNamed(name string) (PDUType, bool) {
	i := slices.Index(pduNames[:], name)
	return PDUType(i), i >= 0
}

// Confirmed says whether the sender waits for an answer (RFC 3411 section 2.8).
func (t PDUType) Confirmed() bool {
	switch t {
	case Get, GetNext, Set, GetBulk, Inform:
		return true
	}
	return false
}

// A PDU is the part of a message that asks or tells something. ErrorStatus and ErrorIndex are non-repeaters and
// max-repetitions in a GetBulk. Only a TrapV1 has a Trap, which stands for the three numbers. Encoded, when it isn't nil, is
// what is written in place of Vars: variables that EncodeVar wrote.
type PDU struct {
	Type        PDUType
	RequestID   int32
	ErrorStatus ErrorStatus
	ErrorIndex  int32
	Trap        *Trap
	Vars        []Var
	Encoded     [][]byte
}

// NewBulk makes a GetBulk: the first nonRepeaters variables are asked for once, the others maxRepetitions times.
func NewBulk(nonRepeaters, maxRepetitions int32, vars ...Var) *PDU {
	return &PDU{Type: GetBulk, ErrorStatus: ErrorStatus(nonRepeaters), ErrorIndex: maxRepetitions, Vars: vars}
}

// NonRepeaters is how many variables of a GetBulk are asked for once.
func (p *PDU) NonRepeaters() int32 { return int32(p.ErrorStatus) }

// MaxRepetitions is how many successors of the others a GetBulk asks for.
func (p *PDU) MaxRepetitions() int32 { return p.ErrorIndex }

// A Trap is what a trap of version 1 has in place of the numbers of a PDU (RFC 1157 section 4.1.6).
type Trap struct {
	Enterprise oid.OID
	Agent      netip.Addr
	Generic    int32
	Specific   int32
	Time       uint32 // hundredths of a second since the agent started
}

// A Var is a variable: its name and its value.
type Var struct {
	Name  oid.OID
	Value Value
}

// Ask names variables to ask for; their values are Null.
func Ask(names ...oid.OID) []Var {
	vars := make([]Var, len(names))
	for i, n := range names {
		vars[i] = Var{n, Null}
	}
	return vars
}

// Clone makes a variable that shares nothing with the message it comes from.
func (v Var) Clone() Var { return Var{v.Name.Clone(), v.Value.Clone()} }

// String gives name and value: 1.3.6.1.2.1.1.5.0 = R2.
func (v Var) String() string { return v.Name.String() + " = " + v.Value.String() }

// Generic is what a trap of version 1 tells (RFC 1157 section 4.1.6).
type Generic int32

var genericNames = [...]string{
	"coldStart", "warmStart", "linkDown", "linkUp", "authenticationFailure", "egpNeighborLoss", "enterpriseSpecific",
}

// GenericNamed finds a generic trap by the RFC's name.
func GenericNamed(name string) (Generic, bool) {
	i := slices.Index(genericNames[:], name)
	return Generic(i), i >= 0
}

// String gives the RFC's name, as linkDown.
func (g Generic) String() string {
	if g >= 0 && int(g) < len(genericNames) {
		return genericNames[g]
	}
	return fmt.Sprintf("generic trap %d", int32(g))
}
