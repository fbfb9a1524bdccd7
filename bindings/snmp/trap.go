package snmp

import (
	"cmp"
	"context"
	"fmt"
	"net/netip"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/names"
	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/snmp/manager"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/notify"
	"moonwire/host/snmp/oid"
	"moonwire/host/snmp/usm"
)

const exampleReceiver = `local l = snmp.listen{port = 0, address = "127.0.0.1", users = {{name = "ann", auth = "SHA256", auth_password = "auth12345"}}}
local to = {host = "127.0.0.1", port = l.port, trap = "linkDown", vars = {{"ifIndex.2", 2}}}
`

func senderFunctions() []decl.Function {
	return []decl.Function{
		decl.Raw{Name: "trap", Why: "vars are a table in several forms", Run: trap, Blocks: true,
			Doc: "Send a trap: once, and nobody confirms it. In version 1 it is translated as RFC 3584 section 3.2 says; in version 3 the " +
				"own engine is the authority, and receivers need to know it.",
			Options: decl.OptionParams(trapDefaults()), Fails: []string{decl.NotFound, decl.Unreachable, decl.Refused, decl.Unsupported},
			Results: []decl.Param{{Name: "sent", Type: "true", Doc: "it left; whether it came nobody tells"}},
			Example: exampleReceiver + `snmp.trap(to) --> true
to.version = 1
assert(snmp.trap(to))
to.version, to.user, to.auth, to.auth_password = 3, "ann", "SHA256", "auth12345"
assert(snmp.trap(to))
for event in l:events{count = 3} do print(event.version, event.trap, event.vars.ifIndex) end`,
			Source: "RFC 3416 section 4.2.6, RFC 1157 section 4.1.6, RFC 3414 section 3.1"},
		decl.Raw{Name: "inform", Why: "vars are a table in several forms", Run: inform, Blocks: true,
			Doc: "Send an inform, and wait until it is confirmed; it is sent again while it isn't. In version 3 the receiver's engine is " +
				"found out first.",
			Options: decl.OptionParams(informDefaults()), Fails: []string{decl.Timeout, decl.NotFound, decl.Unreachable, decl.Refused, decl.Unsupported},
			Results: []decl.Param{{Name: "receipt", Type: "table", Doc: "how it was confirmed", Fields: decl.OptionParams(receipt{})}},
			Example: exampleReceiver + `snmp.inform(to).tries, l().kind --> 1, inform`,
			Source:  "RFC 3416 section 4.2.7, RFC 3413 section 3.3"},
	}
}

// notification is what to say, and to whom.
type notification struct {
	Host      string `lua:"host" doc:"receiver's address or name"`
	Port      uint16 `lua:"port?" doc:"receiver's port"`
	Transport string `lua:"transport?" choices:"udp|tcp" doc:"how it travels"`
	Version   string `lua:"version?" type:"string|integer" choices:"1|2c|3" doc:"of SNMP; else 2c, or 3 where a user is given"`
	Community string `lua:"community?" doc:"of versions 1 and 2c"`
	security
	Context string         `lua:"context?" doc:"of version 3"`
	Trap    string         `lua:"trap?" doc:"what happened, by name or in numbers: linkDown"`
	Vars    *lua.LTable    `lua:"vars?" type:"table" doc:"variables that it carries: a list of {name, value[, type]} in order, or values by name"`
	Uptime  *time.Duration `lua:"uptime?" doc:"seconds since the sender started, for sysUpTime.0; else since the module was loaded"`
}

// trapOptions are snmp.trap's.
type trapOptions struct {
	notification
	Agent      netip.Addr `lua:"agent?" doc:"IPv4 address that the trap is about; else, in version 1, the one that it is sent from. Versions 2c and 3 carry it as snmpTrapAddress.0"`
	Enterprise string     `lua:"enterprise?" doc:"what the agent is, by name or in numbers: of version 1; versions 2c and 3 carry it as snmpTrapEnterprise.0"`
	Generic    *int32     `lua:"generic?" range:"0..6" doc:"version 1's number of the trap, in place of trap"`
	Specific   *int32     `lua:"specific?" doc:"version 1's number below the enterprise, with generic = 6"`
	engineOptions
}

func trapDefaults() trapOptions {
	return trapOptions{notification: notification{Port: trapPort, Transport: "udp", Community: "public"}}
}

// informOptions are snmp.inform's.
type informOptions struct {
	notification
	Timeout time.Duration `lua:"timeout?" doc:"wait for the answer to each sending, in seconds"`
	Retries int           `lua:"retries?" range:"0..1000" doc:"sendings after the first"`
}

func informDefaults() informOptions {
	return informOptions{notification: trapDefaults().notification, Timeout: manager.DefaultTimeout, Retries: manager.DefaultRetries}
}

// A receipt says how an inform was confirmed.
type receipt struct {
	Time  time.Duration `lua:"time" doc:"seconds from the first sending to the answer"`
	Tries int           `lua:"tries" doc:"sendings of the inform"`
}

// trap is snmp.trap(opts).
func trap(L *lua.LState) int {
	const name = "snmp.trap"
	o := trapDefaults()
	decl.Options(L, name, 1, &o)
	host := decl.HostOf(L)
	to, n, err := o.target(host.Context())
	if err != nil {
		return misused(L, name, err)
	}
	err = host.Block(L, func(ctx context.Context) (err error) {
		if to.To, err = manager.Resolve(ctx, o.Transport, hostPort(o.Host, o.Port)); err == nil {
			_, err = notify.Send(ctx, to, n)
		}
		return err
	})
	if err != nil {
		return decl.Fail(L, fmt.Errorf("%s: %w", name, err))
	}
	L.Push(lua.LTrue)
	return 1
}

// inform is snmp.inform(opts).
func inform(L *lua.LState) int {
	const name = "snmp.inform"
	o := informDefaults()
	decl.Options(L, name, 1, &o)
	host := decl.HostOf(L)
	n, err := o.say(host.Context())
	if err == nil && n.Trap == nil {
		err = decl.Misuse("needs option 'trap'")
	}
	if err != nil {
		return misused(L, name, err)
	}
	session, err := o.session()
	if err != nil {
		return misused(L, name, err)
	}
	session.Timeout, session.Retries = o.Timeout, cmp.Or(o.Retries, -1)
	var r notify.Receipt
	err = host.Block(L, func(ctx context.Context) error {
		s, err := manager.Open(ctx, session)
		if err != nil {
			return err
		}
		defer s.Close()
		r, err = notify.Inform(ctx, s, n)
		return err
	})
	if err != nil {
		return decl.Fail(L, fmt.Errorf("%s: %w", name, err))
	}
	L.Push(decl.Push(L, receipt{r.Time, r.Sendings}))
	return 1
}

// session are the options of one with the receiver.
func (o *notification) session() (s manager.Options, err error) {
	s = manager.Options{Addr: hostPort(o.Host, o.Port), Network: o.Transport, Community: []byte(o.Community), Context: o.Context,
		Peer: "a receiver"}
	s.Version, s.User, err = o.who()
	return s, err
}

// who is the version, and the user of version 3.
func (o *notification) who() (message.Version, *usm.User, error) {
	u, err := o.user()
	if err != nil {
		return 0, nil, err
	}
	switch {
	case u != nil && (o.Version == "1" || o.Version == "2c"):
		return 0, nil, decl.BadArg("user", "users are of version 3, not of %s", o.Version)
	case o.Version == "" && u == nil, o.Version == "2c":
		return message.V2c, nil, nil
	case o.Version == "1":
		return message.V1, nil, nil
	case u == nil:
		return 0, nil, decl.BadArg("version", "version 3 needs option 'user'")
	}
	return message.V3, u, nil
}

// say is what the notification says.
func (o *notification) say(ctx context.Context) (n notify.Notification, err error) {
	tree := names.From(ctx)
	if o.Trap != "" {
		if n.Trap, err = resolve(tree, o.Trap); err != nil {
			return n, decl.BadArg("trap", "%s", err)
		}
	}
	if o.Vars != nil && !empty(o.Vars) {
		if n.Vars, err = wishes(tree, o.Vars); err != nil {
			return n, decl.BadArg("vars", "%s", err)
		}
	}
	passed := max(network.ClockFrom(ctx).Now().Sub(ownOf(ctx).began), 0)
	if o.Uptime != nil {
		passed = *o.Uptime
	}
	n.Uptime = uint32(passed / (10 * time.Millisecond))
	return n, nil
}

// target is whom to send a trap to, but for the address, and the trap.
func (o *trapOptions) target(ctx context.Context) (to notify.Target, n notify.Notification, err error) {
	if n, err = o.say(ctx); err != nil {
		return to, n, err
	}
	to = notify.Target{Network: o.Transport, Community: []byte(o.Community), Context: o.Context, Agent: o.Agent}
	if to.Version, to.User, err = o.who(); err != nil {
		return to, n, err
	}
	if o.Enterprise != "" {
		if to.Enterprise, err = resolve(names.From(ctx), o.Enterprise); err != nil {
			return to, n, decl.BadArg("enterprise", "%s", err)
		}
	}
	if n.Trap == nil {
		if n.Trap, err = o.numbered(to.Enterprise); err != nil {
			return to, n, err
		}
	}
	to.Engine, err = o.engine(ctx)
	return to, n, err
}

// numbered is the name of a trap that was given by version 1's numbers.
func (o *trapOptions) numbered(enterprise oid.OID) (oid.OID, error) {
	if o.Generic == nil {
		return nil, decl.Misuse("needs option 'trap', or 'generic'")
	}
	t := message.Trap{Generic: *o.Generic, Enterprise: enterprise}
	if o.Specific != nil {
		t.Specific = *o.Specific
	}
	if t.Generic == 6 && enterprise == nil {
		return nil, decl.BadArg("generic", "6, an enterprise's own trap, needs option 'enterprise'")
	}
	return notify.NameOf(&t), nil
}

// empty says whether a table has nothing.
func empty(t *lua.LTable) bool {
	k, _ := t.Next(lua.LNil)
	return k == lua.LNil
}
