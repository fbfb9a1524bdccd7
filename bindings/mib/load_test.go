package mib_test

import (
	"testing"

	"moonwire/bindings/mib"
	"moonwire/host/hosttest"
)

func TestLoad(t *testing.T) {
	hosttest.RunFile(t, "testdata/load.lua", mib.Module())
}

// FuzzLoad reads texts as files of MIB modules.
func FuzzLoad(f *testing.F) {
	f.Add("A DEFINITIONS ::= BEGIN x OBJECT-TYPE SYNTAX INTEGER { a(1) } MAX-ACCESS read-only STATUS current DESCRIPTION \"\" ::= { iso 3 } END")
	f.Add("A DEFINITIONS ::= BEGIN IMPORTS ifEntry FROM IF-MIB; a_b OBJECT-TYPE SYNTAX B AUGMENTS { ifEntry } ::= { ifEntry 1 } B ::= SEQUENCE {} END")
	f.Add("A DEFINITIONS ::= BEGIN t TRAP-TYPE ENTERPRISE { iso 3 } ::= 5 T ::= TEXTUAL-CONVENTION DISPLAY-HINT \"d\" SYNTAX T END")
	hosttest.Fuzz(f, `local text = ...
		for _, permissive in ipairs{false, true} do
			local ok, r = try(mib.parse, text, {permissive = permissive, add = false, name = "f"})
			if ok and r then
				for _, p in ipairs(r.problems) do
					assert(p.message:find("^f"), p.message)
					assert(p.level == "error" or p.level == "warning")
				end
				assert(r.nodes >= 0 and #r.modules > 0)
			end
		end`, mib.Module())
}
