package vm

import (
	"reflect"

	"moonwire/host/decl"

	lua "github.com/yuin/gopher-lua"
)

// Types that several records name.
var (
	fnParam   = decl.Param{Name: "fn", Type: "function", Doc: "what the task runs"}
	argsParam = decl.Param{Name: "...", Type: "any", Variadic: true, Doc: "its arguments"}
	results   = []decl.Param{{Name: "...", Type: "any", Variadic: true, Doc: "what the function returned"}}
	spawned   = []decl.Param{{Name: "task", Type: "task"}}
)

const takesFunction = "takes and calls Lua functions"

func taskModule() *decl.Module {
	return &decl.Module{
		Name: "task",
		Doc: "Tasks run side by side in blocking style. Only a call that waits lets another task run, so n = n + 1 " +
			"needs no lock. A script ends when all its tasks have; an error that nobody joins ends them all.",
		Funcs: []decl.Function{
			decl.Raw{Name: "spawn", Run: taskSpawn, Why: takesFunction,
				Doc: "Start a function as a task. It runs when the current task waits. Sockets and other handles among " +
					"the arguments become the task's. A table {fn, ..., name=, depth=} instead of the function names " +
					"the task for reports and bounds its nested calls (500 unless said).",
				Params:  []decl.Param{{Name: "fn", Type: "function|table", Doc: "what the task runs"}, argsParam},
				Results: spawned,
				Example: "task.spawn(function(x) return x + 1 end, 41):join() --> 42"},
			decl.Raw{Name: "daemon", Run: taskDaemon, Why: takesFunction,
				Doc:    "Start a task that is cancelled when all others have ended, such as a server in a demonstration.",
				Params: []decl.Param{fnParam, argsParam}, Results: spawned,
				Example: "task.daemon(function() task.sleep(3600) end):status() --> running"},
			decl.Raw{Name: "sleep", Run: taskSleep, Why: "called in loops", Blocks: true,
				Doc:     "Wait; other tasks go on. sleep(0) lets those run that are ready.",
				Params:  []decl.Param{{Name: "seconds", Type: "number", Doc: "at least 0; fractions count"}},
				Example: "task.sleep(0.001) --> "},
			decl.Raw{Name: "group", Run: taskGroup, Why: takesFunction, Blocks: true,
				Doc: "Call a function as a task and wait for all tasks that were started inside. The first error ends " +
					"them all and is raised here.",
				Params: []decl.Param{fnParam, argsParam}, Results: results,
				Example: "task.group(function() task.spawn(task.sleep, 0.001) return 7 end) --> 7"},
			decl.Raw{Name: "all", Run: taskAll, Why: takesFunction, Blocks: true,
				Doc: "Run functions side by side and wait for all. The result has each one's first value under its key. " +
					"The first error ends them all and is raised here.",
				Params:  []decl.Param{{Name: "functions", Type: "table<any, function>", Doc: "by any keys"}},
				Results: []decl.Param{{Name: "values", Type: "table"}},
				Example: "local v = task.all{a = function() return 1 end, b = function() return 2 end}\nv.a + v.b --> 3"},
			decl.Raw{Name: "race", Run: taskRace, Why: takesFunction, Blocks: true,
				Doc:     "Run functions side by side until the first ends; the others are cancelled.",
				Params:  []decl.Param{{Name: "functions", Type: "table<any, function>", Doc: "by any keys"}},
				Results: []decl.Param{{Name: "key", Type: "any", Doc: "the winner's"}, results[0]},
				Example: "task.race{slow = function() task.sleep(9) end, fast = function() return 1 end} --> fast, 1"},
			decl.Raw{Name: "timeout", Run: taskTimeout, Why: takesFunction, Blocks: true,
				Doc:    "Call a function as a task, and cancel it when it takes too long.",
				Params: []decl.Param{{Name: "seconds", Type: "number", Doc: "longest that fn may take"}, fnParam, argsParam}, Results: results,
				Fails:   []string{decl.Timeout},
				Example: "task.timeout(0.001, task.sleep, 9) --> nil, no end within 0.001 s, timeout"},
			decl.Raw{Name: "defer", Run: taskDefer, Why: takesFunction,
				Doc: "Call a function when the current task ends, by return, error or cancelling; the last one " +
					"deferred runs first. All of a task's together have five seconds.",
				Params: []decl.Param{fnParam, argsParam}, Example: "task.defer(function() end) --> "},
			decl.Raw{Name: "current", Run: taskCurrent, Why: "knows the runtime",
				Doc: "The task that runs.", Results: spawned, Example: "task.current():status() --> running"},
			decl.Raw{Name: "channel", Run: newChannel, Why: "makes the runtime's own userdata",
				Doc:     "Make a channel: a queue that tasks send to and receive from.",
				Params:  []decl.Param{{Name: "size", Type: "integer", Default: "0", Optional: true, Doc: "values that may wait in it; with 0 each send waits for its receiver"}},
				Results: []decl.Param{{Name: "channel", Type: "channel"}},
				Example: "local ch = task.channel(1) ch:send(5)\nch:recv() --> 5"},
			decl.Raw{Name: "select", Run: taskSelect, Why: "its cases are channels, tasks and values", Blocks: true,
				Doc: "Wait for the first of several events: a channel (to receive), {channel, value} (to send), a task " +
					"(to join). Of several that are ready the first wins. Entry timeout is in seconds, 0 only looks.",
				Params:  []decl.Param{{Name: "cases", Type: "table", Doc: "the events, in order of preference"}},
				Results: []decl.Param{{Name: "index", Type: "integer|nil"}, {Name: "...", Type: "any", Variadic: true, Doc: "what recv, send or join would return"}},
				Fails:   []string{decl.Timeout},
				Example: "local ch = task.channel(1) ch:send(5)\ntask.select{ch, timeout = 1} --> 1, 5"},
			decl.Raw{Name: "worker", Run: taskWorker, Why: "copies values between states",
				Doc: "Run a Lua file on another core, in a state of its own. The file's first argument is its end of the " +
					"line: send, recv and iteration carry plain values (no functions, no handles) both ways.",
				Params:  []decl.Param{{Name: "file", Type: "string", Doc: "a path ending in .lua, or a module's name"}, argsParam},
				Results: []decl.Param{{Name: "worker", Type: "worker"}}, Fails: []string{decl.NotFound},
				Example: "-- square.lua: local port = ... for n in port do port:send(n * n) end\nlocal w = task.worker(\"square\") w:send(3)\nw:recv() --> 9"},
		},
		Classes: []*decl.Class{taskClass(), channelClass(), workerClass(), portClass()},
	}
}

func taskClass() *decl.Class {
	return &decl.Class{
		Name: "task",
		Doc:  "A task that was spawned.",
		Type: reflect.TypeFor[*Task](),
		Methods: []decl.Function{
			decl.Raw{Name: "join", Run: taskJoin, Why: "returns what the function returned", Blocks: true,
				Doc: "Wait for the task's end. Returns what it returned, raises what it raised.", Results: results,
				Fails:   []string{decl.Cancelled},
				Example: "local t = task.spawn(task.sleep, 9) t:cancel(\"enough\")\nt:join() --> nil, cancelled: enough, cancelled"},
			decl.Raw{Name: "cancel", Run: taskCancel, Why: "the receiver is the runtime's",
				Doc:     "End the task: what it waits for raises. It can clean up with task.defer.",
				Params:  []decl.Param{{Name: "reason", Type: "string", Optional: true, Doc: "what join says of it"}},
				Example: "local t = task.spawn(task.sleep, 9)\nt:cancel() -->"},
			decl.Raw{Name: "status", Run: taskStatus, Why: "the receiver is the runtime's",
				Doc:     "Tell how the task is.",
				Results: []decl.Param{{Name: "status", Type: "string", Choices: []string{"running", "waiting", "done", "failed", "cancelled"}}},
				Example: "local t = task.spawn(function() end) t:join()\nt:status() --> done"},
		},
		Fields: []decl.Param{{Name: "name", Type: "string", Doc: "what reports call it"}},
		Index: func(_ *lua.LState, self any, key string) (lua.LValue, bool) {
			if key == "name" {
				return lua.LString(self.(*Task).name), true
			}
			return nil, false
		},
		Meta: map[string]lua.LGFunction{"__tostring": func(L *lua.LState) int {
			t := self[*Task](L, "task:__tostring")
			L.Push(lua.LString("task: " + t.String() + ", " + t.Status()))
			return 1
		}},
	}
}
