package vm

import (
	"fmt"
	"runtime"
	"runtime/metrics"

	lua "github.com/yuin/gopher-lua"
)

// limitHeap ends the script when its heap, with so many bytes more, is too large. What the collector can free does not
// count; no Lua runs while it works, so the heap can't outrun it.
func (rt *Runtime) limitHeap(more uint64) {
	if heapBytes()+more <= rt.enough {
		return
	}
	runtime.GC()
	limit, used := rt.opt.Limits.Memory, heapBytes()
	if used+more > limit {
		rt.root.stop(&stop{kind: stopLimit, text: fmt.Sprintf("the memory limit of %d MB is reached (--max-memory)", limit>>20)})
	}
	rt.enough = max(limit, used+limit/8) // not again for every piece of garbage
}

// large is asked before a long string is made.
func (rt *Runtime) large(L *lua.LState, bytes int) {
	rt.limitHeap(uint64(bytes))
	threadOf(L).task.checkStop(L)
}

// heapBytes are those of objects, dead ones that are not yet collected included.
func heapBytes() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
