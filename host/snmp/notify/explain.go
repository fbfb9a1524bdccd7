package notify

import (
	"fmt"
	"strings"

	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// Names makes names and values readable.
type Names interface {
	Name(oid.OID) string
	Text(message.Var) string
}

// explanations are those of the traps that every agent knows (RFC 3418), but for links.
var explanations = map[uint32]string{
	1: "the agent has started, and what it is configured for may have changed",
	2: "the agent has started again, configured as before",
	5: "somebody asked the agent with a community or a password that it doesn't take",
	6: "a neighbour by the exterior gateway protocol is lost",
}

// The traps about links (RFC 2863).
const (
	linkDown = 3
	linkUp   = 4
)

// Explain says what happened, in a sentence without a full stop: for the standard traps in words, for others by their
// variables.
func (n *Notification) Explain(names Names) string {
	if last := len(n.Trap) - 1; last == len(snmpTraps) && n.Trap.HasPrefix(snmpTraps) {
		switch which := n.Trap[last]; which {
		case linkDown, linkUp:
			return n.link(which)
		default:
			if text := explanations[which]; text != "" {
				return text
			}
		}
	}
	var list []string
	for _, v := range n.Vars {
		if !about(v.Name) {
			list = append(list, names.Name(v.Name)+" = "+names.Text(v))
		}
	}
	switch {
	case list == nil && n.Trap == nil:
		return "it says nothing"
	case list == nil:
		return "it says no more than its name"
	}
	return strings.Join(list, ", ")
}

// about says whether a variable tells of the notification, not of what happened.
func about(name oid.OID) bool {
	return name.Equal(TrapAddress) || name.Equal(TrapCommunity) || name.Equal(TrapEnterprise)
}

// Columns of the interface tables (RFC 2863).
var (
	ifIndex       = oid.OID{1, 3, 6, 1, 2, 1, 2, 2, 1, 1}
	ifDescr       = oid.OID{1, 3, 6, 1, 2, 1, 2, 2, 1, 2}
	ifAdminStatus = oid.OID{1, 3, 6, 1, 2, 1, 2, 2, 1, 7}
	ifOperStatus  = oid.OID{1, 3, 6, 1, 2, 1, 2, 2, 1, 8}
	ifName        = oid.OID{1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 1}
	ifAlias       = oid.OID{1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 18}
)

// operStates are the values of ifOperStatus.
var operStates = []string{"", "up", "down", "testing", "unknown", "dormant", "notPresent", "lowerLayerDown"}

// link tells of an interface that went down or came up.
func (n *Notification) link(which uint32) string {
	state := map[uint32]string{linkDown: "down", linkUp: "up"}[which]
	text := n.interfaceName() + " is " + state
	if oper, ok := n.column(ifOperStatus); ok {
		if i := oper.Value.Int(); i > 0 && int(i) < len(operStates) && operStates[i] != state {
			text += " (" + operStates[i] + ")"
		}
	}
	if admin, ok := n.column(ifAdminStatus); ok {
		switch i := admin.Value.Int(); {
		case i == 2 && which == linkDown:
			text += ", set down by the administrator"
		case i == 1 && which == linkDown:
			text += ", though the administrator wants it up: look at the cable and the far end"
		case i == 3:
			text += ", and is being tested"
		}
	}
	return text
}

// interfaceName is how the notification calls its interface.
func (n *Notification) interfaceName() string {
	index := ""
	if v, ok := n.column(ifIndex); ok {
		index = fmt.Sprint(v.Value.Int())
	}
	for _, column := range []oid.OID{ifName, ifDescr} {
		v, ok := n.column(column)
		if !ok || len(v.Value.Bytes()) == 0 {
			continue
		}
		text := "interface " + v.Value.String()
		if alias, ok := n.column(ifAlias); ok && len(alias.Value.Bytes()) > 0 {
			text += fmt.Sprintf(" %q", alias.Value.String())
		}
		if index == "" {
			index = v.Name[len(column):].String()
		}
		return text + " (index " + index + ")"
	}
	switch v, ok := n.column(ifOperStatus); {
	case index != "":
		return "interface " + index
	case ok:
		return "interface " + v.Name[len(ifOperStatus):].String()
	}
	return "an interface"
}

// column is the first variable of a column.
func (n *Notification) column(c oid.OID) (message.Var, bool) {
	for _, v := range n.Vars {
		if v.Name.HasPrefix(c) && len(v.Name) > len(c) {
			return v, true
		}
	}
	return message.Var{}, false
}
