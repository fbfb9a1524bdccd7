package vm

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"moonwire/host/network"
)

// restricted is a run of a script that nobody vouches for.
func restricted(o *Options) {
	o.Restricted = true
	o.Files = network.OSFiles()
	o.Lib = fstest.MapFS{"lib.lua": {Data: []byte("return function() return _G end")}}
	o.Own = []fs.FS{torn{fstest.MapFS{
		"own.lua":        {Data: []byte("return ...")},
		"deep/init.lua":  {Data: []byte("return 'deep'")},
		"work.lua":       {Data: []byte("return pcall(string.dump, print)")},
		"bytecode.lua":   {Data: []byte("\x1bLuaS 0 x")},
		"torn.lua":       {Data: []byte("return 1")},
		"folder.lua/x.y": {},
	}}}
}

// torn is a pack in which torn.lua isn't what its manifest says.
type torn struct{ fstest.MapFS }

func (t torn) ReadFile(name string) ([]byte, error) {
	if name == "torn.lua" {
		return nil, errors.New("x.moon: torn.lua: altered")
	}
	return t.MapFS.ReadFile(name)
}

func TestRestricted(t *testing.T) {
	for source, want := range map[string]string{
		`print(pcall(string.dump, function() end))`:                                                          "false\tstring.dump is not allowed in a restricted run\n",
		`print(load "\27Lua")`:                                                                               "nil\t[string \"\x1bLua\"]: precompiled chunks are not allowed in a restricted run\n",
		`print(pcall(package.loadlib, "libc.so.6", "system"))`:                                               "false\tpackage.loadlib is not allowed in a restricted run\n",
		`print(pcall(debug.getregistry))`:                                                                    "false\tdebug.getregistry is not allowed in a restricted run\n",
		`print(pcall(debug.sethook, print, "l"))`:                                                            "false\tdebug.sethook is not allowed in a restricted run\n",
		`print(debug.getinfo(1, "f").func, debug.getinfo(1).func)`:                                           "nil\tnil\n",
		`print(debug.getinfo(1, "Sl").currentline, debug.traceback("t"):match "^t\n")`:                       "1\tt\n\n",
		`print(package.path, package.cpath)`:                                                                 "\t\n",
		`package.path = "/etc/?;/proc/self/?" print((pcall(require, "passwd")))`:                             "false\n",
		`print(require "own", require "deep")`:                                                               "own\tdeep\n",
		`print((select(2, pcall(require, "bytecode")):match "precompiled chunks .*"))`:                       "precompiled chunks are not allowed in a restricted run\n",
		`print((pcall(require, "..own")), (pcall(require, "/etc/passwd")), (pcall(require, "folder")))`:      "false\tfalse\tfalse\n",
		`print(select(2, pcall(loadstring("error 'x'", "@stdlib/lib.lua"))))`:                                "[string \"stdlib/lib.lua\"]:1: x\n",
		`print(select(2, pcall(load(coroutine.wrap(function() coroutine.yield "error 'x'" end), "=host"))))`: "[string \"host\"]:1: x\n",
		`print((pcall(setfenv, require "lib", {})), pcall(setfenv, print, {}))`:                              "false\tfalse\t'setfenv' cannot change environment of given object\n",
		`print(getfenv(print) == _G, setfenv(function() end, {}) ~= nil)`:                                    "true\ttrue\n",
		`print(pcall(require, "torn"))`:                                                                      "false\terror loading module 'torn': x.moon: torn.lua: altered\n",
		`print(require "task".worker("torn"))`:                                                               "nil\tx.moon: torn.lua: altered\n",
		`print(arg[0], arg[-1], #arg)`:                                                                       "x.lua\tnil\t0\n",
		`print(select(2, require "task".worker("work"):join()))`:                                             "string.dump is not allowed in a restricted run\n",
		`print(require "task".worker("passwd"))`:                                                             "nil\ttask.worker: no file for module 'passwd' beside the script\tnotfound\n",
	} {
		t.Run(source, func(t *testing.T) {
			out, err := run(t, source, restricted, func(o *Options) { o.Script.Command = []string{"moonwire", "run", "--secret", "x.lua"} })
			if err != nil || out != want {
				t.Errorf("%q, %v\nwant %q", out, err, want)
			}
		})
	}
}

func TestOutput(t *testing.T) {
	const limit = 1 << 20
	for name, source := range map[string]string{
		"print":   `while true do print(("x"):rep(1000)) end`,
		"pcall":   `while true do pcall(function() io.write(("x"):rep(1000)) end) end`,
		"stderr":  `while true do io.stderr:write(("x"):rep(1000)) end`,
		"file":    `local f = io.tmpfile() while true do f:write(("x"):rep(1000)) end`,
		"tasks":   `local task = require "task" for i = 1, 9 do task.spawn(function() while true do print(("x"):rep(1000)) task.sleep(0) end end) end`,
		"workers": `local task, all = require "task", {} for i = 1, 3 do all[i] = task.worker("loud") end all[1]:join() print(#all)`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out, err := run(t, source, restricted, func(o *Options) {
				o.Limits.Output = limit
				o.Own = []fs.FS{fstest.MapFS{"loud.lua": {Data: []byte(`while true do print(("x"):rep(1000)) end`)}}}
			})
			if err == nil || !strings.HasPrefix(err.Error(), "the limit of 1048576 bytes of output is reached (--max-output): ") {
				t.Error(err)
			}
			if len(out) > limit {
				t.Errorf("%d bytes came out", len(out))
			}
		})
	}
}

// What Go computes for a script counts, workers count together, and a script that takes its time may run on.
func TestInstructionsOfAll(t *testing.T) {
	for name, source := range map[string]string{
		"pattern": `(("a"):rep(40)):find(("a?"):rep(40) .. ("a"):rep(40))`,
		"workers": `local task = require "task" local w = task.worker("busy") task.worker("busy") w:join()`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := run(t, source, restricted, func(o *Options) {
				o.Limits.Instructions = 2_000_000
				o.Own = []fs.FS{fstest.MapFS{"busy.lua": {Data: []byte(`while true do end`)}}}
			})
			if err == nil || !strings.Contains(err.Error(), "the limit of 2000000 instructions is reached (--max-instructions)") {
				t.Error(err)
			}
		})
	}
	_, err := run(t, `for i = 1, 60 do for i = 1, 1000 do end require "task".sleep(0.001) end`, func(o *Options) {
		o.Limits.Instructions, o.Limits.Refill = 20_000, 1<<40
	})
	if err != nil {
		t.Error(err)
	}
}
