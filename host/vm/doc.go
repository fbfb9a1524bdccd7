// Package vm runs Lua in blocking style. A task is a goroutine; all tasks of a Runtime share one Lua state, and the one
// that holds the baton runs. A binding that must wait gives the baton up inside decl.Host's Block, so ten thousand
// tasks wait as cheaply as one, and between two waits nothing else runs: n = n + 1 needs no lock.
//
// gopher-lua calls its context's Done before every instruction. thread is such a context: it counts instructions, sees
// that a task must stop, warns of one that runs too long, and is the decl.Host that bindings find.
//
// The package declares the modules task, clock and script, and replaces coroutine; it imports no binding.
package vm
