package snmp

import (
	"cmp"
	"context"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/snmp/agent"
	"moonwire/host/snmp/manager"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/mib2"
	"moonwire/host/snmp/resident"
)

// hostOptions are what an agent can't find out of its host.
type hostOptions struct {
	Name        string       `lua:"name?" doc:"sysName; else the host's name"`
	Contact     string       `lua:"contact?" doc:"sysContact"`
	Location    string       `lua:"location?" doc:"sysLocation"`
	Description string       `lua:"description?" doc:"sysDescr; else what the host says of itself"`
	Traps       []lua.LValue `lua:"traps?" type:"(string|table)[]" doc:"whom to notify (coldStart, linkDown, linkUp, and authenticationFailure once snmpEnableAuthenTraps is 1): names or addresses, or tables with host, port, transport, version, community, user (one of the agent's), context, inform, timeout and retries"`
}

// targetOptions are an entry of the option traps.
type targetOptions struct {
	Host      string        `lua:"host" doc:"name or address; a name is looked up for each notification"`
	Port      uint16        `lua:"port?" doc:"where it listens"`
	Transport string        `lua:"transport?" choices:"udp|tcp"`
	Version   string        `lua:"version?" type:"string|integer" choices:"1|2c|3" doc:"of SNMP; else 2c, or 3 where a user is given"`
	Community string        `lua:"community?" doc:"of versions 1 and 2c; else the agent's"`
	User      string        `lua:"user?" doc:"of version 3: one of the agent's users"`
	Context   string        `lua:"context?" doc:"of version 3"`
	Inform    bool          `lua:"inform?" doc:"have each notification confirmed, and send it again until it is"`
	Timeout   time.Duration `lua:"timeout?" doc:"of informs: seconds to wait after each sending"`
	Retries   int           `lua:"retries?" range:"0..1000" doc:"of informs: sendings after the first"`
}

// A home is the host that an agent tells of; the zero one is none.
type home struct {
	options  *mib2.Options
	targets  []resident.Target
	resident *resident.Resident
}

// host reads the option host.
func (r *agentReader) host(c *agent.Options) error {
	o := r.options.Host
	if o == nil {
		return nil
	}
	h := &r.handle.home
	h.options = &mib2.Options{Name: o.Name, Contact: o.Contact, Location: o.Location, Description: o.Description}
	for i, v := range o.Traps {
		t, err := r.target(v, c.Users)
		if err != nil {
			return decl.BadArg("host", "'traps' item %d: %s", i+1, err)
		}
		h.targets = append(h.targets, t)
	}
	return nil
}

// target is an entry of the option traps.
func (r *agentReader) target(v lua.LValue, users []agent.User) (t resident.Target, err error) {
	o := targetOptions{Port: trapPort, Transport: "udp", Community: cmp.Or(r.options.Community, "public"),
		Timeout: manager.DefaultTimeout, Retries: manager.DefaultRetries}
	if name, ok := v.(lua.LString); ok {
		o.Host = string(name)
	} else if err := decl.Read(r.L, v, &o); err != nil {
		return t, err
	}
	t = resident.Target{To: hostPort(o.Host, o.Port), Network: o.Transport, Community: []byte(o.Community), Context: o.Context, Inform: o.Inform,
		Timeout: o.Timeout, Retries: cmp.Or(o.Retries, -1)}
	for _, u := range users {
		if u.Name == o.User && o.User != "" {
			t.User = u.User
		}
	}
	switch {
	case o.User != "" && t.User == nil:
		return t, decl.Misuse("the agent has no user '%s'", o.User)
	case o.Version == "3" && t.User == nil:
		return t, decl.Misuse("version 3 needs option 'user'")
	case t.User != nil && o.Version != "" && o.Version != "3":
		return t, decl.Misuse("users are of version 3, not of %s", o.Version)
	case o.Version == "1" && o.Inform:
		return t, decl.Misuse("version 1 has no inform")
	}
	t.Version = versions[o.Version]
	if o.Version == "" {
		t.Version = message.V2c
	}
	if t.User != nil {
		t.Version = message.V3
	}
	return t, nil
}

// enter makes the agent that is being made tell of ctx's host.
func (h *home) enter(ctx context.Context, c *agent.Options) (err error) {
	if h.options == nil {
		return nil
	}
	if c.Engine == nil {
		c.Engine = resident.EngineOf(network.From(ctx))
	}
	if h.resident, err = resident.New(ctx, c.Trees[""], *h.options, h.targets); err == nil {
		told := c.Happened
		c.Happened = func(e agent.Event) {
			h.resident.Happened(e)
			told(e)
		}
	}
	return err
}

// begin tells those who are notified that the agent is there.
func (h *home) begin(a *agent.Agent) {
	if h.resident != nil {
		h.resident.Start(a)
	}
}

// leave ends it.
func (h *home) leave() {
	if h.resident != nil {
		h.resident.Close()
	}
}

// targetRow is what became of the notifications for one target.
type targetRow struct {
	To      string `lua:"to" doc:"as host:port"`
	Inform  bool   `lua:"inform" doc:"are they to be confirmed?"`
	Sent    int    `lua:"sent" doc:"how many were sent; of informs, confirmed"`
	Failed  int    `lua:"failed" doc:"how many couldn't be, or were not confirmed"`
	Waiting int    `lua:"waiting" doc:"how many are still to be sent"`
	Error   string `lua:"error?" doc:"why the last one failed"`
}

func homeFields() []decl.Reading[*agentHandle] {
	return []decl.Reading[*agentHandle]{
		{Param: decl.Param{Name: "targets", Type: "table[]", Doc: "whom it notifies of what happens to its host, and what became of that", Fields: decl.OptionParams(targetRow{})},
			Get: func(L *lua.LState, h *agentHandle) lua.LValue { return decl.Push(L, h.home.rows()) }},
	}
}

func (h *home) rows() []targetRow {
	rows := []targetRow{}
	if h.resident == nil {
		return rows
	}
	for _, p := range h.resident.Targets() {
		row := targetRow{To: p.Target.To, Inform: p.Target.Inform, Sent: p.Sent, Failed: p.Failed, Waiting: p.Waiting}
		if p.LastError != nil {
			row.Error = p.LastError.Error()
		}
		rows = append(rows, row)
	}
	return rows
}
