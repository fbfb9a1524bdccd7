package lua51_test

import (
	"context"
	"io"
	"testing"

	"moonwire/host/vm"
)

// The programs below are linear in the reference interpreter. Each benchmark runs one at two sizes: the time per item
// must stay about the same.
var linear = map[string]string{
	"unpack":    `local t = {} for i = 1, N do t[i] = i end return function() return select("#", unpack(t)) end`,
	"gsub":      `local s = ("ab "):rep(N) return function() s:gsub("%a+", "x") end`,
	"gsub call": `local s = ("ab "):rep(N) return function() s:gsub("%a+", function(w) return w end) end`,
	"gmatch":    `local s = ("ab "):rep(N) return function() for w in s:gmatch("%a+") do end end`,
	"concat":    `local t = {} for i = 1, N do t[i] = "item" .. i end return function() table.concat(t, ",") end`,
	"pop":       `return function() local t = {} for i = 1, N do t[#t + 1] = i end while #t > 0 do t[#t] = nil end end`,
	"clear":     `return function() local t = {} for i = 1, N do t["k" .. i] = i end for k in pairs(t) do t[k] = nil end end`,
	"traceback": `local D = math.min(N / 10, 15000) local function f(n) if n == 0 then error("x") end return 1 + f(n - 1) end
		return function() xpcall(function() f(D) end, debug.traceback) end`,
}

func BenchmarkLinear(b *testing.B) {
	for name, program := range linear {
		for _, size := range []struct{ name, n string }{{"10k", "10000"}, {"100k", "100000"}} {
			b.Run(name+"/"+size.name, func(b *testing.B) {
				rt, err := vm.New(vm.Options{Stdout: io.Discard})
				if err != nil {
					b.Fatal(err)
				}
				defer rt.Close()
				source := "N = " + size.n + " bench = (function() " + program + " end)()"
				if err := rt.Eval(context.Background(), "bench", source, nil); err != nil {
					b.Fatal(err)
				}
				for b.Loop() {
					if err := rt.Eval(context.Background(), "bench", "bench()", nil); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
