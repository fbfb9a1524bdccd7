package recording

import (
	"encoding/hex"
	"strconv"

	"moonwire/host/snmp/message"
)

// Line is a variable as a line of a .snmprec file, without the line's end. Exceptions have none: "".
func Line(v message.Var) string {
	t := v.Value.Type
	if t > 0xff { // what net-snmp wraps in an Opaque
		t = message.TypeOpaque
	}
	head := v.Name.String() + "|" + strconv.Itoa(int(t))
	switch {
	case t.Exception():
		return ""
	case v.Value.Malformed():
		return head + "x|" + hex.EncodeToString(v.Value.Raw())
	}
	switch t {
	case message.TypeOctetString:
		if b := v.Value.Bytes(); plainText(b) {
			return head + "|" + string(b)
		}
		return head + "x|" + hex.EncodeToString(v.Value.Bytes())
	case message.TypeIPAddress, message.TypeOpaque:
		return head + "x|" + hex.EncodeToString(v.Value.Raw())
	case message.TypeNull:
		return head + "|"
	case message.TypeTimeTicks:
		return head + "|" + strconv.FormatUint(v.Value.Uint(), 10)
	}
	return head + "|" + v.Value.String()
}

// plainText says whether a string can stand as it is: readers take away spaces at the end.
func plainText(b []byte) bool {
	for i, c := range b {
		if c < ' ' || c > '~' || c == ' ' && i == len(b)-1 {
			return false
		}
	}
	return true
}
