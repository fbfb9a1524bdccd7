package vm

import (
	"fmt"
	"net"

	"moonwire/host/decl"
	"moonwire/host/network"

	lua "github.com/yuin/gopher-lua"
)

// exitNothing is the status of a search that found nothing.
const exitNothing = 3

func scriptModule() *decl.Module {
	text := decl.Param{Name: "text", Type: "string", Doc: "one line"}
	return &decl.Module{
		Name: "script",
		Doc:  "What a script may ask about its own run, and what it may tell who runs it.",
		Funcs: append([]decl.Function{
			decl.Raw{Name: "args", Run: scriptArgs, Why: "knows the runtime",
				Doc:     "The arguments: those that the header declares by name, the words of the command line by number.",
				Results: []decl.Param{{Name: "args", Type: "table"}}, Example: "#script.args() --> 0"},
			decl.Raw{Name: "name", Run: scriptName, Why: "knows the runtime",
				Doc:     "The script's name, as messages have it.",
				Results: []decl.Param{text}, Example: `script.name() --> 02_ping.lua`},
			decl.Raw{Name: "iface", Run: scriptIface, Why: "knows the runtime",
				Doc:     "The interface that the script was told to use, or the first one that is up and no loopback.",
				Results: []decl.Param{{Name: "name", Type: "string|nil"}}, Fails: []string{decl.NotFound},
				Lab: "pair on h1", Example: `script.iface() --> eth0`},
			decl.Raw{Name: "lab", Run: scriptLab, Why: "knows the runtime",
				Doc:     "The lab that the script runs in; nil on a real network.",
				Results: []decl.Param{{Name: "lab", Type: "lab|nil"}}, Example: "script.lab() --> nil"},
			decl.Raw{Name: "progress", Run: scriptProgress, Why: "knows the runtime",
				Doc: "Tell how far the script is. On a terminal that takes more than a second shows as a bar, with rate and time left; a pipe is spared. Each text has a bar of its own, which goes away when all is done.",
				Params: []decl.Param{{Name: "done", Type: "number", Doc: "how much is done"}, {Name: "total", Type: "number", Optional: true, Doc: "of how much; nil: nobody knows"},
					{Name: "text", Type: "string", Optional: true, Doc: "of what"}},
				Example: "script.progress(3, 10, \"hosts\") --> "},
			countdownFunction(),
			foundFunction(),
			decl.Raw{Name: "warn", Run: scriptWarn, Why: "knows the runtime",
				Doc: "Write a warning to stderr, with the line that gives it.", Params: []decl.Param{text},
				Example: `script.warn("no answer") --> `},
			decl.Raw{Name: "fail", Run: scriptFail, Why: "knows the runtime",
				Doc:    "End the script with status 1 and a message, but no traceback: the world is wrong, not the script.",
				Params: []decl.Param{text}, Example: `script.fail("no route to 10.0.0.2") --> exit 1`},
			decl.Raw{Name: "nothing_found", Run: scriptNothing, Why: "knows the runtime",
				Doc:     "End the script with status 3: it worked, and there was nothing to find.",
				Params:  []decl.Param{{Name: "text", Type: "string", Optional: true, Doc: "what was looked for"}},
				Example: `script.nothing_found("no host answered") --> exit 3`},
		}, dataFunctions()...),
	}
}

func scriptArgs(L *lua.LState) int {
	s := &threadOf(L).rt.opt.Script
	args := L.CreateTable(len(s.Argv), len(s.Args))
	for i, word := range s.Argv {
		args.RawSetInt(i+1, lua.LString(word))
	}
	for name, v := range s.Args {
		args.RawSetString(name, argValue(L, v))
	}
	L.Push(args)
	return 1
}

func argValue(L *lua.LState, v any) lua.LValue {
	switch v := v.(type) {
	case string:
		return lua.LString(v)
	case float64:
		return lua.LNumber(v)
	case bool:
		return lua.LBool(v)
	case []any:
		list := L.CreateTable(len(v), 0)
		for i, item := range v {
			list.RawSetInt(i+1, argValue(L, item))
		}
		return list
	case nil:
		return lua.LNil
	}
	return lua.LString(fmt.Sprint(v))
}

func scriptName(L *lua.LState) int {
	L.Push(lua.LString(threadOf(L).rt.opt.Script.Name))
	return 1
}

func scriptIface(L *lua.LState) int {
	h := threadOf(L)
	if name := h.rt.opt.Script.Iface; name != "" {
		L.Push(lua.LString(name))
		return 1
	}
	all, err := network.From(h.Context()).Interfaces()
	if err != nil {
		return decl.Fail(L, err)
	}
	for _, i := range all {
		if i.Flags&net.FlagUp != 0 && i.Flags&net.FlagLoopback == 0 {
			L.Push(lua.LString(i.Name))
			return 1
		}
	}
	return decl.Fail(L, decl.Refuse(decl.NotFound, fmt.Errorf("script.iface: no interface is up (give one with --iface)")))
}

func scriptLab(L *lua.LState) int {
	L.Push(threadOf(L).rt.Lab(L))
	return 1
}

func scriptProgress(L *lua.LState) int {
	const name = "script.progress"
	done, total := decl.Number(L, name, 1), 0.0
	if L.Get(2) != lua.LNil {
		total = decl.Number(L, name, 2)
	}
	text := decl.CheckOr(L, name, 3, "text", "")
	if tell := threadOf(L).rt.opt.Progress; tell != nil {
		tell(done, total, text)
	}
	return 0
}

func scriptWarn(L *lua.LState) int {
	fmt.Fprintf(threadOf(L).Stderr(), "moonwire: %swarning: %s\n", siteOf(L, 1).prefix(), decl.String(L, "script.warn", 1))
	return 0
}

func scriptFail(L *lua.LState) int {
	h := threadOf(L)
	fmt.Fprintf(h.Stderr(), "moonwire: %s\n", decl.String(L, "script.fail", 1))
	h.rt.exit(L, 1)
	return 0
}

func scriptNothing(L *lua.LState) int {
	h := threadOf(L)
	if text := decl.CheckOr(L, "script.nothing_found", 1, "text", ""); text != "" {
		fmt.Fprintln(h.Stderr(), text)
	}
	h.rt.exit(L, exitNothing)
	return 0
}
