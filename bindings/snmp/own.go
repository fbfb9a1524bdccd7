package snmp

import (
	"context"
	"fmt"
	"sync"
	"time"

	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/snmp/usm"
)

// own is the engine of a runtime: what its scripts send traps as and take informs with, unless they name another.
type own struct {
	once   sync.Once
	engine *usm.Engine
	began  time.Time // sysUpTime counts from here
}

var owns = decl.Local[*own]{Make: func() *own { return new(own) }}

// ownOf is the runtime's own engine, with an id that chance makes: two of one id would shut each other's traps out.
func ownOf(ctx context.Context) *own {
	o := owns.From(ctx)
	o.once.Do(func() {
		o.began = network.ClockFrom(ctx).Now()
		o.engine = usm.NewEngine(usm.NewEngineID(fmt.Sprintf("moonwire-%012x", network.Rand(ctx).Uint64()>>16)), 1, o.began)
	})
	return o
}

// engineOptions name the own engine.
type engineOptions struct {
	Engine string `lua:"engine?" doc:"id of the own engine in hexadecimal digits; else one that chance makes for this run. Give it to senders of traps of version 3 whose receivers must know it, such as snmptrapd (createUser -e)"`
	Boots  *int32 `lua:"boots?" range:"0..2147483647" doc:"how often that engine has started, which has to grow with each start; else 1, and for an id that was given the seconds from 2020 until now, which grow by themselves"`
	Time   *int32 `lua:"time?" range:"0..2147483647" doc:"seconds since its last start; else 0 now, and running"`
}

// bootsEpoch is where boots are counted from that nobody gave.
var bootsEpoch = time.Date(2020, time.January, 1, 0, 0, 0, 0, time.UTC)

// engine is the engine that the options name.
func (o *engineOptions) engine(ctx context.Context) (*usm.Engine, error) {
	now := network.ClockFrom(ctx).Now()
	if o.Engine == "" && o.Boots == nil && o.Time == nil {
		return ownOf(ctx).engine, nil
	}
	id, boots, passed := ownOf(ctx).engine.ID(), int32(1), int32(0)
	if o.Engine != "" {
		given, err := usm.ParseEngineID(o.Engine)
		if err != nil {
			return nil, decl.BadArg("engine", "%s", err)
		}
		id, boots = given, int32(now.Sub(bootsEpoch)/time.Second)
	}
	if o.Boots != nil {
		boots = *o.Boots
	}
	if o.Time != nil {
		passed = *o.Time
	}
	e := usm.NewEngine(id, boots, now)
	e.Set(boots, passed, now)
	return e, nil
}
