package afpacket

import (
	"fmt"

	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"
)

// What filters know beside the frame (linux/filter.h, SKF_AD…): facts that are loaded from an offset near 2^32.
const (
	ancillary = 1<<32 - 0x1000

	factProtocol  = ancillary + 0
	factDirection = ancillary + 4
	factInterface = ancillary + 8
	factHardware  = ancillary + 28
)

// cookedFields are where the kernel's filters find the fields of a cooked header.
var cookedFields = map[uint32]uint32{
	0:  factProtocol,
	4:  factInterface,
	8:  factHardware,
	10: factDirection,
}

// CookedProgram makes a filter that was written for cooked frames fit a socket where the header isn't there yet.
func CookedProgram(filter []bpf.RawInstruction) ([]bpf.RawInstruction, error) {
	out := make([]bpf.RawInstruction, len(filter))
	for i, ins := range filter {
		out[i] = ins
		if !loadsBytes(ins.Op) || ins.K >= ancillary {
			continue
		}
		field, known := cookedFields[ins.K]
		switch {
		case ins.K >= CookedHeader:
			out[i].K -= CookedHeader
		case known && ins.Op&modeMask == unix.BPF_ABS:
			out[i].K = field
		default:
			return nil, fmt.Errorf("instruction %d loads byte %d of a cooked header: %w", i, ins.K, unix.EINVAL)
		}
	}
	return out, nil
}

const (
	classMask = 0x07
	modeMask  = 0xe0
)

// loadsBytes says whether an instruction reads the frame.
func loadsBytes(op uint16) bool {
	class, mode := op&classMask, op&modeMask
	return (class == unix.BPF_LD || class == unix.BPF_LDX) && (mode == unix.BPF_ABS || mode == unix.BPF_IND || mode == unix.BPF_MSH)
}

// OnceOnLoopback drops frames that leave by the loopback interface of that index, since they arrive there right away.
func OnceOnLoopback(index int, filter []bpf.RawInstruction) []bpf.RawInstruction {
	load := uint16(unix.BPF_LD | unix.BPF_W | unix.BPF_ABS)
	equal := uint16(unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K)
	return append([]bpf.RawInstruction{
		{Op: load, K: factInterface},
		{Op: equal, Jf: 3, K: uint32(index)},
		{Op: load, K: factDirection},
		{Op: equal, Jf: 1, K: unix.PACKET_OUTGOING},
		{Op: returnConstant, K: 0},
	}, filter...)
}
