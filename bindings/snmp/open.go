package snmp

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/snmp/manager"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/usm"
)

// asking are the options that say how to ask, whoever it is.
type asking struct {
	Port      uint16 `lua:"port?" range:"1..65535" doc:"port of the agent"`
	Transport string `lua:"transport?" choices:"udp|tcp|udp4|udp6|tcp4|tcp6" doc:"how messages travel; 4 and 6 take a name's addresses of that IP version only"`
	Version   string `lua:"version?" choices:"1|2c|3" doc:"of SNMP; 3 when a user is given, else 2c"`
	Community string `lua:"community?" doc:"of versions 1 and 2c"`
	security
	Context       string        `lua:"context?" doc:"of version 3: which of the agent's sets of variables"`
	ContextEngine string        `lua:"context_engine?" doc:"of version 3: engine that has the context, in hexadecimal digits; else the agent's"`
	Engine        string        `lua:"engine?" doc:"of version 3: id of the agent's engine in hexadecimal digits; else it is discovered"`
	Boots         int32         `lua:"boots?" range:"0..2147483647" doc:"of version 3: how often the engine started, if that is known"`
	Time          int32         `lua:"time?" range:"0..2147483647" doc:"of version 3: seconds since it did, if that is known"`
	Timeout       time.Duration `lua:"timeout?" range:"0.001..86400" doc:"wait for the answer to each sending, in seconds"`
	Retries       int           `lua:"retries?" range:"0..1000" doc:"sendings after the first; over TCP there are none, and the wait is as long"`
	Repetitions   int           `lua:"max_repetitions?" range:"0..2147483647" doc:"of walks in bulk; 0: as many as fill an answer of 1,400 bytes, from 10 on, up to 100"`
}

// openOptions are snmp.open's.
type openOptions struct {
	Host string `lua:"host" doc:"name or address of the agent; an IPv6 address may have a zone, as fe80::1%eth0; a port may follow, as in 10.0.0.1:1161"`
	asking
}

func usualAsking() asking {
	return asking{Transport: "udp", Community: "public", Port: 161, Timeout: manager.DefaultTimeout, Retries: manager.DefaultRetries}
}

func openFunction() decl.Function {
	return decl.Raw{Name: "open", Why: "its options are shared with poll, discover and others", Run: openSession, Blocks: true,
		Fails:   []string{decl.NotFound, decl.Denied},
		Options: decl.OptionParams(openOptions{asking: usualAsking()}),
		Source:  "RFC 3416 section 4.2, RFC 3414; timeout and retries are those of net-snmp's commands",
		Doc: "Open a session with an agent. Nothing is sent before the first question, but to look a name up: an agent that isn't there " +
			"shows only then. Version 3 discovers the agent's engine with the first question.",
		Results: []decl.Param{{Name: "session", Type: "snmp.session", Doc: "to ask by"}},
		Example: `local a = assert(snmp.agent{port=0, address="127.0.0.1", tree={["sysName.0"]="R2"}})
local s = assert(snmp.open{host=a.address, community="public", timeout=5})
s:get("sysName.0").value, s.version --> R2, 2c`}
}

const openName = "snmp.open"

// openSession is snmp.open{…}.
func openSession(L *lua.LState) int {
	o := openOptions{asking: usualAsking()}
	decl.Options(L, openName, 1, &o)
	tree := treeOf(L)
	options := o.asking.options(L, openName)
	if options.Version == message.V3 && options.User == nil {
		decl.Raisef(L, "bad option 'version' to '%s' (version 3 needs option 'user')", openName)
	}
	options.Addr, options.Name = hostPort(o.Host, o.Port), tree.Name
	s := &session{tree: tree}
	err := decl.HostOf(L).Block(L, func(ctx context.Context) (err error) {
		s.Session, err = manager.Open(ctx, options)
		return err
	})
	if err != nil {
		return decl.Fail(L, fmt.Errorf("%s: %w", openName, err))
	}
	decl.HostOf(L).Own(L, s)
	L.Push(decl.NewUserData(L, s))
	return 1
}

// hostPort joins a host and a port, unless the host has one.
func hostPort(host string, port uint16) string {
	if _, _, err := net.SplitHostPort(host); err == nil {
		return host
	}
	return net.JoinHostPort(strings.Trim(host, "[]"), strconv.Itoa(int(port)))
}

// options are what the manager takes; misuse raises.
func (a *asking) options(L *lua.LState, name string) manager.Options {
	o, err := a.read()
	if err != nil {
		var bad *decl.ArgError
		if errors.As(err, &bad) {
			decl.Raisef(L, "bad option '%s' to '%s' (%s)", bad.Param, name, bad.Message)
		}
		decl.Raisef(L, "bad options to '%s' (%s)", name, err)
	}
	return o
}

var versions = map[string]message.Version{"1": message.V1, "2c": message.V2c, "3": message.V3}

// read turns options as scripts write them into the manager's.
func (a *asking) read() (manager.Options, error) {
	o := manager.Options{Network: a.Transport, Community: []byte(a.Community), Context: a.Context, Boots: a.Boots, Time: a.Time,
		Timeout: a.Timeout, Retries: a.Retries, MaxRepetitions: a.Repetitions}
	if a.Retries == 0 {
		o.Retries = -1
	}
	var err error
	if o.User, err = a.user(); err != nil {
		return o, err
	}
	switch {
	case a.Version != "":
		o.Version = versions[a.Version]
	case o.User != nil:
		o.Version = message.V3
	default:
		o.Version = message.V2c
	}
	if o.Version != message.V3 && o.User != nil {
		return o, decl.BadArg("user", "users are of version 3, not of %s", o.Version)
	}
	if o.Engine, err = engineOption("engine", a.Engine); err != nil {
		return o, err
	}
	o.ContextEngine, err = engineOption("context_engine", a.ContextEngine)
	return o, err
}

// engineOption reads an engine's id; nil when none was given.
func engineOption(name, digits string) ([]byte, error) {
	if digits == "" {
		return nil, nil
	}
	id, err := usm.ParseEngineID(digits)
	if err != nil {
		return nil, decl.BadArg(name, "%s", err)
	}
	return id, nil
}
