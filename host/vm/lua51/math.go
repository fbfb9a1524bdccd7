package lua51

import (
	"math"
	"math/rand/v2"

	"moonwire/host/vm/lua51/machine"
	"moonwire/host/vm/lua51/number"

	lua "github.com/yuin/gopher-lua"
)

func (l *library) openMath(L *lua.LState) {
	random := rand.NewPCG(uint64(l.Seed), 0)
	t := l.register(L, "math", entry{"random", mathRandom(rand.New(random))}, entry{"randomseed", mathSeed(random)},
		entry{"atan2", binary(math.Atan2)}, entry{"fmod", binary(math.Mod)}, entry{"mod", binary(math.Mod)},
		entry{"pow", binary(number.Pow)}, entry{"frexp", mathFrexp}, entry{"ldexp", mathLdexp}, entry{"modf", mathModf},
		entry{"max", mathMax}, entry{"min", mathMin})
	for name, f := range map[string]func(float64) float64{
		"abs": math.Abs, "acos": math.Acos, "asin": math.Asin, "atan": math.Atan, "ceil": math.Ceil, "cos": math.Cos,
		"cosh": math.Cosh, "exp": math.Exp, "floor": math.Floor, "log": math.Log, "log10": math.Log10, "sin": math.Sin,
		"sinh": math.Sinh, "sqrt": math.Sqrt, "tan": math.Tan, "tanh": math.Tanh,
		"deg": func(f float64) float64 { return f / (math.Pi / 180) },
		"rad": func(f float64) float64 { return f * (math.Pi / 180) },
	} {
		t.RawSetString(name, L.NewFunction(unary(f)))
	}
	t.RawSetString("huge", lua.LNumber(math.Inf(1)))
	t.RawSetString("pi", lua.LNumber(math.Pi))
}

func unary(f func(float64) float64) lua.LGFunction {
	return func(L *lua.LState) int { return ret(L, lua.LNumber(f(checkNumber(L, 1)))) }
}

func binary(f func(a, b float64) float64) lua.LGFunction {
	return func(L *lua.LState) int { return ret(L, lua.LNumber(f(checkNumber(L, 1), checkNumber(L, 2)))) }
}

func mathFrexp(L *lua.LState) int {
	f, e := math.Frexp(checkNumber(L, 1))
	return ret(L, lua.LNumber(f), lua.LNumber(e))
}

func mathLdexp(L *lua.LState) int {
	return ret(L, lua.LNumber(math.Ldexp(checkNumber(L, 1), checkInt(L, 2))))
}

func mathModf(L *lua.LState) int {
	f := checkNumber(L, 1)
	whole, part := math.Trunc(f), 0.0
	if !math.IsInf(f, 0) {
		part = f - whole
	}
	return ret(L, lua.LNumber(whole), lua.LNumber(math.Copysign(part, f)))
}

func mathMax(L *lua.LState) int {
	most := checkNumber(L, 1)
	for i := 2; i <= L.GetTop(); i++ {
		if f := checkNumber(L, i); f > most {
			most = f
		}
	}
	return ret(L, lua.LNumber(most))
}

func mathMin(L *lua.LState) int {
	least := checkNumber(L, 1)
	for i := 2; i <= L.GetTop(); i++ {
		if f := checkNumber(L, i); f < least {
			least = f
		}
	}
	return ret(L, lua.LNumber(least))
}

func mathRandom(r *rand.Rand) lua.LGFunction {
	return func(L *lua.LState) int {
		f := r.Float64()
		switch L.GetTop() {
		case 0:
			return ret(L, lua.LNumber(f))
		case 1:
			high := checkInt(L, 1)
			if high < 1 {
				machine.ArgError(L, 1, "interval is empty")
			}
			return ret(L, lua.LNumber(math.Floor(f*float64(high))+1))
		case 2:
			low, high := checkInt(L, 1), checkInt(L, 2)
			if low > high {
				machine.ArgError(L, 2, "interval is empty")
			}
			return ret(L, lua.LNumber(math.Floor(f*(float64(high)-float64(low)+1))+float64(low)))
		}
		machine.Error(L, 1, "wrong number of arguments")
		return 0
	}
}

func mathSeed(source *rand.PCG) lua.LGFunction {
	return func(L *lua.LState) int {
		source.Seed(uint64(checkInt(L, 1)), 0)
		return 0
	}
}
