package csv

import (
	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

// Module declares all that Lua sees as require "csv".
func Module() *decl.Module {
	source := decl.Param{Name: "source", Type: "string|fun(): string?", Doc: "text, or a function that gives it piece by piece (line ends included) and nil at the end"}
	return &decl.Module{
		Name:   "csv",
		Doc:    "Tables as comma-separated values. Fields are strings; quotes are doubled inside quotes; lines end with LF or CRLF.",
		Source: "RFC 4180",
		Funcs: []decl.Function{
			decl.Raw{Name: "parse", Run: parse, Why: "the shape of its rows is an option", Fails: []string{decl.Malformed},
				Doc:    "Read a whole text into a list of rows.",
				Params: []decl.Param{source}, Options: decl.OptionParams(readDefaults),
				Results: []decl.Param{{Name: "rows", Type: "string[][]", Doc: "a list of rows; with header, each is a table from the names in the first row"}},
				Example: "csv.parse('ip,name\\n10.0.0.1,\"R1, left\"\\n')[2][2] --> \"R1, left\"\ncsv.parse(\"ip,name\\n10.0.0.1,R1\\n\", {header=true})[1].name --> \"R1\"",
			},
			decl.Raw{Name: "rows", Run: rows, Why: "returns an iterator",
				Doc:    "Iterate over rows without holding them all; malformed text raises an error with message and kind.",
				Params: []decl.Param{source}, Options: decl.OptionParams(readDefaults),
				Results: []decl.Param{{Name: "iterator", Type: "fun(): string[]", Doc: "for a generic for"}},
				Example: "local n = 0\nfor row in csv.rows(\"1,2\\n3,4\\n\") do n = n + row[1] end\nn --> 4",
			},
			decl.Raw{Name: "format", Run: format, Why: "takes rows of two shapes",
				Doc:     "Write rows as text. A field may be a string, a number, a boolean, or a value with __tostring.",
				Params:  []decl.Param{{Name: "rows", Type: "table[]", Doc: "lists of fields; with header, tables with those keys"}},
				Options: decl.OptionParams(writeDefaults), Results: []decl.Param{{Name: "text", Type: "string", Doc: "a line for each row"}},
				Example: "csv.format({{1, \"a,b\"}}, {newline=\"\\n\"}) --> '1,\"a,b\"\\n'\ncsv.format({{ip=\"10.0.0.1\", name=\"R1\"}}, {header={\"name\", \"ip\"}, newline=\"\\n\"}) --> \"name,ip\\nR1,10.0.0.1\\n\"",
			},
		},
	}
}

type readOptions struct {
	Header    bool   `lua:"header?" doc:"the first row has names: the others are tables with them"`
	Separator string `lua:"separator?" doc:"one character"`
}

var readDefaults = readOptions{Separator: ","}

type writeOptions struct {
	Header    []string `lua:"header?" doc:"names for the first row, and the keys that rows have"`
	Separator string   `lua:"separator?" doc:"one character"`
	Newline   string   `lua:"newline?" doc:"what ends a line"`
}

var writeDefaults = writeOptions{Separator: ",", Newline: "\r\n"}

// separator is the option of that name as a byte.
func separator(L *lua.LState, name, text string) byte {
	if len(text) != 1 || text == `"` || text == "\n" || text == "\r" {
		decl.Raisef(L, "bad option 'separator' to '%s' (one character expected, got '%s')", name, text)
	}
	return text[0]
}
