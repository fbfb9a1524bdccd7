package filter

import "moonwire/host/filter/internal/flow"

var actions = map[uint16]action{
	flow.Return:                    doReturn,
	flow.LoadAbs | flow.Word:       doLoadWord,
	flow.LoadAbs | flow.Half:       doLoadHalf,
	flow.LoadAbs | flow.Byte:       doLoadByte,
	flow.LoadInd | flow.Word:       doLoadIndWord,
	flow.LoadInd | flow.Half:       doLoadIndHalf,
	flow.LoadInd | flow.Byte:       doLoadIndByte,
	flow.LoadXIPv4:                 doLoadIPv4,
	flow.LoadImm:                   doLoadImm,
	flow.LoadXImm:                  doLoadXImm,
	flow.LoadMem:                   doLoadMem,
	flow.LoadXMem:                  doLoadXMem,
	flow.LoadLen:                   doLoadLen,
	flow.Store:                     doStore,
	flow.StoreX:                    doStoreX,
	flow.TAX:                       doTAX,
	flow.TXA:                       doTXA,
	flow.Alu | flow.Add:            doAdd,
	flow.Alu | flow.And:            doAnd,
	flow.Alu | flow.Lsh:            doLsh,
	flow.Jump:                      doJump,
	flow.JumpK | flow.Equal:        doCompare,
	flow.JumpK | flow.Greater:      doCompare,
	flow.JumpX | flow.Equal:        doCompare,
	flow.JumpX | flow.Greater:      doCompare,
	flow.JumpK | flow.AnyBit:       doCompare,
	flow.JumpX | flow.AnyBit:       doCompare,
	flow.JumpK | flow.GreaterEqual: doCompare,
	flow.JumpX | flow.GreaterEqual: doCompare,
}

var comparisons = map[uint16]uint8{
	flow.JumpK | flow.Equal: compareEqual, flow.JumpK | flow.Greater: compareGreater,
	flow.JumpK | flow.GreaterEqual: compareGreaterEqual, flow.JumpK | flow.AnyBit: compareAnyBit,
	flow.JumpX | flow.Equal: compareEqualX, flow.JumpX | flow.Greater: compareGreaterX,
	flow.JumpX | flow.GreaterEqual: compareGreaterEqualX, flow.JumpX | flow.AnyBit: compareAnyBitX,
}

// prepare makes the steps of a program. An instruction that is joined with the comparison after it keeps its own
// number, so that jumps lead to the same places.
func prepare(code []ins) []step {
	steps := make([]step, len(code))
	for at, i := range code {
		s := &steps[at]
		do, ok := actions[i.Op]
		switch {
		case !ok:
			*s = step{do: doAlu, k: uint32(i.Op & 0xf0), v: i.K}
			if i.Op&8 != 0 {
				s.compare = compareEqualX
			}
			continue
		case do == doCompare:
			s.join(i, at)
			continue
		case do == doJump:
			s.yes = uint16(at + 1 + int(int32(i.K)))
		}
		s.do, s.k = do, i.K
		if at+1 < len(code) && do != doJump && do != doReturn {
			if next := code[at+1]; comparisons[next.Op] != compareNothing {
				s.join(next, at+1)
				s.do = do
			}
		}
	}
	return steps
}

// join makes a comparison the end of a step.
func (s *step) join(i ins, at int) {
	s.do, s.compare, s.v = doCompare, comparisons[i.Op], i.K
	s.yes, s.no = uint16(at+1+int(i.Jt)), uint16(at+1+int(i.Jf))
}
