package filter

import (
	"fmt"
	"strings"

	"moonwire/host/filter/internal/flow"
)

// Text is the program as tcpdump -d prints it.
func (p Program) Text() string {
	var b strings.Builder
	for at, i := range p.Instructions() {
		name, operand := describe(i, at)
		line := fmt.Sprintf("(%03d) %-8s %s", at, name, operand)
		if i.Op&7 == 5 && i.Op != flow.Jump {
			line = fmt.Sprintf("(%03d) %-8s %-16s jt %d\tjf %d", at, name, operand, at+1+int(i.Jt), at+1+int(i.Jf))
		}
		b.WriteString(line + "\n")
	}
	return b.String()
}

// describe names an instruction and its operand in the notation of McCanne and Jacobson's assembler.
func describe(i ins, at int) (name, operand string) {
	k := i.K
	switch i.Op &^ 0x18 {
	case flow.LoadAbs:
		return "ld" + sizeLetter(i), fmt.Sprintf("[%d]", int32(k))
	case flow.LoadInd:
		return "ld" + sizeLetter(i), fmt.Sprintf("[x + %d]", int32(k))
	}
	switch i.Op {
	case flow.Return:
		return "ret", fmt.Sprintf("#%d", k)
	case flow.ReturnA:
		return "ret", ""
	case flow.LoadImm:
		return "ld", fmt.Sprintf("#0x%x", k)
	case flow.LoadXImm:
		return "ldx", fmt.Sprintf("#0x%x", k)
	case flow.LoadLen:
		return "ld", "#pktlen"
	case flow.LoadXLen:
		return "ldx", "#pktlen"
	case flow.LoadMem:
		return "ld", fmt.Sprintf("M[%d]", k)
	case flow.LoadXMem:
		return "ldx", fmt.Sprintf("M[%d]", k)
	case flow.LoadXIPv4:
		return "ldxb", fmt.Sprintf("4*([%d]&0xf)", int32(k))
	case flow.Store:
		return "st", fmt.Sprintf("M[%d]", k)
	case flow.StoreX:
		return "stx", fmt.Sprintf("M[%d]", k)
	case flow.TAX:
		return "tax", ""
	case flow.TXA:
		return "txa", ""
	case flow.Jump:
		return "ja", fmt.Sprintf("%d", at+1+int(int32(k)))
	}
	return describeOperation(i)
}

func sizeLetter(i ins) string {
	return map[uint16]string{flow.Word: "", flow.Half: "h", flow.Byte: "b"}[i.Op&0x18]
}

var (
	jumpNames = map[uint16]string{flow.Equal: "jeq", flow.Greater: "jgt", flow.GreaterEqual: "jge", flow.AnyBit: "jset"}
	aluNames  = map[uint16]string{
		flow.Add: "add", flow.Sub: "sub", flow.Mul: "mul", flow.Div: "div", flow.Mod: "mod", flow.And: "and",
		flow.Or: "or", flow.Xor: "xor", flow.Lsh: "lsh", flow.Rsh: "rsh", flow.Neg: "neg",
	}
)

func describeOperation(i ins) (name, operand string) {
	op := i.Op & 0xf0
	if i.Op&8 != 0 {
		operand = "x"
	}
	if i.Op&7 == 5 {
		if operand == "" {
			operand = fmt.Sprintf("#0x%x", i.K)
		}
		return jumpNames[op], operand
	}
	if operand == "" && op != flow.Neg {
		operand = fmt.Sprintf("#%d", i.K)
		if op == flow.And || op == flow.Or || op == flow.Xor {
			operand = fmt.Sprintf("#0x%x", i.K)
		}
	}
	return aluNames[op], operand
}

// C is the program as C source, as tcpdump -dd prints it.
func (p Program) C() string { return p.list("{ 0x%x, %d, %d, 0x%08x },\n") }

// Decimal is the program as decimal numbers after their count, as tcpdump -ddd prints it.
func (p Program) Decimal() string {
	return fmt.Sprintf("%d\n", len(p.Instructions())) + p.list("%d %d %d %d\n")
}

// list is the numbers of each instruction.
func (p Program) list(format string) string {
	var b strings.Builder
	for _, i := range p.Instructions() {
		fmt.Fprintf(&b, format, i.Op, i.Jt, i.Jf, i.K)
	}
	return b.String()
}
