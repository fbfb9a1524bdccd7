package names

import (
	"encoding/hex"
	"fmt"
	"math"
	"net/netip"
	"strconv"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/mib"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// Value makes what a set sends, or an agent holds, of a Lua value. The type is the one that typ names (Integer, OctetString
// …, hex for a string in hexadecimal); when typ is empty, the one that the MIB gives the object; and where that is not known,
// Integer for whole numbers, Counter64 for u64 and OctetString for strings. Text is read as the object's enumeration, display
// hint or convention has it; true and false are TruthValue's; a list of words is for BITS.
func Value(t *mib.Tree, o oid.OID, typ string, v lua.LValue) (message.Value, error) {
	s := &mib.Syntax{}
	if n, _ := t.Prefix(o); n != nil && n.Syntax != nil {
		s = n.Syntax
	}
	r := reader{tree: t, syntax: s, typ: Wire(s.Base)}
	if typ != "" {
		if err := r.retype(typ); err != nil {
			return message.Value{}, err
		}
	}
	value, err := r.read(v)
	if err != nil {
		return message.Value{}, fmt.Errorf("%s: %w", t.Name(o), err)
	}
	return value, nil
}

// A reader reads a Lua value as one type.
type reader struct {
	tree   *mib.Tree
	syntax *mib.Syntax // of the object, when the type is that of the MIB
	typ    message.Type
	hex    bool
}

// retype takes the type that the script names.
func (r *reader) retype(word string) error {
	if strings.EqualFold(word, "hex") {
		*r = reader{tree: r.tree, syntax: &mib.Syntax{}, typ: message.TypeOctetString, hex: true}
		return nil
	}
	typ, known := message.TypeNamed(word)
	if !known {
		return fmt.Errorf("no type '%s'%s", word, nearestType(word))
	}
	if typ != r.typ {
		*r = reader{tree: r.tree, syntax: &mib.Syntax{}, typ: typ}
	}
	return nil
}

// settable are the types that a value can have.
var settable = []message.Type{message.TypeInteger, message.TypeOctetString, message.TypeNull, message.TypeObjectIdentifier,
	message.TypeIPAddress, message.TypeCounter32, message.TypeGauge32, message.TypeTimeTicks, message.TypeOpaque,
	message.TypeCounter64, message.TypeOpaqueCounter64, message.TypeOpaqueFloat, message.TypeOpaqueDouble,
	message.TypeOpaqueInteger64, message.TypeOpaqueUnsigned64}

func nearestType(word string) string {
	names := []string{"hex"}
	for _, typ := range settable {
		names = append(names, typ.String())
	}
	if near := decl.Nearest(word, names); near != "" {
		return fmt.Sprintf(" (did you mean '%s'?)", near)
	}
	return ""
}

func (r *reader) read(v lua.LValue) (message.Value, error) {
	switch v := v.(type) {
	case lua.LBool:
		return r.truth(bool(v))
	case lua.LNumber:
		return r.number(float64(v))
	case lua.LString:
		return r.text(string(v))
	case *lua.LTable:
		if r.syntax.Base == mib.Bits {
			return r.text(words(v))
		}
	case *lua.LUserData:
		if n, ok := v.Value.(uint64); ok {
			return r.unsigned(n)
		}
	case *lua.LNilType:
		if r.typ == message.TypeNull {
			return message.Null, nil
		}
	}
	return message.Value{}, fmt.Errorf("%s can't be made of a %s", r.want(), decl.TypeName(v))
}

// want says what is expected.
func (r *reader) want() string {
	switch {
	case r.syntax.Name != "":
		return r.syntax.Name
	case r.typ == 0:
		return "value"
	}
	return r.typ.String()
}

// words are the strings of a list, for BITS.
func words(list *lua.LTable) string {
	var all []string
	for i := 1; i <= list.Len(); i++ {
		all = append(all, list.RawGetInt(i).String())
	}
	return strings.Join(all, ",")
}

func (r *reader) truth(yes bool) (message.Value, error) {
	if r.syntax.EnumName(1) != "true" || r.syntax.EnumName(2) != "false" {
		return message.Value{}, fmt.Errorf("%s can't be true or false", r.want())
	}
	if yes {
		return message.Integer(1), nil
	}
	return message.Integer(2), nil
}

func (r *reader) number(f float64) (message.Value, error) {
	whole := f == math.Trunc(f) && math.Abs(f) <= 1<<53
	switch {
	case r.typ == message.TypeOpaqueFloat:
		return message.Float(float32(f)), nil
	case r.typ == message.TypeOpaqueDouble:
		return message.Double(f), nil
	case !whole && r.typ == 0:
		return message.Value{}, fmt.Errorf("a whole number expected, got %v: say a type", f)
	case !whole:
		return r.text(strconv.FormatFloat(f, 'f', -1, 64))
	case r.typ == 0:
		return r.signed(message.TypeInteger, int64(f))
	case Numeric(r.typ):
		return r.signed(r.typ, int64(f))
	}
	return r.text(strconv.FormatInt(int64(f), 10))
}

// Numeric says whether a type holds a whole number.
func Numeric(t message.Type) bool {
	switch t {
	case message.TypeInteger, message.TypeCounter32, message.TypeGauge32, message.TypeTimeTicks, message.TypeCounter64,
		message.TypeOpaqueCounter64, message.TypeOpaqueInteger64, message.TypeOpaqueUnsigned64:
		return true
	}
	return false
}

// bounds are the least and the greatest number of a type, as far as 63 bits go.
func bounds(t message.Type) (low, high int64) {
	switch t {
	case message.TypeInteger:
		return math.MinInt32, math.MaxInt32
	case message.TypeCounter32, message.TypeGauge32, message.TypeTimeTicks:
		return 0, math.MaxUint32
	case message.TypeOpaqueInteger64:
		return math.MinInt64, math.MaxInt64
	}
	return 0, math.MaxInt64
}

func (r *reader) signed(typ message.Type, n int64) (message.Value, error) {
	if r.syntax.Base.Number() {
		if err := r.syntax.CheckInt(n); err != nil {
			return message.Value{}, err
		}
	}
	if low, high := bounds(typ); n < low || n > high {
		return message.Value{}, fmt.Errorf("%s has values from %d to %d, not %d", typ, low, high, n)
	}
	return message.Number(typ, uint64(n)), nil
}

func (r *reader) unsigned(n uint64) (message.Value, error) {
	switch {
	case r.typ == 0:
		return message.Counter64(n), nil
	case r.typ == message.TypeCounter64, r.typ == message.TypeOpaqueCounter64, r.typ == message.TypeOpaqueUnsigned64:
		return message.Number(r.typ, n), nil
	case n > math.MaxInt64:
		return message.Value{}, fmt.Errorf("%d is too large for a %s", n, r.want())
	}
	return r.signed(r.typ, int64(n))
}

func (r *reader) text(s string) (message.Value, error) {
	switch r.typ {
	case 0:
		return message.Text(s), nil
	case message.TypeObjectIdentifier:
		o, _, err := r.tree.Resolve(s)
		return message.OIDValue(o), err
	case message.TypeIPAddress:
		a, err := netip.ParseAddr(s)
		if err != nil || !a.Is4() {
			return message.Value{}, fmt.Errorf("an IPv4 address expected, got %q", s)
		}
		return message.IPAddress(a), nil
	case message.TypeOctetString:
		b, err := r.octets(s)
		return message.String(b), err
	case message.TypeOpaque:
		return message.Opaque([]byte(s)), nil
	case message.TypeCounter64, message.TypeOpaqueCounter64, message.TypeOpaqueUnsigned64:
		n, err := strconv.ParseUint(s, 10, 64)
		if err != nil {
			return message.Value{}, fmt.Errorf("a whole number from 0 to 2^64-1 expected, got %q", s)
		}
		return message.Number(r.typ, n), nil
	case message.TypeOpaqueFloat, message.TypeOpaqueDouble:
		f, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return message.Value{}, fmt.Errorf("a number expected, got %q", s)
		}
		return r.number(f)
	}
	if !Numeric(r.typ) {
		return message.Value{}, fmt.Errorf("%s has no value", r.typ)
	}
	n, err := r.syntax.ParseInt(s)
	if err != nil {
		return message.Value{}, err
	}
	return r.signed(r.typ, n)
}

// octets reads a string: in hexadecimal, or as the object's convention has it. Bytes that nobody would write as text are
// taken as they are.
func (r *reader) octets(s string) ([]byte, error) {
	if r.hex {
		b, err := hex.DecodeString(strings.NewReplacer(" ", "", ":", "", "-", "").Replace(s))
		if err != nil {
			return nil, fmt.Errorf("hexadecimal digits expected, got %q", s)
		}
		return b, nil
	}
	if r.syntax.Base == mib.NoType {
		return []byte(s), nil
	}
	b, err := r.syntax.ParseOctets(s)
	if err != nil && strings.ContainsFunc(s, func(c rune) bool { return c < ' ' || c > '~' }) {
		return []byte(s), r.syntax.CheckSize(len(s))
	}
	return b, err
}
