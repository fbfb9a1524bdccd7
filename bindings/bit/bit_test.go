package bit

import (
	"math"
	"testing"
)

// Rows whose name says so are printed in the documentation of Lua BitOp (bitop.luajit.org/api.html).
func TestToBit(t *testing.T) {
	for _, tt := range []struct {
		in   float64
		want int32
	}{
		{0xffffffff, -1},    // documented
		{0xffffffff + 1, 0}, // documented
		{1<<40 + 1234, 1234},
		{-1, -1},
		{math.MinInt32, math.MinInt32},
		{0x80000000, math.MinInt32},
		{0.5, 0}, {1.5, 2}, {2.5, 2}, {-0.5, 0}, {-1.5, -2},
		{math.NaN(), 0}, {math.Inf(1), 0},
		{-4294967297, -1},
	} {
		if got := ToBit(tt.in); got != tt.want {
			t.Errorf("ToBit(%v) = %d, want %d", tt.in, got, tt.want)
		}
	}
}

func TestToHex(t *testing.T) {
	for _, tt := range []struct {
		n      int32
		digits int
		want   string
	}{
		{1, 8, "00000001"}, {-1, 8, "ffffffff"}, {-1, -8, "FFFFFFFF"}, {0x21, 4, "0021"}, // documented
		{-2023406815, 4, "4321"}, {0x87654, 0, ""}, {1, 9, "000000001"}, {255, -2, "FF"},
	} {
		if got := ToHex(tt.n, tt.digits); got != tt.want {
			t.Errorf("ToHex(%d, %d) = %q, want %q", tt.n, tt.digits, got, tt.want)
		}
	}
}
