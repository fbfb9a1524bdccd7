// Package flow holds a filter as a graph of tests, shortens it and writes it as classic BPF.
//
// A filter is built as a tree of conditions (Test, And, Or, Not). Lower makes a graph of blocks from it: each block
// runs straight-line code and ends in one test with two successors, the last blocks accept or refuse. Optimise
// shortens the graph by the methods of McCanne and Jacobson, "The BSD Packet Filter" (USENIX 1993): value numbering,
// tests decided by an earlier test, common loads pulled together. Assemble lays the blocks out.
package flow

import "golang.org/x/net/bpf"

// An Ins is one instruction of the BPF machine. Jt and Jf are used only by jumps inside a block's code.
type Ins = bpf.RawInstruction

// Instruction codes, as in the Linux header linux/bpf_common.h.
const (
	LoadImm   = 0x00 // A = k
	LoadAbs   = 0x20 // A = packet[k], with a Size
	LoadInd   = 0x40 // A = packet[X+k], with a Size
	LoadMem   = 0x60 // A = M[k]
	LoadLen   = 0x80 // A = the packet's length on the wire
	LoadXImm  = 0x01 // X = k
	LoadXMem  = 0x61 // X = M[k]
	LoadXLen  = 0x81 // X = the packet's length on the wire
	LoadXIPv4 = 0xb1 // X = 4 * (packet[k] & 15): the length of an IPv4 header
	Store     = 0x02 // M[k] = A
	StoreX    = 0x03 // M[k] = X
	Alu       = 0x04 // A = A op k, with an operation
	AluX      = 0x0c // A = A op X, with an operation
	Jump      = 0x05 // goto k
	JumpK     = 0x05 // compare A with k, with a comparison
	JumpX     = 0x0d // compare A with X, with a comparison
	Return    = 0x06 // accept k bytes
	ReturnA   = 0x16 // accept A bytes
	TAX       = 0x07 // X = A
	TXA       = 0x87 // A = X
)

// Sizes of a load.
const (
	Word = 0x00
	Half = 0x08
	Byte = 0x10
)

// Operations of Alu and AluX.
const (
	Add = 0x00
	Sub = 0x10
	Mul = 0x20
	Div = 0x30
	Or  = 0x40
	And = 0x50
	Lsh = 0x60
	Rsh = 0x70
	Neg = 0x80
	Mod = 0x90
	Xor = 0xa0
)

// Comparisons of JumpK and JumpX.
const (
	Equal        = 0x10
	Greater      = 0x20
	GreaterEqual = 0x30
	AnyBit       = 0x40
)

// Words is the number of words in the machine's memory M.
const Words = 16

// Parts of an instruction code.
const (
	classMask   = 0x07
	classLoad   = 0x00
	classLoadX  = 0x01
	classStore  = 0x02
	classStoreX = 0x03
	classAlu    = 0x04
	classJump   = 0x05
	classMisc   = 0x07
	modeMask    = 0xe0
	modeMem     = 0x60
	modeInd     = 0x40
	sizeMask    = 0x18
	opMask      = 0xf0
	sourceX     = 0x08
)

// nop stands in the place of an instruction that was removed, until the code is written.
const nop = 0xffff

func class(op uint16) uint16 { return op & classMask }
func mode(op uint16) uint16  { return op & modeMask }
