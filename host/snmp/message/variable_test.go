package message

import (
	"bytes"
	"testing"

	"moonwire/host/snmp/oid"
)

// TestEncodedVariables writes a message whose variables were encoded before.
func TestEncodedVariables(t *testing.T) {
	t.Parallel()
	vars := []Var{{oid.MustParse("1.3.6.1.2.1.1.5.0"), Text("R2")}, {oid.MustParse("1.3.6.1.2.1.1.7.0"), Integer(72)}}
	var encoded [][]byte
	for _, v := range vars {
		b, err := EncodeVar(v)
		if err != nil {
			t.Fatal(err)
		}
		back, err := DecodeVar(b)
		if err != nil || !back.Name.Equal(v.Name) || !back.Value.Equal(v.Value) {
			t.Errorf("%v became %v, %v", v, back, err)
		}
		encoded = append(encoded, b)
	}
	plain, err := (&Message{Version: V2c, PDU: &PDU{Type: Response, Vars: vars}}).Encode()
	if err != nil {
		t.Fatal(err)
	}
	if b, err := (&Message{Version: V2c, PDU: &PDU{Type: Response, Encoded: encoded}}).Encode(); err != nil || !bytes.Equal(b, plain) {
		t.Errorf("%x, %v; want %x", b, err, plain)
	}
	for _, bad := range []Var{{oid.OID{3, 1}, Null}, {oid.MustParse("1.3"), Value{}}} {
		if b, err := EncodeVar(bad); err == nil {
			t.Errorf("%v became %x", bad, b)
		}
	}
	if v, err := DecodeVar([]byte{0x30, 1, 6}); err == nil {
		t.Errorf("half a variable is %v", v)
	}
}
