package filter

import (
	"fmt"

	"moonwire/host/filter/internal/flow"
)

// protochain tests that a protocol stands somewhere in the chain of an IP packet's headers.
func (g *generator) protochain(n uint32, over proto) *cond {
	switch over {
	case anyProto:
		four := g.protochain(n, ip)
		return flow.Any(four, g.protochain(n, ip6))
	case ip, ip6:
	default:
		g.fail("%s has no chain of protocols: protochain goes with ip or ip6, or with no protocol", over)
	}
	if g.payload.variable {
		g.fail("protochain needs headers of a fixed length before the IP header")
	}
	next := g.takeRegister()
	defer g.freeRegister(next)
	g.verbatim = true
	w := chainWalk{base: g.payload.base + g.network, wanted: n, next: uint32(next), six: over == ip6}
	is := g.carries(typeIPv4)
	if w.six {
		is = g.carries(typeIPv6)
	}
	return flow.All(is, g.test(w.code(g.options.Live), flow.JumpK|flow.Equal, n))
}

// chainDepth is how many headers a program for the kernel looks at: it takes no program that jumps back.
const chainDepth = 8

// A chainWalk writes the code that walks from header to header. X is the present header's offset from base, and A the
// protocol that stands there.
type chainWalk struct {
	base   uint32
	wanted uint32
	next   uint32 // a register
	six    bool
	listing
}

func (w *chainWalk) code(unrolled bool) []ins {
	if w.six {
		w.add(flow.LoadAbs|flow.Byte, w.base+6)
		w.add(flow.LoadXImm, 40)
	} else {
		w.add(flow.LoadAbs|flow.Byte, w.base+9)
		w.add(flow.LoadXIPv4, w.base)
	}
	if !unrolled {
		w.label("again")
		w.step(0, "again")
	} else {
		for i := range chainDepth {
			after := fmt.Sprint("step ", i)
			w.step(i, after)
			w.label(after)
		}
	}
	return w.finish()
}

// step goes on behind one header, or to the end with the protocol that is wanted or that ends the chain.
func (w *chainWalk) step(i int, after string) {
	ah, extension := fmt.Sprint("ah ", i), fmt.Sprint("extension ", i)
	w.when(flow.Equal, w.wanted, "end", "")
	w.when(flow.Equal, numNone, "end", "")
	if w.six {
		// RFC 8200 section 4: the length is in units of 8 bytes, without the first.
		w.when(flow.Equal, numHopByHop, extension, "")
		w.when(flow.Equal, numDestOpts, extension, "")
		w.when(flow.Equal, numRouting, extension, "")
		w.when(flow.Equal, numFragment, extension, ah)
		w.label(extension)
		w.add(flow.LoadInd|flow.Byte, w.base)
		w.add(flow.Store, w.next)
		w.add(flow.LoadInd|flow.Byte, w.base+1)
		w.add(flow.Alu|flow.Add, 1)
		w.add(flow.Alu|flow.Mul, 8)
		w.add(flow.AluX|flow.Add, 0)
		w.add(flow.TAX, 0)
		w.add(flow.LoadMem, w.next)
		w.jump(after)
	}
	// RFC 4302: the length is in words, without the first two. tcpdump takes it for an offset, and so do we.
	w.label(ah)
	w.when(flow.Equal, numAH, "", "end")
	w.add(flow.LoadInd|flow.Byte, w.base)
	w.add(flow.Store, w.next)
	w.add(flow.TXA, 0)
	w.add(flow.Alu|flow.Add, 1)
	w.add(flow.TAX, 0)
	w.add(flow.LoadInd|flow.Byte, w.base)
	w.add(flow.Alu|flow.Add, 2)
	w.add(flow.Alu|flow.Mul, 4)
	w.add(flow.TAX, 0)
	w.add(flow.LoadMem, w.next)
	w.jump(after)
}
