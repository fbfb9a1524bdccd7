package bit

import (
	"fmt"
	"math"
	"math/bits"
)

// ToBit is n as a 32-bit number: rounded to the nearest integer (to even on a tie, as LuaJIT does), then taken modulo
// 2^32. NaN and the infinities are 0.
func ToBit(n float64) int32 {
	if i := int32(n); float64(i) == n {
		return i
	}
	n = math.Mod(math.RoundToEven(n), 1<<32)
	if math.IsNaN(n) {
		return 0
	}
	return int32(uint32(int64(n)))
}

// ToHex writes the last |digits| hexadecimal digits of n, zeros before the first; negative digits make capitals. 254
// digits are the most, as in LuaJIT.
func ToHex(n int32, digits int) string {
	format := "%0*x"
	if digits < 0 {
		format, digits = "%0*X", -digits
	}
	digits = min(digits, 254)
	if digits == 0 {
		return ""
	}
	return fmt.Sprintf(format, digits, uint64(uint32(n))&(1<<min(4*digits, 32)-1))
}

// The shifts take the low five bits of their count.
func shiftLeft(n, count int32) int32       { return n << (uint32(count) & 31) }
func shiftRight(n, count int32) int32      { return int32(uint32(n) >> (uint32(count) & 31)) }
func shiftArithmetic(n, count int32) int32 { return n >> (uint32(count) & 31) }
func rotateLeft(n, count int32) int32      { return int32(bits.RotateLeft32(uint32(n), int(count&31))) }
func rotateRight(n, count int32) int32     { return int32(bits.RotateLeft32(uint32(n), -int(count&31))) }

func not(n int32) int32  { return ^n }
func swap(n int32) int32 { return int32(bits.ReverseBytes32(uint32(n))) }
func same(n int32) int32 { return n }

func and(a, b int32) int32 { return a & b }
func or(a, b int32) int32  { return a | b }
func xor(a, b int32) int32 { return a ^ b }
