package afpacket

import (
	"testing"

	"golang.org/x/net/bpf"
)

// run runs a program over a frame in user space.
func run(t *testing.T, program []bpf.RawInstruction, frame []byte) int {
	t.Helper()
	code, whole := bpf.Disassemble(program)
	if !whole {
		t.Fatal("not a program:", program)
	}
	vm, err := bpf.NewVM(code)
	if err != nil {
		t.Fatal(err)
	}
	n, err := vm.Run(frame)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestProgramKeepsSnap(t *testing.T) {
	frame := make([]byte, 100)
	filter, err := bpf.Assemble([]bpf.Instruction{bpf.LoadAbsolute{Size: 1}, bpf.JumpIf{SkipTrue: 1}, bpf.RetConstant{}, bpf.RetConstant{Val: 1 << 18}})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		filter []bpf.RawInstruction
		first  byte
		want   int
	}{{nil, 0, 60}, {filter, 0, 60}, {filter, 1, 0}, {Drop, 0, 0}} {
		frame[0] = tt.first
		if got := run(t, Program(tt.filter, 60), frame); got != tt.want {
			t.Errorf("%v: %d", tt, got)
		}
	}
}

func TestCookedProgram(t *testing.T) {
	for _, tt := range []struct {
		offset uint32
		mode   uint16
		want   uint32
	}{
		{0, 0x20, factProtocol}, {4, 0x20, factInterface}, {8, 0x20, factHardware}, {10, 0x20, factDirection},
		{20, 0x20, 0}, {29, 0x20, 9}, {22, 0x40, 2}, {20, 0xa0, 0}, {factProtocol, 0x20, factProtocol},
	} {
		out, err := CookedProgram([]bpf.RawInstruction{{Op: tt.mode, K: tt.offset}})
		if err != nil || out[0].K != tt.want {
			t.Errorf("byte %d: %v %v", tt.offset, out, err)
		}
	}
	for _, bad := range []bpf.RawInstruction{{Op: 0x20, K: 12}, {Op: 0x40, K: 0}, {Op: 0xa0, K: 4}, {Op: 0x30, K: 2}} {
		if _, err := CookedProgram([]bpf.RawInstruction{bad}); err == nil {
			t.Errorf("%v reads what isn't there", bad)
		}
	}
	if out, err := CookedProgram([]bpf.RawInstruction{{Op: 0x15, K: 12}, {Op: 0x06, K: 7}, {Op: 0x80}}); err != nil || out[0].K != 12 || out[1].K != 7 {
		t.Error("no loads:", out, err)
	}
}
