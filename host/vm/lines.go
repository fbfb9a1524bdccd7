package vm

import "moonwire/host/vm/lua51/machine"

// OnLine is told of each line of Lua before it runs; begins is false where a line goes on after a call or after another
// task's turn. The file is at.Fn.Proto.SourceName. It is called by one task at a time, but those of a worker run beside.
type OnLine func(at machine.Level, line int, begins bool)
