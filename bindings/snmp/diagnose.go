package snmp

import (
	"context"
	"fmt"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/snmp/diagnose"
	"moonwire/host/snmp/manager"
	"moonwire/host/snmp/usm"
)

func diagnoseFunctions() []decl.Function { return []decl.Function{diagnoseFunction()} }

func diagnoseClasses() []*decl.Class { return nil }

// finding is one line of a diagnosis, as Lua sees it.
type finding struct {
	Step   string `lua:"step" doc:"what was looked at: reach, engine, community, user, auth, priv or access"`
	OK     bool   `lua:"ok" doc:"nothing is wrong there"`
	Text   string `lua:"text" doc:"what was found"`
	Remedy string `lua:"remedy?" doc:"what would cure it"`
}

// findings is a diagnosis: the list, and what it comes to.
type findings struct {
	OK     bool         `lua:"ok" doc:"nothing is wrong"`
	Engine *engineTable `lua:"engine?" doc:"the agent's engine"`
	Works  *works       `lua:"works?" doc:"the protocols with which the agent answers the user; they are those that were given, or the remedy"`
}

// works are the protocols of a user.
type works struct {
	Auth string `lua:"auth" doc:"digest, none without one"`
	Priv string `lua:"priv" doc:"cipher, none without one"`
}

func usualDiagnosis() asking {
	o := usualAsking()
	o.Retries = diagnose.DefaultRetries
	return o
}

const diagnoseName = "snmp.diagnose"

func diagnoseFunction() decl.Function {
	results := decl.OptionParams(findings{})
	results = append([]decl.Param{{Name: "[n]", Type: "table", Fields: decl.OptionParams(finding{}), Doc: "the findings, in the order of the steps"}}, results...)
	return decl.Raw{Name: "diagnose", Why: "its options are shared with open, its result is a list with fields", Run: runDiagnosis, Blocks: true,
		Fails:   []string{decl.NotFound, decl.Denied},
		Params:  []decl.Param{{Name: "host", Type: "string", Doc: "name or address of the agent; a port may follow, as in 10.0.0.1:1161"}},
		Options: decl.OptionParams(usualDiagnosis()),
		Source:  "RFC 3414 sections 3.2 and 4; draft-blumenthal-aes-usm and draft-reeder-snmpv3-usm-3desede for the two ways to lengthen keys",
		Doc: "Find out why an agent does not answer a user of version 3, and what would cure it. It asks step by step: is anybody there, which " +
			"engine, does it know the name, is the digest right, is the cipher, may the user see anything. Where the answer is no, or silence, " +
			"it tries the other digests, the other way to lengthen keys, the other ciphers and the passwords in each other's place. Without a " +
			"user it looks for version 3 and whether the community is taken. A silent agent costs some seconds: timeout, twice for each step.",
		Results: []decl.Param{{Name: "findings", Type: "table", Fields: results, Doc: "a list, with fields beside"}},
		Example: `local a = assert(snmp.agent{port=0, address="127.0.0.1", users={{user="u", auth="SHA256", auth_password="authentic"}}})
local found = assert(snmp.diagnose(a.address, {user="u", auth="SHA", auth_password="authentic"}))
found[4].text, found[4].remedy --> the digest of 'u' is SHA256, not SHA, auth="SHA256"`}
}

// runDiagnosis is snmp.diagnose(host, {…}).
func runDiagnosis(L *lua.LState) int {
	host := decl.String(L, diagnoseName, 1)
	o := usualDiagnosis()
	decl.Options(L, diagnoseName, 2, &o)
	options := o.options(L, diagnoseName)
	options.Addr, options.Name = hostPort(host, o.Port), treeOf(L).Name
	var r *diagnose.Report
	err := decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
		r, err = diagnose.Run(ctx, options)
		return err
	})
	if err != nil {
		return decl.Fail(L, fmt.Errorf("%s: %w", diagnoseName, err))
	}
	L.Push(findingsTable(L, r))
	return 1
}

// findingsTable is a report as Lua sees it.
func findingsTable(L *lua.LState, r *diagnose.Report) *lua.LTable {
	head := findings{OK: r.Right(), Engine: tableOfKnown(r.Engine), Works: worksOf(r.User)}
	t := decl.Push(L, head).(*lua.LTable)
	for _, f := range r.Findings {
		t.Append(decl.Push(L, finding{f.Step, f.Right, f.Text, f.Remedy}))
	}
	return t
}

// tableOfKnown is tableOfEngine where there is an engine.
func tableOfKnown(e *manager.Engine) *engineTable {
	if e == nil {
		return nil
	}
	t := tableOfEngine(*e)
	return &t
}

func worksOf(u *usm.User) *works {
	if u == nil {
		return nil
	}
	return &works{u.Auth.String(), u.Priv.String()}
}
