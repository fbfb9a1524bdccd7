package flow

import (
	"math/rand/v2"
	"slices"
	"testing"

	"golang.org/x/net/bpf"
)

// machine runs programs by the rules of another implementation.
func machine(t *testing.T, program []Ins) *bpf.VM {
	t.Helper()
	code, ok := bpf.Disassemble(program)
	if !ok {
		t.Fatal("an instruction that isn't known")
	}
	vm, err := bpf.NewVM(code)
	if err != nil {
		t.Fatal(err)
	}
	return vm
}

func verdict(t *testing.T, vm *bpf.VM, packet []byte) int {
	t.Helper()
	n, err := vm.Run(packet)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// randomCond makes conditions on the first bytes of a packet, whose values are few.
func randomCond(r *rand.Rand, depth int) *Cond {
	if depth > 0 {
		switch r.IntN(5) {
		case 0:
			return Not(randomCond(r, depth-1))
		case 1, 2:
			return All(randomCond(r, depth-1), randomCond(r, depth-1))
		case 3:
			return Any(randomCond(r, depth-1), randomCond(r, depth-1))
		}
	}
	at, k := uint32(r.IntN(6)), uint32(r.IntN(4))
	comparison := []uint16{Equal, Equal, Equal, Greater, GreaterEqual, AnyBit}[r.IntN(6)]
	code := []Ins{Raw(LoadAbs|Byte, at)}
	switch r.IntN(6) {
	case 0:
		code = append(code, Raw(Alu|And, uint32(r.IntN(4))))
	case 1: // as the generator computes: through memory
		op := []uint16{Add, Sub, Mul, And, Or, Xor}[r.IntN(6)]
		code = append(code, Raw(Store, 0), Raw(LoadImm, uint32(r.IntN(3))), Raw(Store, 1), Raw(LoadXMem, 1), Raw(LoadMem, 0),
			Raw(AluX|op, 0))
	case 2:
		code = []Ins{Raw(LoadImm, at), Raw(Store, 2), Raw(LoadXMem, 2), Raw(LoadInd|Byte, 1)}
	case 3:
		code = append(code, Raw(TAX, 0), Raw(LoadAbs|Byte, at/2))
		return Test(code, JumpX|comparison, 0)
	}
	return Test(code, JumpK|comparison, k)
}

func TestOptimiseKeepsMeaning(t *testing.T) {
	before, after := 0, 0
	for seed := range uint64(3000) {
		root := Lower(randomCond(rand.New(rand.NewPCG(seed, 2)), 5), 1)
		plain := Assemble(root)
		root, err := Optimise(Lower(randomCond(rand.New(rand.NewPCG(seed, 2)), 5), 1))
		if err != nil {
			t.Fatal(err)
		}
		short := Assemble(root)
		before, after = before+len(plain), after+len(short)
		if len(short) > len(plain) {
			t.Errorf("seed %d: %d instructions, %d before", seed, len(short), len(plain))
		}
		a, b := machine(t, plain), machine(t, short)
		r := rand.New(rand.NewPCG(seed, 3))
		for range 40 {
			packet := make([]byte, 8)
			for i := range packet {
				packet[i] = byte(r.IntN(4))
			}
			if verdict(t, a, packet) != verdict(t, b, packet) {
				t.Fatalf("seed %d: %v to %x\n%v\n%v", seed, verdict(t, b, packet), packet, plain, short)
			}
		}
	}
	if 2*after > before {
		t.Errorf("%d instructions, %d before: hardly shorter", after, before)
	}
}

// TestFarJumps makes programs whose jumps are longer than an instruction can tell.
func TestFarJumps(t *testing.T) {
	for _, n := range []int{100, 253, 254, 255, 256, 257, 300, 700} {
		var c *Cond
		for i := range n {
			c = Any(c, Test([]Ins{Raw(LoadAbs|Half, 0)}, JumpK|Equal, uint32(i)))
		}
		root, err := Optimise(Lower(c, 1))
		if err != nil {
			t.Fatal(err)
		}
		vm := machine(t, Assemble(root))
		for i := range n + 2 {
			want := 0
			if i < n {
				want = 1
			}
			if got := verdict(t, vm, []byte{byte(i >> 8), byte(i)}); got != want {
				t.Errorf("%d of %d tests: %d", i, n, got)
			}
		}
	}
}

func TestInitialise(t *testing.T) {
	c := All(Test([]Ins{Raw(LoadImm, 7), Raw(Store, 3)}, JumpK|Equal, 7), Test([]Ins{Raw(LoadMem, 3)}, JumpK|Equal, 7))
	c = Any(Test([]Ins{Raw(LoadMem, 5)}, JumpK|Equal, 1), c)
	root := Lower(c, 1)
	Initialise(root)
	want := []Ins{Raw(LoadImm, 0), Raw(Store, 5)}
	if got := Assemble(root)[:3]; !slices.Equal(got[:2], want) || got[2].Op != LoadMem {
		t.Error(got)
	}
}

func TestArithmeticErrors(t *testing.T) {
	for _, op := range []uint16{Div, Mod, Lsh} {
		operand := map[uint16]uint32{Div: 0, Mod: 0, Lsh: 40}[op]
		code := []Ins{Raw(LoadAbs|Byte, 0), Raw(LoadXImm, operand), Raw(AluX|op, 0)}
		if op != Lsh {
			code = append([]Ins{Raw(LoadAbs|Byte, 0)}, Raw(Alu|op, operand))
		}
		if _, err := Optimise(Lower(Test(code, JumpK|Equal, 1), 1)); err == nil {
			t.Errorf("operation %#x with %d is taken", op, operand)
		}
	}
}
