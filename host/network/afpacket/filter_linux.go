package afpacket

import (
	"os"

	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"
)

// AttachFilter gives the socket fd a filter program in the place of the one it had.
func AttachFilter(fd int, program []bpf.RawInstruction) error {
	code := make([]unix.SockFilter, len(program))
	for i, ins := range program {
		code[i] = unix.SockFilter{Code: ins.Op, Jt: ins.Jt, Jf: ins.Jf, K: ins.K}
	}
	err := unix.SetsockoptSockFprog(fd, unix.SOL_SOCKET, unix.SO_ATTACH_FILTER, &unix.SockFprog{Len: uint16(len(code)), Filter: &code[0]})
	return os.NewSyscallError("setsockopt SO_ATTACH_FILTER", err)
}

// Program makes a filter keep at most snap bytes of a frame. An empty one lets every frame through.
func Program(filter []bpf.RawInstruction, snap uint32) []bpf.RawInstruction {
	if len(filter) == 0 {
		return []bpf.RawInstruction{{Op: returnConstant, K: snap}}
	}
	out := make([]bpf.RawInstruction, len(filter))
	for i, ins := range filter {
		if ins.Op == returnConstant {
			ins.K = min(ins.K, snap)
		}
		out[i] = ins
	}
	return out
}

const returnConstant = unix.BPF_RET | unix.BPF_K

// Drop lets no frame through.
var Drop = []bpf.RawInstruction{{Op: returnConstant, K: 0}}
