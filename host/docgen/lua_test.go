package docgen

import (
	"testing"
	"testing/fstest"
)

func TestOptionsOfAClass(t *testing.T) {
	m := ReadLua("m", `--- A module.
local m = {}

---@class m.Options
---@field size? integer how many bytes (default 8)
---@field name? string

--- Do it.
---@param x string
---@param opts? m.Options
function m.f(x, opts) end

return m`)
	if len(m.Classes) != 0 {
		t.Errorf("the options are still a class: %+v", m.Classes[0])
	}
	r := m.Funcs[0].Record()
	if len(r.Params) != 1 || r.Params[0].Name != "x" {
		t.Errorf("params %+v", r.Params)
	}
	if len(r.Options) != 2 || r.Options[0].Name != "size" || r.Options[0].Default != "8" || r.Options[0].Doc != "how many bytes" {
		t.Errorf("options %+v", r.Options)
	}
}

func TestOptionsOfTheModuleItself(t *testing.T) {
	m := ReadLua("m", `--- A module.

---@class m.Options
---@field size? integer how many bytes (default 8)

--- Do it.
---@param opts? m.Options
local function m(opts) end

return m`)
	if r := m.Call.Record(); len(m.Classes) != 0 || len(r.Options) != 1 || r.Options[0].Default != "8" {
		t.Errorf("%+v, classes %v", r, m.Classes)
	}
}

func TestInheritedOptions(t *testing.T) {
	m := ReadLua("m", `--- A module.
local m = {}

---@class m.All
---@field size? integer how many bytes

---@class m.Options: m.All
---@field name? string

--- Do it.
---@param opts? m.Options
function m.f(opts) end

return m`)
	if r := m.Funcs[0].Record(); len(m.Classes) != 0 || len(r.Options) != 2 || r.Options[0].Name != "name" || r.Options[1].Name != "size" {
		t.Errorf("%+v, classes %v", r, m.Classes)
	}
}

func TestPartsAreLeftOut(t *testing.T) {
	modules, err := ReadFS(fstest.MapFS{
		"m.lua":      {Data: []byte("--- A module.\nlocal m = {}\nreturn m")},
		"m/part.lua": {Data: []byte("--- A part.\n---@package\nlocal p = {}\nreturn p")},
	})
	if err != nil || len(modules) != 1 || modules[0].Name != "m" {
		t.Errorf("%v, %v", modules, err)
	}
}
