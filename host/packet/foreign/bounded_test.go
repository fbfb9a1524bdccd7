package foreign_test

import (
	"encoding/hex"
	"math/rand/v2"
	"runtime"
	"testing"

	"moonwire/host/packet/foreign"
)

// TestBounded reads mutated frames as every layer that only gopacket knows: none may take much more memory than it has
// bytes, whatever its counts and lengths promise.
func TestBounded(t *testing.T) {
	const tries, most = 300, 8 << 20
	reg := foreign.Registry()
	random := rand.New(rand.NewPCG(1, 2))
	for _, pr := range reg.Protocols() {
		if pr.Buildable() {
			continue
		}
		for range tries {
			b := mutated(random)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			walk(t, reg, pr, b)
			runtime.ReadMemStats(&after)
			if took := after.TotalAlloc - before.TotalAlloc; took > most {
				t.Errorf("%s: %d bytes of memory for %x", pr.Name, took, b)
				break
			}
		}
	}
}

// mutated is the end of a frame with some bytes changed, most of them to what is large as a number.
func mutated(random *rand.Rand) []byte {
	b, _ := hex.DecodeString(frames[random.IntN(len(frames))].hex)
	b = b[random.IntN(len(b)):]
	for range random.IntN(8) {
		i := random.IntN(len(b))
		b[i] = []byte{0, 1, 0x7f, 0x80, 0xff, byte(random.IntN(256))}[random.IntN(6)]
		if random.IntN(2) == 0 {
			for j := i; j < min(i+4, len(b)); j++ {
				b[j] = 0xff
			}
		}
	}
	return b
}
