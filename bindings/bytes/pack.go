package bytes

import (
	"errors"
	"math"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// pack is bytes.pack(format, ...).
func pack(L *lua.LState) int {
	p := &packer{L: L, name: "bytes.pack", format: newFormat(decl.String(L, "bytes.pack", 1)), arg: 1}
	for !p.format.done() {
		it, err := p.format.next(len(p.out))
		if err != nil {
			raise(L, p.name, err)
		}
		if len(p.out)+it.pad+it.size > maxResult {
			decl.RaiseArg(L, 1, p.name, "format result too large")
		}
		p.zeros(it.pad)
		p.item(it)
	}
	L.Push(lua.LString(p.out))
	return 1
}

// raise raises a fault of the format.
func raise(L *lua.LState, name string, err error) {
	var bad *formatError
	if errors.As(err, &bad) && bad.arg > 0 {
		decl.RaiseArg(L, bad.arg, name, bad.message)
	}
	decl.Raise(L, err.Error())
}

// A packer turns arguments into bytes.
type packer struct {
	L      *lua.LState
	name   string
	format *format
	arg    int // last argument used
	out    []byte
}

func (p *packer) zeros(n int) { p.out = append(p.out, make([]byte, n)...) }

func (p *packer) bad(message string) { decl.RaiseArg(p.L, p.arg, p.name, message) }

func (p *packer) item(it item) {
	switch it.kind {
	case padding:
		p.zeros(1)
		return
	case aligning, nothing:
		return
	}
	p.arg++
	switch it.kind {
	case integer, unsigned:
		p.integer(it)
	case float:
		p.float(it.size)
	default:
		p.text(it)
	}
}

// integer appends a number or u64, which must fit unless the field has eight bytes or more.
func (p *packer) integer(it item) {
	n, negative := p.whole()
	if it.size < 8 {
		limit := uint64(1) << (8 * it.size)
		switch {
		case it.kind == unsigned && n >= limit:
			p.bad("unsigned overflow")
		case it.kind == integer && n+limit/2 >= limit:
			p.bad("integer overflow")
		}
	}
	p.out = appendInteger(p.out, n, it.size, p.format.big, negative && it.kind == integer)
}

// whole is the argument's two's complement, and whether it is negative.
func (p *packer) whole() (n uint64, negative bool) {
	if ud, ok := p.L.Get(p.arg).(*lua.LUserData); ok {
		if u, ok := ud.Value.(uint64); ok {
			return u, false
		}
	}
	f := decl.Number(p.L, p.name, p.arg)
	if f != math.Trunc(f) || f < -(1<<63) || f >= 1<<63 {
		p.bad("number has no integer representation")
	}
	return uint64(int64(f)), f < 0
}

// appendInteger appends the low size bytes of n, extended by its sign.
func appendInteger(out []byte, n uint64, size int, big, negative bool) []byte {
	start := len(out)
	for i := range size {
		b := byte(0)
		switch {
		case i < 8:
			b = byte(n >> (8 * i))
		case negative:
			b = 0xff
		}
		out = append(out, b)
	}
	if big {
		reverse(out[start:])
	}
	return out
}

func (p *packer) float(size int) {
	f := decl.Number(p.L, p.name, p.arg)
	bits := math.Float64bits(f)
	if size == 4 {
		bits = uint64(math.Float32bits(float32(f)))
	}
	p.out = appendInteger(p.out, bits, size, p.format.big, false)
}

func (p *packer) text(it item) {
	s := decl.String(p.L, p.name, p.arg)
	switch it.kind {
	case chars:
		if len(s) > it.size {
			p.bad("string longer than given size")
		}
		p.out = append(p.out, s...)
		p.zeros(it.size - len(s))
	case prefixed:
		if it.size < 8 && len(s) >= 1<<(8*it.size) {
			p.bad("string length does not fit in given size")
		}
		p.out = appendInteger(p.out, uint64(len(s)), it.size, p.format.big, false)
		p.out = append(p.out, s...)
	case zero:
		if strings.IndexByte(s, 0) >= 0 {
			p.bad("string contains zeros")
		}
		p.out = append(append(p.out, s...), 0)
	}
}

func reverse(b []byte) {
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
}
