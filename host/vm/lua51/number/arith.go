package number

import "math"

// Mod is Lua's a % b, by the manual's definition: a - floor(a/b)*b.
func Mod(a, b float64) float64 {
	// The conversion keeps the product from being fused with the subtraction.
	return a - float64(math.Floor(a/b)*b)
}

// maxExponent is the largest whole exponent that Pow multiplies out.
const maxExponent = 1 << 11

// Pow is a ^ b. Whole powers are multiplied out in twice the precision, so that 10^23 == 1e23 as with a correctly
// rounded pow.
func Pow(a, b float64) float64 {
	if b != math.Trunc(b) || math.Abs(b) > maxExponent || a == 0 || math.IsInf(a, 0) || a != a {
		return math.Pow(a, b)
	}
	high, low := 1.0, 0.0
	bh, bl := a, 0.0
	for n := int(math.Abs(b)); n > 0; n >>= 1 {
		if n&1 != 0 {
			high, low = multiply(high, low, bh, bl)
		}
		bh, bl = multiply(bh, bl, bh, bl)
	}
	if b < 0 {
		q := 1 / high
		r := math.FMA(-q, high, 1) - q*low
		high, low = q, r/high
	}
	if f := high + low; f == f && !math.IsInf(f, 0) && math.Abs(f) > 0x1p-960 {
		return f
	}
	return math.Pow(a, b)
}

// multiply is (a+b) * (c+d) in double-double arithmetic.
func multiply(a, b, c, d float64) (high, low float64) {
	p := a * c
	e := math.FMA(a, c, -p) + (float64(a*d) + float64(b*c))
	high = p + e
	return high, e - (high - p)
}
