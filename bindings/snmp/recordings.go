package snmp

import (
	"context"
	"fmt"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/snmp/recording"
)

func recordingFunctions() []decl.Function {
	return []decl.Function{
		decl.Raw{Name: "recording", Why: "returns variables", Blocks: true, Run: openRecording,
			Doc: "Read what was recorded of an agent: a file in snmpsim's format (.snmprec), or what snmpwalk, snmpbulkwalk or the recipe snmp_walk " +
				"printed, with -On or with names. Values that snmpsim makes up are left out.",
			Params: []decl.Param{{Name: "path", Type: "string", Doc: "of the file"}},
			Results: []decl.Param{{Name: "vars", Type: "snmp.var[]", Doc: "in the order of their names"},
				{Name: "problems", Type: "string[]", Doc: "lines that can't be read"}},
			Fails: []string{decl.NotFound, decl.Denied, decl.Malformed, decl.Unsupported},
			Example: `local name = os.tmpname()
local f = io.open(name, "w")
f:write(".1.3.6.1.2.1.1.5.0 = STRING: \"R2\"\n.1.3.6.1.2.1.1.7.0 = INTEGER: 72\n")
f:close()
local vars, problems = snmp.recording(name)
os.remove(name)
#vars, tostring(vars[1]), #problems --> 2, sysName.0 = R2, 0`},
		decl.Raw{Name: "snmprec", Why: "called for each variable of a walk", Run: snmprecLine,
			Doc:     "Write a variable as a line of snmpsim's format (.snmprec), which snmp.agent plays. nil for an exception, which has none.",
			Params:  []decl.Param{{Name: "var", Type: "snmp.var", Doc: "the variable"}},
			Results: []decl.Param{{Name: "line", Type: "string|nil", Doc: "without its end"}},
			Example: `local a = assert(snmp.agent{port=0, address="127.0.0.1", tree={["sysName.0"]="R2"}})
snmp.snmprec(assert(snmp.open{host=a.address, timeout=5}):get("sysName.0")) --> 1.3.6.1.2.1.1.5.0|4|R2`},
	}
}

// openRecording is snmp.recording(path).
func openRecording(L *lua.LState) int {
	const name = "snmp.recording"
	path, tree := decl.String(L, name, 1), treeOf(L)
	var r *recording.Recording
	err := decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
		r, err = readRecording(ctx, tree, path)
		return err
	})
	if err != nil {
		return decl.Fail(L, fmt.Errorf("%s: %w", name, err))
	}
	problems := make([]string, len(r.Problems))
	for i, p := range r.Problems {
		problems[i] = p.String()
	}
	L.Push(varTable(L, tree, r.Vars()))
	L.Push(decl.Push(L, problems))
	return 2
}

// snmprecLine is snmp.snmprec(var).
func snmprecLine(L *lua.LState) int {
	v := decl.Check[*variable](L, "snmp.snmprec", 1, "var")
	if line := recording.Line(v.Var); line != "" {
		L.Push(lua.LString(line))
	} else {
		L.Push(lua.LNil)
	}
	return 1
}
