package vm

import "strconv"

// OnTurn is told of each task that takes the interpreter, before it goes on.
type OnTurn func(t *Task)

// OnStop is told why the script is stopped from outside (a signal, its time limit), before it is.
type OnStop func(why string)

// Place is a task's name and the line of Lua that it is at, as FILE:LINE; "" where that isn't known. Nobody but who has
// the task's turn may ask.
func (t *Task) Place() (task, line string) {
	L := t.at
	if L == nil && t.thread != nil {
		L = t.thread.L
	}
	if L == nil {
		return t.name, ""
	}
	at := siteOf(L, 0)
	if at.file == "" {
		return t.name, ""
	}
	return t.name, at.file + ":" + strconv.Itoa(at.line)
}

// stopFromOutside stops the script, and tells so.
func (rt *Runtime) stopFromOutside(why *stop) {
	if rt.opt.OnStop != nil {
		rt.opt.OnStop(why.text)
	}
	rt.root.stop(why)
}
