package snmp

import (
	"context"
	"errors"
	"fmt"
	"net/netip"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/several"
	"moonwire/host/decl"
	"moonwire/host/snmp/notify"
	"moonwire/host/snmp/usm"
)

// trapPort is where notifications are awaited (RFC 3417 section 3.2).
const trapPort = 162

func receiverFunctions() []decl.Function {
	return []decl.Function{decl.Raw{Name: "listen", Why: "communities are a string, a list, or none at all", Run: listen, Blocks: true,
		Doc: "Receive traps and informs of versions 1, 2c and 3. It goes on by itself: informs are confirmed, questions for the own engine " +
			"are answered, and events wait until they are taken. Iterate over the result for them: for event in snmp.listen{} do. Traps of " +
			"version 1 are translated as RFC 3584 section 3.1 says. What is refused is counted by its reason in stats.refused, and the last " +
			"ones are in refused.",
		Options: decl.OptionParams(listenDefaults()), Fails: []string{decl.Denied, decl.Exists, decl.Unsupported},
		Results: []decl.Param{{Name: "listener", Type: "snmp.listener", Doc: "an iterator over events"}},
		Example: `local l = snmp.listen{port = 0, address = "127.0.0.1", communities = {"public"}}
snmp.trap{host = "127.0.0.1", port = l.port, trap = "coldStart"}
local event = l()
event.kind, event.trap, event.version, event.community --> trap, coldStart, 2c, public
snmp.trap{host = "127.0.0.1", port = l.port, trap = "coldStart", community = "secret"}
l:next(0.1), l.stats.refused.community, l.refused[1].reason --> nil, 1, community "secret" isn't listed`,
		Source: "RFC 3413 section 3.4, RFC 3414 section 3.2, RFC 3416 section 4.2.7, RFC 3584 section 3.1"}}
}

// listenOptions are snmp.listen's.
type listenOptions struct {
	Port        uint16       `lua:"port?" doc:"to listen at; 0 is one that is free. Ports below 1024 need a privilege"`
	Address     lua.LValue   `lua:"address?" type:"string|string[]" doc:"own address to listen at, or several; else all, of IPv4 and IPv6"`
	Transport   string       `lua:"transport?" choices:"udp|tcp|both" doc:"how notifications come"`
	Communities lua.LValue   `lua:"communities?" type:"string|string[]" doc:"communities of versions 1 and 2c to take; else any; an empty list takes none"`
	Users       []listenUser `lua:"users?" doc:"users of version 3 to take, of any engine"`
	Refused     bool         `lua:"refused?" doc:"give an event of kind refused for each message that is refused, too"`
	Repeated    bool         `lua:"repeated?" doc:"give an event for informs that come again, too: their sender didn't hear the answer. Else each is given once"`
	engineOptions
}

// listenUser is who may send notifications of version 3.
type listenUser struct {
	Name *string `lua:"name?" doc:"name of the user"`
	security
	Engine string `lua:"engine?" doc:"id of the only engine that the user sends from, in hexadecimal digits; else any. Users of one name may differ by it"`
	Level  string `lua:"level?" choices:"noAuthNoPriv|authNoPriv|authPriv" doc:"messages that are protected less are refused; else authNoPriv for users with a password"`
}

func listenDefaults() listenOptions { return listenOptions{Port: trapPort, Transport: "udp"} }

// listen is snmp.listen(opts).
func listen(L *lua.LState) int {
	const name = "snmp.listen"
	o := listenDefaults()
	decl.Options(L, name, 1, &o)
	host := decl.HostOf(L)
	c, err := o.config(host.Context())
	if err != nil {
		return misused(L, name, err)
	}
	var l *listener
	err = host.Block(L, func(ctx context.Context) error {
		in, err := notify.Listen(ctx, c)
		l = &listener{Listener: in}
		return err
	})
	var bad *notify.UserError
	if errors.As(err, &bad) {
		return misused(L, name, decl.BadArg("users", "%s", bad))
	}
	if err != nil {
		return decl.Fail(L, fmt.Errorf("%s: %w", name, err))
	}
	host.Own(L, l)
	L.Push(decl.NewUserData(L, l))
	return 1
}

// misused raises what is wrong with an option, or fails.
func misused(L *lua.LState, name string, err error) int {
	var bad *decl.ArgError
	if !errors.As(err, &bad) {
		return decl.Fail(L, fmt.Errorf("%s: %w", name, err))
	}
	if bad.Param != "" {
		decl.Raisef(L, "bad option '%s' to '%s' (%s)", bad.Param, name, bad)
	}
	decl.Raisef(L, "%s: %s", name, bad)
	return 0
}

// config is what the options say.
func (o *listenOptions) config(ctx context.Context) (c notify.Config, err error) {
	c = notify.Config{Port: o.Port, UDP: o.Transport != "tcp", TCP: o.Transport != "udp", Refused: o.Refused, Repeated: o.Repeated}
	words, err := several.Words(o.Address)
	if err != nil {
		return c, decl.BadArg("address", "%s", err)
	}
	for _, w := range words {
		a, err := netip.ParseAddr(w)
		if err != nil {
			return c, decl.BadArg("address", "'%s' is no address", w)
		}
		c.Addresses = append(c.Addresses, a)
	}
	c.AnyCommunity = o.Communities == nil || o.Communities == lua.LNil
	if c.Communities, err = several.Words(o.Communities); err != nil {
		return c, decl.BadArg("communities", "%s", err)
	}
	for i := range o.Users {
		u, err := o.Users[i].user()
		if err != nil {
			return c, decl.BadArg("users", "item %d: %s", i+1, err)
		}
		c.Users = append(c.Users, u)
	}
	c.Engine, err = o.engine(ctx)
	return c, err
}

// user is who the entry names.
func (u *listenUser) user() (x notify.User, err error) {
	s := u.security
	if s.User == nil {
		s.User = u.Name
	}
	if x.User, err = s.user(); err != nil {
		return x, err
	}
	if x.User == nil {
		return x, errors.New("needs a name")
	}
	x.Least = min(x.User.Level(), usm.AuthNoPriv)
	if u.Level != "" {
		x.Least = levels[u.Level]
	}
	if x.Least > x.User.Level() {
		return x, fmt.Errorf("level %s needs passwords for it", x.Least)
	}
	if u.Engine != "" {
		x.Engine, err = usm.ParseEngineID(u.Engine)
	}
	return x, err
}
