package link

import (
	"context"
	"errors"
	"os"
	"sync/atomic"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/bindings/internal/packets"
	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/packet"
	"moonwire/host/packet/answer"
)

// exchangeOptions are link:exchange's.
type exchangeOptions struct {
	Timeout  time.Duration  `lua:"timeout?" doc:"how long to wait after the last packet was sent, in seconds"`
	Retry    int            `lua:"retry?" range:"-1000..1000" doc:"how often to send what is unanswered again; negative: until so many rounds in a row bring nothing new"`
	Rate     string         `lua:"rate?" doc:"how fast: 500pps, 20kpps, 10mbps; else as fast as it goes"`
	Interval *time.Duration `lua:"interval?" doc:"pause between two packets in seconds, instead of rate"`
	Multi    bool           `lua:"multi?" doc:"a packet may have several answers: wait to the end and keep all"`
	First    bool           `lua:"first?" doc:"end at the first answer"`
	Filter   string         `lua:"filter?" doc:"look only at what this expression matches, in tcpdump's language"`
	Stop     *lua.LFunction `lua:"stop?" type:"fun(sent: packet, received: packet): boolean" doc:"called for each answer; true ends the exchange"`
	Answer   *lua.LFunction `lua:"answer?" type:"fun(sent: packet, received: packet, rtt: number)" doc:"called with each answer as it comes, and how long it took in seconds: what an interrupted exchange leaves"`
	Progress *lua.LFunction `lua:"progress?" type:"fun(done: integer, total: integer)" doc:"called up to ten times a second with how many packets were sent, those of later rounds spared by answers among them, and how many that are at most; at the end both are the same"`
}

// defaultTimeout is how long answers may take.
const defaultTimeout = 2 * time.Second

// An exchange is under way.
type exchange struct {
	L      *lua.LState
	link   *Link
	reg    *packet.Registry
	conn   network.LinkConn
	opts   exchangeOptions
	pace   rate
	frames frames
	table  *answer.Table
	sentAt []atomic.Int64 // nanoseconds since 1970, of each packet's last time
	result *result
	ended  bool
	progress
	frame [batchFrames]network.Frame
}

// exchangePackets is link:exchange(packets, opts).
func exchangePackets(L *lua.LState) int {
	const name = "link:exchange"
	l := self(L, name)
	return l.exchangeArgs(L, name, L.Get(2), 3)
}

// exchangeArgs exchanges v as the options in stack slot n say.
func (l *Link) exchangeArgs(L *lua.LState, name string, v lua.LValue, n int) int {
	o := exchangeOptions{Timeout: defaultTimeout}
	decl.Options(L, name, n, &o)
	e := &exchange{L: L, link: l, reg: packets.Registry(L), opts: o}
	err := e.build(v)
	if err == nil {
		err = e.run()
	}
	if err != nil {
		return fail(L, name, err)
	}
	L.Push(decl.NewUserData(L, e.result))
	return 1
}

// build builds the packets, and notes them as they will be sent.
func (e *exchange) build(v lua.LValue) (err error) {
	if e.pace, err = (sendOptions{Rate: e.opts.Rate, Interval: e.opts.Interval}).pace(); err != nil {
		return err
	}
	if err := e.frames.add(e.L, e.link, v, nil); err != nil {
		return err
	}
	e.table = answer.NewTable(e.L, e.opts.Multi)
	e.result = newResult(e.link, e.table)
	for i := range e.frames.ends {
		p := e.link.decode(e.reg, e.frames.frame(i))
		e.table.Add(p)
		e.result.sent = append(e.result.sent, p)
	}
	e.result.note(e.L, v)
	e.sentAt = make([]atomic.Int64, len(e.frames.ends))
	e.all, e.rounds = len(e.frames.ends), 1+max(e.opts.Retry, 0)
	return nil
}

// run sends and receives until all rounds are over.
func (e *exchange) run() error {
	host := decl.HostOf(e.L)
	err := host.Block(e.L, func(ctx context.Context) (err error) {
		e.link.outbox.flush(ctx)
		program, err := e.link.compile(ctx, e.opts.Filter)
		if err == nil {
			e.conn, err = e.link.exchange.get(ctx, e.link)
		}
		if err == nil {
			err = e.conn.SetFilter(program)
		}
		return err
	})
	if err != nil {
		if e.conn != nil {
			e.link.exchange.put(e.conn)
		}
		return err
	}
	defer e.link.exchange.put(e.conn)
	before, began := e.conn.Stats(), network.ClockFrom(host.Context()).Now()
	err = e.play()
	if err == nil {
		e.finish(e.L, e.opts.Progress)
	}
	e.result.stats = statsOf(before, e.conn.Stats())
	e.result.duration = network.ClockFrom(host.Context()).Now().Sub(began)
	return err
}

// play sends, and again what is unanswered.
func (e *exchange) play() error {
	most := max(e.opts.Retry, -e.opts.Retry)
	for again := most; ; again-- {
		left := e.table.Left()
		e.next()
		if err := e.listen(); err != nil {
			return err
		}
		if e.opts.Retry < 0 && e.table.Left() < left {
			again = most
		}
		if e.ended || e.table.Left() == 0 || again == 0 {
			return nil
		}
	}
}

// checkEvery is how often a round that is still sending looks whether it is done.
const checkEvery = 20 * time.Millisecond

// listen is one round: it sends what is unanswered, and receives until the time after the last packet is over.
func (e *exchange) listen() error {
	host := decl.HostOf(e.L)
	s := e.start(host.Context())
	defer s.stop()
	for {
		var n int
		err := host.Block(e.L, func(ctx context.Context) (err error) {
			n, err = readFrames(ctx, e.conn, e.frame[:], s.until(network.ClockFrom(ctx), e.opts.Timeout))
			return err
		})
		switch {
		case err == nil:
			e.receive(e.frame[:n])
		case !errors.Is(err, os.ErrDeadlineExceeded):
			return e.link.explainRead(err)
		}
		e.tell(e.L, e.opts.Progress, s)
		if e.over() {
			return nil
		}
		if done, err := s.over(network.ClockFrom(host.Context()), e.opts.Timeout); done {
			return err
		}
	}
}

// over says whether nothing more is waited for.
func (e *exchange) over() bool {
	if e.table.Left() == 0 && !e.opts.Multi || e.opts.First && len(e.result.answered) > 0 {
		e.ended = true
	}
	return e.ended
}

// receive looks for what each frame answers.
func (e *exchange) receive(list []network.Frame) {
	for _, f := range e.link.keep(list) {
		if f.meta.direction == network.Outgoing || e.ended {
			continue
		}
		p := e.link.decode(e.reg, f.data)
		n, ok := e.table.Take(p)
		if !ok {
			e.result.addStray(p)
			continue
		}
		a := &answered{number: n, received: p, meta: f.meta, rtt: f.meta.time().Sub(time.Unix(0, e.sentAt[n].Load()))}
		e.result.answered = append(e.result.answered, a)
		e.show(a)
		e.ended = e.opts.Stop != nil && e.stop(a) || e.opts.First
	}
}

// show shows the script an answer.
func (e *exchange) show(a *answered) {
	if e.opts.Answer == nil {
		return
	}
	e.push(e.opts.Answer, a)
	e.L.Push(lua.LNumber(a.rtt.Seconds()))
	e.L.Call(3, 0)
}

// stop asks the script whether an answer ends the exchange.
func (e *exchange) stop(a *answered) bool {
	e.push(e.opts.Stop, a)
	e.L.Call(2, 1)
	yes := lua.LVAsBool(e.L.Get(-1))
	e.L.Pop(1)
	return yes
}

// push pushes a function of the script, and what it is called with.
func (e *exchange) push(f *lua.LFunction, a *answered) {
	e.L.Push(f)
	e.L.Push(e.result.packet(e.L, e.result.sent[a.number]))
	e.L.Push(e.result.packet(e.L, a.received))
}
