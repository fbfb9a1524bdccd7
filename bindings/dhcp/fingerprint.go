package dhcp

import (
	"context"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/dhcp/dhcp4"
	"moonwire/host/dhcp/option"
)

// A fingerprint is what tells implementations apart, as Lua has it.
type fingerprint struct {
	Options     string `lua:"options" doc:"codes of the options as they stand, as 53,57,55,60,61"`
	Request     string `lua:"request" doc:"codes that option 55 asks for, in its order"`
	VendorClass string `lua:"vendor_class" doc:"option 60; empty when it has none"`
	HostName    string `lua:"host_name" doc:"option 12; empty when it has none"`
	MaxSize     uint16 `lua:"max_message_size" doc:"option 57; 0 when it has none"`
	Text        string `lua:"text" doc:"options;request;vendor_class"`
}

func fingerprintMethod() decl.Function {
	return decl.Fn[messageArgs, fingerprint]{Name: "fingerprint",
		Doc: "What tells the sender's implementation: which options it puts in which order, and what it asks for.",
		Example: `local m = dhcp.message{type="discover", options={{"max_message_size", 1500}, {"parameter_request_list", {1, 3, 6, 15}}, {"vendor_class", "udhcp"}}}
m:fingerprint().options, m:fingerprint().request --> 53,57,55,60, 1,3,6,15
m:fingerprint().text --> 53,57,55,60;1,3,6,15;udhcp`,
		Run: func(_ context.Context, a messageArgs) (fingerprint, error) {
			f := a.Self.Fingerprint()
			return fingerprint{Options: dhcp4.Codes(f.Order), Request: dhcp4.Codes(f.Request), VendorClass: f.VendorClass,
				HostName: f.HostName, MaxSize: f.MaxSize, Text: f.String()}, nil
		}}
}

type messageArgs struct {
	Self *dhcp4.Message `lua:"self"`
}

// optionsFunction tells what options there are.
func optionsFunction() decl.Function {
	return decl.Raw{Name: "options", Why: "a list of any length", Run: listOptions, Source: "RFC 2132 and IANA's list of BOOTP Vendor Extensions and DHCP Options",
		Doc:     "List the options that have names, by code: each with its other names, the type of its values in LuaLS notation and where it is defined.",
		Results: []decl.Param{{Name: "options", Type: "table[]", Doc: "as {code, name, aliases, type, source}"}},
		Example: `local o = dhcp.options()[4]
o.code, o.name, o.type, o.source --> 3, router, string[], RFC 2132 section 3.5`}
}

func listOptions(L *lua.LState) int {
	t := L.CreateTable(len(option.All()), 0)
	for _, d := range option.All() {
		t.Append(decl.Push(L, optionRow{d.Code, d.Name, d.Aliases, d.Kind.Type(), d.Source}))
	}
	L.Push(t)
	return 1
}

// An optionRow is what is known of an option, as Lua has it.
type optionRow struct {
	Code    uint8    `lua:"code"`
	Name    string   `lua:"name"`
	Aliases []string `lua:"aliases"`
	Type    string   `lua:"type"`
	Source  string   `lua:"source"`
}
