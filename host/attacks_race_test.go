package host_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestSymlinkRace swaps a folder and a link out of the granted one, while the script opens files in it.
func TestSymlinkRace(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need a privilege here")
	}
	s := newScene(t)
	folder, link, swap := filepath.Join(s.own, "folder"), filepath.Join(s.own, "link"), filepath.Join(s.own, "swap")
	must(t, os.Mkdir(folder, 0o755))
	must(t, os.WriteFile(filepath.Join(folder, "secret"), []byte("mine"), 0o644))
	stop, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			for _, what := range []string{folder, link} {
				_ = os.Rename(what, swap)
				_ = os.Rename(swap, what)
			}
			select {
			case <-stop:
				return
			default:
			}
		}
	}()
	out, err := s.play(t, attack{name: "race", grants: "read OWN; write OWN", source: `
		local lfs, counts = require "lfs", {mine = 0, other = 0}
		for i = 1, 4000 do
			local f = io.open("swap/secret")
			if f then
				local text = f:read "*a"
				f:close()
				if text == "mine" then counts.mine = counts.mine + 1 else print(text) end
			else
				counts.other = counts.other + 1
			end
			local f = io.open("swap/new", i % 2 == 0 and "w" or "a")
			if f then f:close() end
			if i % 8 == 0 then
				os.remove "swap/secret2" os.rename("swap/new", "swap/secret2") lfs.mkdir "swap/dir" lfs.rmdir "swap/empty"
				for name in pcall(lfs.dir, "swap") and function() end or function() end do print(name) end
				if lfs.attributes("swap/module.lua") then print "BREACH" end
			end
		end
		print(counts.mine > 0 and "read" or "never read")`})
	close(stop)
	<-ended
	if err != nil || out != "read\n" || strings.Contains(out, token) {
		t.Errorf("%.300s, %v", out, err)
	}
	if now := tree(t, s.outside); now != s.before {
		t.Errorf("files outside have changed from\n%sto\n%s", s.before, now)
	}
}

// TestStatesShareNothing looks whether what one script does to strings, functions and modules shows in the next.
func TestStatesShareNothing(t *testing.T) {
	s := newScene(t)
	if _, err := s.play(t, attack{name: "poison", source: `
		getmetatable("").__index = function() return "poison" end
		getmetatable("").__add = function() return "poison" end
		getmetatable(io.stdout).write = error
		string.upper, _G.poison, package.loaded.poison = error, true, true
		require "retry".call = error
		for _, name in ipairs{"socket", "packet", "link", "snmp"} do
			local m = require(name)
			for k in pairs(m) do m[k] = error end
			local meta = getmetatable(m)
			if type(meta) == "table" then meta.__index = error end
		end
		local ok, meta = pcall(getmetatable, require "packet".ip)
		if type(meta) == "table" then for k in pairs(meta) do meta[k] = error end end`}); err != nil {
		t.Fatal(err)
	}
	out, err := s.play(t, attack{name: "next", source: `
		assert(not poison and not package.loaded.poison)
		print(("x"):upper(), (pcall(function() return "1" + "x" end)), type(require "retry".call))
		print(require "packet".ip{dst = "10.0.0.1"}.ip.dst, type(require "socket".tcp()))
		io.stdout:write("fine\n")`})
	if want := "X\tfalse\tfunction\n10.0.0.1\tuserdata\nfine\n"; err != nil || out != want {
		t.Errorf("%q, %v", out, err)
	}
}
