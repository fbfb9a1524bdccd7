package docgen_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/addr"
	"moonwire/bindings/mac"
	"moonwire/host/decl"
	"moonwire/host/docgen"
)

// TestTypesAreLua runs every stub: each must give a table with all functions of its module.
func TestTypesAreLua(t *testing.T) {
	lib := all(t)
	files := lib.Types()
	for _, m := range lib.Modules() {
		L := lua.NewState()
		source := files[strings.ReplaceAll(m.Name, ".", "/")+".lua"]
		if err := L.DoString(source); err != nil {
			t.Errorf("%s: %v\n%s", m.Name, err, source)
			continue
		}
		table, ok := L.Get(-1).(*lua.LTable)
		if !ok {
			t.Errorf("%s: the stub returns a %s", m.Name, L.Get(-1).Type())
			continue
		}
		for _, f := range m.Functions() {
			if name := f.Record().Name; table.RawGetString(name).Type() != lua.LTFunction {
				t.Errorf("%s: no function %s", m.Name, name)
			}
		}
		L.Close()
	}
}

func TestTypes(t *testing.T) {
	lib, err := docgen.New([]*decl.Module{addr.Module(), mac.Module()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, lines := range map[string][]string{
		"addr.lua": {
			"---@meta addr",
			"---@class address",
			"---@field version integer 4 or 6",
			"---@operator add(number): address",
			"local address = {}",
			"---@param n number how many; negative moves down",
			"---@return address|nil",
			"---@return string|nil message",
			"---@return string|nil kind",
			"function address:add(n) end",
			"---@overload fun(text: string|address): address",
			"---@param bits? integer length, when text is an address (0 to 128)",
			"return addr",
		},
		"mac.lua": {
			"---@class mac.text.options",
			"---@field upper? boolean write capitals",
			`---@param notation? "colon"|"dash"|"dot"|"bare" how to part the digits (default "colon")`,
			"---@param opts? mac.text.options",
			"function mac.text(mac, notation, opts) end",
			"---@field broadcast string Every station on the link.",
		},
	} {
		text := "\n" + lib.Types()[name]
		for _, line := range lines {
			if !strings.Contains(text, "\n"+line+"\n") {
				t.Errorf("%s lacks %s", name, line)
			}
		}
	}
}

func TestWriteTypes(t *testing.T) {
	lib, dir := library(t), t.TempDir()
	written, err := lib.WriteTypes(dir)
	if err != nil || len(written) != 3 {
		t.Fatalf("wrote %v, %v", written, err)
	}
	rc := filepath.Join(dir, ".luarc.json")
	if b, err := os.ReadFile(rc); err != nil || !strings.Contains(string(b), docgen.TypesFolder) {
		t.Errorf(".luarc.json: %v\n%s", err, b)
	}
	if err := os.WriteFile(rc, []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	if written, err = lib.WriteTypes(dir); err != nil || len(written) != 2 {
		t.Fatalf("wrote %v, %v", written, err)
	}
	if b, _ := os.ReadFile(rc); string(b) != "mine" {
		t.Errorf("a .luarc.json that was there became %s", b)
	}
}
