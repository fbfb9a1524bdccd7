package names_test

import (
	"context"
	"testing"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/names"
	"moonwire/host/decl"
	"moonwire/host/mib"
	"moonwire/host/snmp/message"
)

// What a script sets, and the value that is sent.
func TestValue(t *testing.T) {
	tree := names.From(context.Background())
	bits := new(lua.LTable)
	for i, word := range []string{"internet", "endToEnd"} {
		bits.RawSetInt(i+1, lua.LString(word))
	}
	u64 := &lua.LUserData{Value: uint64(1) << 63}
	for _, tt := range []struct {
		name, typ string
		set       lua.LValue
		want      message.Value
	}{
		{"sysName.0", "", lua.LString("R2"), message.Text("R2")},
		{"sysName.0", "", lua.LNumber(5), message.Text("5")},
		{"ifAdminStatus.2", "", lua.LString("down"), message.Integer(2)},
		{"ifAdminStatus.2", "", lua.LNumber(2), message.Integer(2)},
		{"ifAdminStatus.2", "", lua.LString("down(2)"), message.Integer(2)},
		{"ifPromiscuousMode.2", "", lua.LTrue, message.Integer(1)},
		{"ifPromiscuousMode.2", "", lua.LFalse, message.Integer(2)},
		{"ifPhysAddress.2", "", lua.LString("02:00:00:00:00:0a"), message.Text("\x02\x00\x00\x00\x00\x0a")},
		{"ifPhysAddress.2", "", lua.LString("\x02\x00\x00\x00\x00\x0a"), message.Text("\x02\x00\x00\x00\x00\x0a")},
		{"hrSystemDate.0", "", lua.LString("1992-5-26,13:30:15.0"), message.Text("\x07\xc8\x05\x1a\x0d\x1e\x0f\x00")},
		{"sysObjectID.0", "", lua.LString("enterprises.8072"), message.OIDValue([]uint32{1, 3, 6, 1, 4, 1, 8072})},
		{"ipAdEntAddr.10.0.0.1", "", lua.LString("10.0.0.1"), message.Contents(0x40, []byte{10, 0, 0, 1})},
		{"sysUpTime.0", "", lua.LNumber(4294967295), message.TimeTicks(4294967295)},
		{"ifHCInOctets.2", "", u64, message.Counter64(1 << 63)},
		{"ifHCInOctets.2", "", lua.LString("18446744073709551615"), message.Counter64(18446744073709551615)},
		{"1.3.6.1.4.1.424242.1", "", lua.LNumber(-3), message.Integer(-3)},
		{"1.3.6.1.4.1.424242.1", "", lua.LString("x"), message.Text("x")},
		{"1.3.6.1.4.1.424242.1", "", u64, message.Counter64(1 << 63)},
		{"1.3.6.1.4.1.424242.1", "IpAddress", lua.LString("10.0.0.1"), message.Contents(0x40, []byte{10, 0, 0, 1})},
		{"1.3.6.1.4.1.424242.1", "hex", lua.LString("00 ff:0a"), message.Text("\x00\xff\x0a")},
		{"1.3.6.1.4.1.424242.1", "Gauge32", lua.LNumber(7), message.Gauge32(7)},
		{"1.3.6.1.4.1.424242.1", "null", lua.LNil, message.Null},
		{"1.3.6.1.4.1.424242.1", "float", lua.LNumber(1.5), message.Float(1.5)},
		{"sysName.0", "Integer", lua.LNumber(7), message.Integer(7)}, // wrong on purpose
		{"snmpTargetParamsStorageType.97", "", lua.LString("volatile"), message.Integer(2)},
		{"eoDot3OamFunctionsSupported.1", "", lua.LNil, message.Value{}},
		{"dot3OamFunctionsSupported.1", "", lua.LString("loopbackSupport"), message.Text("\x40")},
	} {
		o, _, err := tree.Resolve(tt.name)
		if err != nil {
			if tt.want.Type != 0 {
				t.Error(err)
			}
			continue
		}
		got, err := names.Value(tree, o, tt.typ, tt.set)
		if err != nil || !got.Equal(tt.want) {
			t.Errorf("%s %s = %v: %v, %v; want %v", tt.name, tt.typ, tt.set, got, err, tt.want)
		}
	}
}

func TestBadValue(t *testing.T) {
	tree := names.From(context.Background())
	for _, tt := range []struct {
		name, typ string
		set       lua.LValue
		want      string
	}{
		{"ifAdminStatus.2", "", lua.LString("donw"), "ifAdminStatus.2: Integer32 has no value 'donw' (did you mean 'down'?)"},
		{"ifAdminStatus.2", "", lua.LNumber(9), "ifAdminStatus.2: Integer32 has no value '9' (it has up, down, testing)"},
		{"ifAdminStatus.2", "", lua.LTrue, "ifAdminStatus.2: Integer can't be true or false"},
		{"sysName.0", "", new(lua.LTable), ""},
		{"sysName.0", "", &lua.LFunction{}, "sysName.0: DisplayString can't be made of a function"},
		{"sysServices.0", "", lua.LNumber(1.5), "sysServices.0: a whole number expected, got \"1.5\""},
		{"1.3.6.1.4.1.424242.1", "Integer", lua.LNumber(1.5), "enterprises.424242.1: a whole number expected, got \"1.5\""},
		{"1.3.6.1.4.1.424242.1", "", lua.LNumber(1.5), "enterprises.424242.1: a whole number expected, got 1.5: say a type"},
		{"sysServices.0", "", lua.LNumber(128), "sysServices.0: Integer32 has values 0 to 127, not 128"},
		{"1.3.6.1.4.1.424242.1", "Intger", lua.LNumber(1), "no type 'Intger' (did you mean 'Integer'?)"},
		{"1.3.6.1.4.1.424242.1", "Integer", lua.LNumber(1 << 31), "enterprises.424242.1: Integer has values from -2147483648 to 2147483647, not 2147483648"},
		{"1.3.6.1.4.1.424242.1", "hex", lua.LString("0"), "enterprises.424242.1: hexadecimal digits expected, got \"0\""},
		{"ipAdEntAddr.10.0.0.1", "", lua.LString("10.0.0"), "ipAdEntAddr.10.0.0.1: an IPv4 address expected, got \"10.0.0\""},
		{"sysObjectID.0", "", lua.LString("enterprise"), "sysObjectID.0: no MIB module names 'enterprise' (did you mean 'enterprises'?)"},
	} {
		o, _, err := tree.Resolve(tt.name)
		if err != nil {
			t.Fatal(err)
		}
		got, err := names.Value(tree, o, tt.typ, tt.set)
		if tt.want != "" && (err == nil || err.Error() != tt.want) {
			t.Errorf("%s %s = %v: %v, %v; want %s", tt.name, tt.typ, tt.set, got, err, tt.want)
		}
	}
}

// An InetAddress in a row is written as the type in its index says.
func TestAddressInRow(t *testing.T) {
	tree := names.From(context.Background())
	o, _, err := tree.Resolve(`inetCidrRouteNextHop.1.4.10.0.0.0.24.2.0.0.1.4.97.98.99.100`)
	if err != nil {
		t.Fatal(err)
	}
	if got := names.Text(tree, o, message.Text("abcd")); got != "97.98.99.100" {
		t.Errorf("got %s", got)
	}
}

// Names that a runtime loads are its own.
func TestRuntimes(t *testing.T) {
	one, other := decl.WithLocals(context.Background()), decl.WithLocals(context.Background())
	names.From(one).Add(&mib.Module{Name: "M", Nodes: []*mib.Node{{Name: "mine", Module: "M", OID: []uint32{1, 3, 9}, Kind: mib.Identifier}}})
	if _, err := names.From(one).Find("mine"); err != nil {
		t.Error(err)
	}
	if n, err := names.From(other).Find("mine"); err == nil {
		t.Errorf("another runtime finds %s", n)
	}
}
