package mib

import (
	"context"
	"reflect"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/names"
	"moonwire/host/decl"
	"moonwire/host/mib"
	"moonwire/host/snmp/oid"
)

// Module declares all that Lua sees as require "mib".
func Module() *decl.Module {
	return &decl.Module{
		Name: "mib",
		Doc: "Names for SNMP's object identifiers. The modules of IETF and IANA and net-snmp's own are built in, as facts without descriptions: names, OIDs, types, " +
			"access, indices, enumerations and display hints. A name may have its module before it (IF-MIB::ifDescr), and numbers (ifDescr.2) " +
			"or an index in brackets (ifDescr[2], vacmGroupName[3][\"public\"]) behind it; dotted numbers are taken everywhere too.",
		Source: "RFC 2578, RFC 2579, RFC 2580; facts from pysnmp, pysnmp-mibs and net-snmp (BSD licences, see moonwire licenses) and from IANA's registries",
		Funcs: []decl.Function{
			decl.Fn[nameArgs, nodeResult]{Name: "find", Run: find, Fails: []string{decl.NotFound},
				Doc: "Find what a name or an OID names. Of an instance it is the object: sysName.0 gives sysName. The error tells the nearest name. Where modules " +
					"give a name to different OIDs, those of the core modules count (SNMPv2-MIB, IF-MIB, IP-MIB …); else the error tells all.",
				Example: "local n = mib.find(\"ifOperStatus\")\nn.oid, n.type, n.enum.up --> 1.3.6.1.2.1.2.2.1.8, Integer32, 1"},
			decl.Fn[oidArgs, string]{Name: "name", Run: name, Fails: []string{decl.Malformed, decl.NotFound},
				Doc: "Name an OID, as net-snmp's commands print it. What nothing names is printed in numbers.",
				Example: "mib.name(\"1.3.6.1.2.1.1.5.0\") --> \"sysName.0\"\n" +
					"mib.name(\"1.3.6.1.2.1.1.5.0\", {qualified=true}) --> \"SNMPv2-MIB::sysName.0\"\n" +
					"mib.name(\"1.3.6.1.2.1.4.34.1.3.1.4.10.0.0.1\", {index=true}) --> \"ipAddressIfIndex[ipv4][10.0.0.1]\""},
			decl.Fn[nameArgs, string]{Name: "oid", Run: toOID, Fails: []string{decl.NotFound, decl.Malformed},
				Doc: "Give the OID that a name stands for, in dotted numbers.",
				Example: "mib.oid(\"sysName.0\") --> \"1.3.6.1.2.1.1.5.0\"\n" +
					"mib.oid(\"ipAddressIfIndex[ipv4][10.0.0.1]\") --> \"1.3.6.1.2.1.4.34.1.3.1.4.10.0.0.1\""},
			decl.Fn[treeArgs, treeResult]{Name: "tree", Run: subtreeOf, Fails: []string{decl.NotFound, decl.Malformed},
				Doc:     "Draw what is below a name or an OID: print it, or take its nodes one after the other with each.",
				Example: "tostring(mib.tree(\"ifStackEntry\")):match(\"ifStackStatus.-RowStatus\") ~= nil --> true"},
			loader(),
			parser(),
			decl.Fn[struct{}, []string]{Name: "modules", Run: modules, Doc: "List the names of all modules, in order: built in or loaded.",
				Example: "#mib.modules() > 250 --> true"},
		},
		Classes: []*decl.Class{
			decl.Reads(&decl.Class{Name: "mib.node", Type: reflect.TypeFor[*mib.Node](), Methods: nodeMethods(),
				Doc:  "What a MIB module says of an OID. Two nodes are equal when they are of one module and one OID.",
				Meta: map[string]lua.LGFunction{"__tostring": decl.ToString, "__concat": decl.Concat, "__eq": sameNode}}, nodeFields),
			decl.Reads(&decl.Class{Name: "mib.subtree", Type: reflect.TypeFor[*subtree](), Methods: subtreeMethods(),
				Doc:  "Nodes at and below an OID. Its text is a drawing of them.",
				Meta: map[string]lua.LGFunction{"__tostring": decl.ToString}}, subtreeFields),
		},
	}
}

type nameArgs struct {
	Name string `lua:"name" doc:"name, module::name, either with numbers or an index behind it, or dotted numbers"`
}

type nodeResult struct {
	Node *mib.Node `lua:"ret.node" type:"mib.node" doc:"the node"`
}

// refuse gives the errors of package mib a kind and the function's name.
func refuse(function string, err error) error {
	if decl.KindOf(err) == "" {
		err = decl.Refuse(decl.Malformed, err)
	}
	return decl.Refuse(decl.KindOf(err), &failure{function, err})
}

// A failure is an error of a function.
type failure struct {
	function string
	err      error
}

func (f *failure) Error() string { return f.function + ": " + f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

func find(ctx context.Context, a nameArgs) (nodeResult, error) {
	o, n, err := names.From(ctx).Resolve(a.Name)
	if err == nil && !stands(n, o) {
		err = decl.Refuse(decl.NotFound, &nameless{o, n})
	}
	if err != nil {
		return nodeResult{}, refuse("mib.find", err)
	}
	return nodeResult{n}, nil
}

// stands says whether a node stands for an OID: it has it, or it is an instance of the node.
func stands(n *mib.Node, o oid.OID) bool {
	return n != nil && (len(n.OID) == len(o) || n.Kind == mib.Scalar || n.Kind == mib.Column)
}

// nameless says that no module names an OID.
type nameless struct {
	oid   oid.OID
	above *mib.Node // the next node above; nil when there is none
}

func (e *nameless) Error() string {
	text := "no MIB module names " + e.oid.String()
	if e.above != nil {
		text += ", which is below " + e.above.String()
	}
	return text
}

type oidArgs struct {
	OID       string `lua:"oid" doc:"dotted numbers, or a name"`
	Qualified bool   `lua:"opts.qualified" doc:"put the module before the name"`
	Index     bool   `lua:"opts.index" doc:"decode the index of a row, in brackets"`
}

func name(ctx context.Context, a oidArgs) (string, error) {
	t := names.From(ctx)
	o, _, err := t.Resolve(a.OID)
	if err != nil {
		return "", refuse("mib.name", err)
	}
	switch {
	case a.Qualified && a.Index:
		if n, _ := t.Prefix(o); n != nil {
			return n.Module + "::" + t.Indexed(o), nil
		}
		return o.String(), nil
	case a.Qualified:
		return t.Qualified(o), nil
	case a.Index:
		return t.Indexed(o), nil
	}
	return t.Name(o), nil
}

func toOID(ctx context.Context, a nameArgs) (string, error) {
	o, _, err := names.From(ctx).Resolve(a.Name)
	if err != nil {
		return "", refuse("mib.oid", err)
	}
	return o.String(), nil
}

func modules(ctx context.Context, _ struct{}) ([]string, error) {
	return names.From(ctx).Modules(), nil
}
