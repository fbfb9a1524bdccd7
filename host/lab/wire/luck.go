package wire

import (
	"encoding/binary"
	"hash/fnv"
	"math/bits"
	"math/rand/v2"
)

// luck is the random numbers of one frame. Every frame has the same number of them, each with its own use, so that no
// impairment changes what another does.
type luck uint64

// The uses.
const (
	ofLoss = iota
	ofBurstTurn
	ofBurstLoss
	ofCorrupt
	ofBit
	ofDuplicate
	ofJitter
	ofReorder
	uses
)

// golden is the increment of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
const golden = 0x9e3779b97f4a7c15

// luckOf is that of frame n.
func luckOf(seed, n uint64) luck { return luck(seed + n*uses*golden) }

// word is 64 random bits: the output of SplitMix64 in that place of its sequence.
func (l luck) word(use uint64) uint64 {
	z := uint64(l) + (use+1)*golden
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// draw is a number from 0 to below 1.
func (l luck) draw(use uint64) float64 { return float64(l.word(use)>>11) / (1 << 53) }

// below is a number from 0 to below n.
func (l luck) below(use, n uint64) uint64 {
	most, _ := bits.Mul64(l.word(use), n)
	return most
}

// seedOf is where the numbers of one direction begin. A lab without a seed takes the system's randomness.
func seedOf(seed int64, link string, way int) uint64 {
	if seed == 0 {
		return rand.Uint64()
	}
	h := fnv.New64a()
	h.Write(binary.BigEndian.AppendUint64(nil, uint64(seed)))
	h.Write([]byte{byte(way)})
	h.Write([]byte(link))
	return h.Sum64()
}
