package catalog_test

import (
	"context"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"moonwire/host"
	"moonwire/host/catalog"
	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
	"moonwire/host/vm"

	lua "github.com/yuin/gopher-lua"
)

// spared are functions that do what they say to this process or its streams, whatever they are given.
var spared = map[string]bool{}

// TestWild calls every function of the catalog with arguments that nobody means: whatever comes back, no message shows
// Go's side, and none is a fault of ours. It runs in a lab in simulated time, so that waits end.
func TestWild(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("calls every function of the catalog")
	}
	for _, m := range catalog.Modules() {
		t.Run(m.Name, func(t *testing.T) {
			t.Parallel()
			var wrong []string
			bad := &decl.Module{Name: "bad", Funcs: []decl.Function{decl.Raw{Name: "tell", Run: func(L *lua.LState) int {
				wrong = append(wrong, L.CheckString(1))
				return 0
			}}, decl.Raw{Name: "spared", Run: func(L *lua.LState) int {
				L.Push(lua.LBool(spared[L.CheckString(1)]))
				return 1
			}}, decl.Raw{Name: "leaks", Run: func(L *lua.LState) int {
				L.Push(lua.LBool(inside.MatchString(L.CheckString(1))))
				return 1
			}}}}
			clock := simtime.New(time.Time{})
			defer clock.Close()
			o := host.Options{Clock: clock, Lab: host.Lab{Name: "h1 -- h2"}, Seed: 1, Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: io.Discard,
				Files: nowhere{network.OSFiles()}, Modules: []*decl.Module{bad}, Args: []string{m.Name},
				OnFailure: func(e *vm.Error) {
					if inside.MatchString(e.Message) {
						wrong = append(wrong, "in the background: "+e.Message)
					}
				}}
			ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
			defer cancel()
			if err := host.New(o).Run(ctx, host.Code("wild.lua", wild)); err != nil {
				t.Errorf("%v", err)
			}
			for _, w := range wrong {
				t.Error(w)
			}
		})
	}
}

// inside is what only Go's side says.
var inside = regexp.MustCompile(`at fault|goroutine \d|runtime error|nil pointer|interface conversion|reflect[.:]|\.go:\d|\*?\b(decl|network|lua|netip|vm|errors|syscall|time|tcpip)\.[A-Z]\w+|0x[0-9a-f]{8,}\b.*goroutine|%!\w?\(|panic`)

// nowhere are files of which none exists and none can be made.
type nowhere struct{ network.Files }

func (nowhere) Open(string, int, os.FileMode) (network.File, error) { return nil, os.ErrPermission }
func (nowhere) Rename(string, string) error                         { return os.ErrPermission }

// wild calls all functions of the module that is its argument, and the methods of what they give.
const wild = `
local bad, task = require "bad", require "task"
local name = ...
local module = require(name)
local deep = {} do local t = deep for i = 1, 200 do t.t = {i} t = t.t end end
local loop = {} loop.loop = loop loop[1] = loop
local closed = io.tmpfile and select(2, pcall(io.tmpfile)) or nil
local co = coroutine.create(function() end)
local values = {nil, true, false, 0, -1, 0.5, 0/0, 1/0, -1/0, 2^53, -2^53, 2^63, 1e308, "", "x", "\0\255", ("x"):rep(70000),
  "10.0.1.2", "10.0.1.2:9", "fe80::1%eth0", "eth0", "02:00:00:00:00:02", "1.3.6.1", {}, {1, 2, 3}, {a = 1}, deep, loop,
  function() end, function(...) return ... end, function() error "mine" end, function() error({}) end, setmetatable({}, {__index = error, __tostring = function() return 1 end}), co, module}
local n = 35
local options = {"timeout", "count", "to", "address", "data", "filter", "iface", "mtu", "port", "host", "version", "retry", "rate", "name"}
local seen, budget = {}, 0
local try

local function check(what, ok, ...)
  for i = 1, math.min(select("#", ...), 4) do
    local v = select(i, ...)
    local text = type(v) == "string" and v or type(v) == "userdata" and select(2, pcall(tostring, v)) or nil
    if type(v) == "table" and not ok then text = select(2, pcall(tostring, v.message)) end
    if type(text) == "string" and (not ok or select(1, ...) == nil) and bad.leaks(text) then bad.tell(what .. ": " .. text:sub(1, 300)) end
  end
  if ok then
    for i = 1, math.min(select("#", ...), 3) do
      local v = select(i, ...)
      if type(v) == "userdata" and budget > 0 then
        local meta = debug.getmetatable(v)
        local class = meta and meta.__name
        local methods = meta and rawget(meta, "__index")
        if class and type(methods) == "table" and not seen[class] then
          seen[class] = true
          for k, f in pairs(methods) do
            if type(f) == "function" and k ~= "close" then try(class .. ":" .. k, f, v, 12) end
          end
          if methods.close then
            try(class .. ":close", methods.close, v, 2)
            for k, f in pairs(methods) do if type(f) == "function" then try(class .. ":" .. k .. " (closed)", f, v, 4) end end
          end
        end
      end
    end
  end
end

local function any() return values[math.random(n)] end

local function arguments(self, count)
  local args, m = {}, 0
  if self ~= nil then m = 1 args[1] = self end
  for i = 1, count do m = m + 1 args[m] = any() end
  if math.random() < 0.4 then
    local o = {}
    for i = 1, 3 do o[options[math.random(#options)]] = any() end
    m = m + 1 args[m] = o
  end
  return args, m
end

function try(what, f, self, times)
  if bad.spared(what) then return end
  for i = 1, times do
    local args, m = arguments(self, math.random(0, 4))
    task.timeout(5, function() check(what, pcall(f, unpack(args, 1, m))) end)
  end
end

budget = 1
local names = {}
for k, f in pairs(module) do if type(f) == "function" then names[#names + 1] = k end end
table.sort(names)
for _, k in ipairs(names) do try(name .. "." .. k, module[k], nil, 60) end
`
