package filter

import "golang.org/x/net/bpf"

// A Program is a compiled filter. The zero Program accepts every packet. It may be used by several goroutines at once.
type Program struct{ *compiled }

type compiled struct {
	instructions []bpf.RawInstruction
	steps        []step
}

// Instructions are the program as a kernel takes it; nil for the zero Program. They are shared: don't change them.
func (p Program) Instructions() []bpf.RawInstruction {
	if p.compiled == nil {
		return nil
	}
	return p.instructions
}

// Match runs the program over a frame that was wireLen bytes long on the wire. It is false where the program reads
// beyond the frame's end, as in a kernel.
func (p Program) Match(frame []byte, wireLen int) bool {
	return p.compiled == nil || run(p.steps, frame, uint32(wireLen))
}
