package snmp

import (
	"context"
	"fmt"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/several"
	"moonwire/host/decl"
	"moonwire/host/mib"
	"moonwire/host/snmp/agent"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
)

// faultSpec is a way to err: which requests it strikes, and what becomes of their answers.
type faultSpec struct {
	Names  lua.LValue `lua:"names?" type:"string|string[]" doc:"it strikes requests that name something below these; else all"`
	Skip   int        `lua:"skip?" range:"0.." doc:"requests that it leaves alone first"`
	Count  int        `lua:"count?" range:"1.." doc:"requests that it strikes; else no limit"`
	Chance float64    `lua:"chance?" range:"0..1" doc:"that it strikes one of these; else it does"`

	Drop      lua.LValue    `lua:"drop?" type:"boolean|number" doc:"no answer; a number is the chance of that"`
	Delay     time.Duration `lua:"delay?" range:"0..86400" doc:"seconds until the answer leaves"`
	Jitter    time.Duration `lua:"jitter?" range:"0..86400" doc:"seconds more at most, by chance"`
	Status    string        `lua:"status?" doc:"error status in place of an answer, as genErr"`
	TooBig    lua.LValue    `lua:"too_big?" type:"boolean|integer" doc:"tooBig in place of an answer; a number is how many variables may be asked for without"`
	WrongType bool          `lua:"wrong_type?" doc:"strings become numbers, and all else strings"`
	Wrap      *uint64       `lua:"wrap?" type:"integer|u64" doc:"counters stand so many before their wrap when they are told first, and go on from there"`
	Loop      bool          `lua:"loop?" doc:"walks begin again at the names"`
	WrongID   bool          `lua:"wrong_id?" doc:"the answer has another request id"`
	Duplicate int           `lua:"duplicate?" range:"1..1000" doc:"how often the answer is sent besides"`
	Elsewhere bool          `lua:"elsewhere?" doc:"the answer comes from another port, by UDP"`
	Cut       int           `lua:"cut?" range:"1.." doc:"bytes of the answer that are left out at its end"`
	Garbage   bool          `lua:"garbage?" doc:"bytes by chance in place of the answer"`
	Trickle   time.Duration `lua:"trickle?" range:"0..60" doc:"seconds behind each byte of the answer, by TCP"`
	Stall     bool          `lua:"stall?" doc:"half of an answer by TCP, none by UDP"`
	Reboot    bool          `lua:"reboot?" doc:"the agent begins anew behind the answer: sysUpTime, boots and time of its engine"`
	NewEngine bool          `lua:"engine?" doc:"the same, and its engine has another id"`
}

// faultsOf reads one fault or a list of them.
func faultsOf(L *lua.LState, names *mib.Tree, v lua.LValue) (list []agent.Fault, err error) {
	for _, item := range several.Items(v) {
		if t, ok := item.(*lua.LTable); !ok {
			return nil, fmt.Errorf("table expected, got %s", decl.TypeName(item))
		} else if isEmpty(t) {
			continue
		}
		var spec faultSpec
		if err := decl.Read(L, item, &spec); err != nil {
			return nil, err
		}
		f, err := spec.fault(names)
		if err != nil {
			return nil, err
		}
		list = append(list, f)
	}
	return list, nil
}

func isEmpty(t *lua.LTable) bool {
	k, _ := t.Next(lua.LNil)
	return k == lua.LNil
}

func (s *faultSpec) fault(names *mib.Tree) (f agent.Fault, err error) {
	f = agent.Fault{Skip: s.Skip, Count: s.Count, Chance: s.Chance, Delay: s.Delay, Jitter: s.Jitter, WrongType: s.WrongType, Wrap: s.Wrap,
		Loop: s.Loop, WrongID: s.WrongID, Copies: s.Duplicate, Elsewhere: s.Elsewhere, Cut: s.Cut, Garbage: s.Garbage, Trickle: s.Trickle,
		Stall: s.Stall, Reboot: s.Reboot, NewEngine: s.NewEngine}
	words, err := several.Words(s.Names)
	if err != nil {
		return f, fmt.Errorf("'names': %w", err)
	}
	f.Roots = make([]oid.OID, len(words))
	for i, w := range words {
		if f.Roots[i], err = resolve(names, w); err != nil {
			return f, fmt.Errorf("'names': %w", err)
		}
	}
	if s.Status != "" {
		var ok bool
		if f.Status, ok = message.StatusNamed(s.Status); !ok || f.Status == message.NoError {
			return f, fmt.Errorf("'status': there is no error status '%s'", s.Status)
		}
	}
	switch v := s.Drop.(type) {
	case lua.LBool:
		f.Drop = bool(v)
	case lua.LNumber:
		if v < 0 || v > 1 {
			return f, fmt.Errorf("'drop': a chance from 0 to 1 expected, got %s", v)
		}
		if f.Drop = v > 0; f.Drop && s.Chance == 0 {
			f.Chance = float64(v)
		}
	case nil, *lua.LNilType:
	default:
		return f, fmt.Errorf("'drop': boolean or number expected, got %s", decl.TypeName(v))
	}
	switch v := s.TooBig.(type) {
	case lua.LBool:
		f.TooBig = bool(v)
	case lua.LNumber:
		f.TooBig, f.Room = true, int(v)
	case nil, *lua.LNilType:
	default:
		return f, fmt.Errorf("'too_big': boolean or number expected, got %s", decl.TypeName(v))
	}
	return f, nil
}

func faultMethods() []decl.Function {
	return []decl.Function{
		decl.Raw{Name: "fault", Why: "takes one table or a list of them", Run: setFaults, Options: decl.OptionParams(faultSpec{}),
			Doc: "Err on purpose from now on, as the option faults does: by one fault or a list of them, in place of those before. An empty table " +
				"ends it.",
			Example: `local a = assert(snmp.agent{port=0, address="127.0.0.1", tree={["sysName.0"]="R2"}})
local s = assert(snmp.open{host=a.address, timeout=5})
a:fault{status="genErr", names="sysName"}
select(3, s:get("sysName.0")) --> gen_err
a:fault{}
s:get("sysName.0").value --> R2`},
		decl.Fn[rebootArgs, decl.Done]{Name: "reboot", Doc: "Begin anew: sysUpTime from nothing, one boot more, and another engine id if one is given.",
			Source: "RFC 3414 section 2.2",
			Example: `local a = assert(snmp.agent{port=0, address="127.0.0.1", boots=7})
a:reboot()
a.boots, a.uptime < 5 --> 8, true`, Run: rebootAgent},
	}
}

// setFaults is agent:fault{…}.
func setFaults(L *lua.LState) int {
	h := theAgent(L, "fault")
	list, err := faultsOf(L, h.names, L.CheckTable(2))
	if err != nil {
		decl.RaiseArg(L, 1, "snmp.agent:fault", err.Error())
	}
	h.SetFaults(list...)
	return 0
}

type rebootArgs struct {
	Self   *agentHandle `lua:"self"`
	Engine string       `lua:"opts.engine" doc:"id of its engine from now on, in hexadecimal digits"`
}

func rebootAgent(_ context.Context, a rebootArgs) (decl.Done, error) {
	id, err := engineOption("engine", a.Engine)
	if err == nil {
		a.Self.Reboot(id)
	}
	return decl.Done{}, err
}
