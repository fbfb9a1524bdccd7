package vm

import (
	"time"

	"moonwire/host/decl"
	"moonwire/host/network"

	lua "github.com/yuin/gopher-lua"
)

func countdownFunction() decl.Raw {
	return decl.Raw{Name: "countdown", Run: scriptCountdown, Why: "knows the runtime",
		Doc: "Tell that the script waits that long: on a terminal a bar fills by itself, with the time left, as script.progress would draw it. It returns at once.",
		Params: []decl.Param{{Name: "seconds", Type: "number", Doc: "at least 0"},
			{Name: "text", Type: "string", Optional: true, Doc: "what for"}},
		Example: "script.countdown(10, \"listening\") --> "}
}

// countdownStep is how often a countdown moves.
const countdownStep = 250 * time.Millisecond

func scriptCountdown(L *lua.LState) int {
	const name = "script.countdown"
	h := threadOf(L)
	wait, text := checkSeconds(L, name, 1), decl.CheckOr(L, name, 2, "text", "")
	tell := h.rt.opt.Progress
	if tell == nil {
		return 0
	}
	ctx, clock := h.Context(), network.ClockFrom(h.Context())
	begun := clock.Now()
	var step func()
	step = func() {
		passed := clock.Now().Sub(begun)
		if ctx.Err() != nil {
			passed = wait // who asked has ended
		}
		tell(min(passed, wait).Seconds(), wait.Seconds(), text)
		if passed < wait {
			clock.AfterFunc(min(countdownStep, wait-passed), step)
		}
	}
	step()
	return 0
}
