package lua51

import (
	"io"
	"io/fs"
	"os"
	"os/exec"
	"time"

	"moonwire/host/decl"
	"moonwire/host/network"

	lua "github.com/yuin/gopher-lua"
)

// Env is what a state's standard library stands on. Every field may be left zero.
type Env struct {
	Stdin          io.Reader // nil: the process's
	Stdout, Stderr io.Writer // nil: the process's

	Now  func(L *lua.LState) time.Time // the current task's clock, for os.time, os.date and random seeds; nil: time.Now
	CPU  func() time.Duration          // for os.clock; nil: the process's use of processors
	Seed int64                         // of math.random

	// Exit ends the script with a status, for os.exit. It doesn't return. nil: os.Exit.
	Exit func(L *lua.LState, code int)

	// Block runs a wait (io.read on a pipe, os.execute) without holding the interpreter; f touches no Lua value.
	// nil: Block of decl.HostOf.
	Block func(L *lua.LState, f func() error) error

	// Poll raises when the task must stop. Long loops in Go call it every few thousand steps. nil: Poll of decl.HostOf.
	Poll func(L *lua.LState)

	// Files is the part of the file system that io, os, loadfile, dofile and require may touch. nil: none of it.
	Files network.Files

	// Command makes the process that os.execute and io.popen run; see Shell. nil: they are refused.
	Command func(command string) *exec.Cmd
	// Processes stands between scripts and those processes; nil: nothing does.
	Processes Processes

	ScriptDir string   // require looks here first; "": the current directory only
	Path      []string // further directories for require, before LUA_PATH
	Lib       fs.FS    // modules in Lua: a/b.lua is require "a.b"
	Preload   []*decl.Module

	// Restricted closes what leads a script beyond itself; see restricted.go. Then, and where Own is set, Own is all that
	// require searches beside Lib: the script's folder and those that its user named.
	Restricted bool
	Own        []fs.FS

	Getenv    func(name string) string // nil: none is set
	MaxString int                      // longest string a library function may build, in bytes; 0: DefaultMaxString
}

// DefaultMaxString is the longest string that a library function builds when Env doesn't say.
const DefaultMaxString = 1 << 30

// withDefaults fills what was left zero.
func (e Env) withDefaults() Env {
	if e.Stdin == nil {
		e.Stdin = os.Stdin
	}
	if e.Stdout == nil {
		e.Stdout = os.Stdout
	}
	if e.Stderr == nil {
		e.Stderr = os.Stderr
	}
	if e.Now == nil {
		e.Now = func(*lua.LState) time.Time { return time.Now() }
	}
	if e.CPU == nil {
		e.CPU = ProcessorTime
	}
	if e.Exit == nil {
		e.Exit = func(_ *lua.LState, code int) { os.Exit(code) }
	}
	if e.Block == nil {
		e.Block = blockOnHost
	}
	if e.Poll == nil {
		e.Poll = func(L *lua.LState) { decl.HostOf(L).Poll(L) }
	}
	if e.Getenv == nil {
		e.Getenv = func(string) string { return "" }
	}
	if e.MaxString == 0 {
		e.MaxString = DefaultMaxString
	}
	return e
}
