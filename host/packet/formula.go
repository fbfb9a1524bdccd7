package packet

import (
	"fmt"
	"strings"
)

// Slots of what a formula may name beside integer fields.
const (
	slotTotal = 1<<16 + iota
	slotHeader
	slotPayload
	slotSize  = 1 << 17 // and the field's index
	slotCount = 1 << 18
)

// formulas compiles the formulas of all fields, which may name any of them.
func (pr *Protocol) formulas() error {
	for i := range pr.Fields {
		f := &pr.Fields[i]
		if f.Formula == "" {
			continue
		}
		x, err := ParseExpr(f.Formula, pr.operandSlot)
		if err != nil {
			return fmt.Errorf("%s.%s: %w", pr.Name, f.Name, err)
		}
		f.Auto = func(c Context) uint64 { return uint64(x.eval(Header{proto: c.Protocol(), layer: c})) }
		pr.autos, pr.computed = pr.autos|1<<i, pr.computed|1<<i
	}
	if pr.Total == "" {
		return nil
	}
	x, err := ParseExpr(pr.Total, pr.operandSlot)
	if err != nil {
		return fmt.Errorf("%s: %w", pr.Name, err)
	}
	pr.End = func(c Context) int { return int(x.eval(Header{proto: pr, layer: c})) }
	return nil
}

// operandSlot finds what a formula names.
func (pr *Protocol) operandSlot(name string) (int, bool) {
	switch name {
	case "total":
		return slotTotal, true
	case "header":
		return slotHeader, true
	case "payload":
		return slotPayload, true
	}
	what, field, measured := strings.Cut(strings.TrimSuffix(name, ")"), "(")
	if !measured {
		return pr.slot(name)
	}
	f, ok := pr.byName[field]
	switch {
	case !ok:
		return 0, false
	case what == "size":
		return slotSize + f.index, true
	}
	return slotCount + f.index, true
}

// operand is what a formula names, of this layer.
func (c Context) operand(slot int) uint64 {
	fields := c.Protocol().Fields
	switch {
	case slot >= slotCount:
		return CountOf(fields[slot-slotCount].Name)(c)
	case slot >= slotSize:
		return FieldLen(fields[slot-slotSize].Name)(c)
	case slot == slotTotal:
		return TotalLen(c)
	case slot == slotHeader:
		return uint64(len(c.Header()))
	case slot == slotPayload:
		return PayloadLen(c)
	}
	f := c.pick(fields[slot].Name)
	if f == nil {
		return 0
	}
	n, _ := c.Number(f)
	return n
}
