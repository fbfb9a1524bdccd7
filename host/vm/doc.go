// Package vm runs Lua in blocking style. A task is a goroutine; all tasks of a Runtime share one Lua state, and the one
// that holds the baton runs. A binding that must wait gives the baton up inside decl.Host's Block, so ten thousand
// tasks wait as cheaply as one, and between two waits nothing else runs: n = n + 1 needs no lock.
//
// Each Lua thread, a task's own or a coroutine's, has a thread as its context. The machine counts instructions by it,
// and every thousand of them a tick looks whether the task must stop; bindings find their decl.Host in it.
//
// Tasks belong to scopes: a script's, a group's. The first error that nobody joins ends a scope, and a scope ends with
// all that its tasks left: tasks, coroutines, handles.
//
// The package declares the modules task, clock and script, and replaces coroutine; it imports no binding.
package vm
