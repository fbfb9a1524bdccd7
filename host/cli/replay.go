package cli

import (
	"context"
	"fmt"
	"os"

	"moonwire/host"
	labcapture "moonwire/host/lab/capture"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
	"moonwire/host/permit"
	"moonwire/host/record"
	"moonwire/host/record/tape"
	"moonwire/host/script"
)

var replayCommand = &Command{
	Usage: "replay FILE [flags]",
	Short: "run a record again, and show the first difference",
	Long: `
FILE is what moonwire run --record FILE has kept: the script, what it was given, and what the world answered. It is run
again without a network, files, privileges or waiting, and what it does is compared with the record: what it prints, what
it sends, what it asks for and in which order. The exit code is 0 when all is equal, 1 when something differs; the first
difference is shown with the script's line.`,
	Flags: func() flags { return new(replaying).flags() },
	Run:   runReplay,
}

// replaying is what the words behind "replay" say.
type replaying struct {
	file string
}

func (r *replaying) flags() flags {
	return flags{}
}

func runReplay(args []string, s Streams) error {
	r := &replaying{}
	rest, err := r.flags().parse(args)
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return usagef("replay needs one record")
	}
	rec, err := record.Open(rest[0])
	if err != nil {
		return err
	}
	defer rec.Close()
	return (&rerun{rec: rec}).run(s)
}

// A rerun is a record that is run again.
type rerun struct {
	rec    *record.Record
	call   *call
	src    source
	player *tape.Player
	frames *os.File // of labs
}

// read makes the call and the source of the record.
func (r *rerun) read() (script.Values, error) {
	h := &r.rec.Header
	c, err := readCall(h.Words)
	if err != nil {
		return nil, fmt.Errorf("the record's command line: %w", err)
	}
	c.keep, c.trace, c.isolate, c.timeout, c.seed = "", false, false, 0, h.Seed
	code, err := r.rec.File(record.ScriptName)
	if err != nil {
		return nil, err
	}
	if r.src, err = newSource(h.Script, string(code)); err != nil {
		return nil, err
	}
	r.src.called, r.src.dir, r.src.trust = h.Called, h.Dir, trust(h.Trust)
	for _, text := range h.Grants {
		g, err := permit.Parse(text)
		if err != nil {
			return nil, fmt.Errorf("the record's grants: %w", err)
		}
		r.src.granted = append(r.src.granted, g)
	}
	r.call = c
	return c.values(r.src)
}

// run runs the record again.
func (r *rerun) run(s Streams) error {
	values, err := r.read()
	if err != nil {
		return err
	}
	events, err := r.rec.Events()
	if err != nil {
		return err
	}
	defer events.Close()
	ctx, cancel := withSignals(s)
	defer cancel(nil)
	under, end := network.WithCancel(ctx)
	p, err := r.place(values, events, end)
	if err != nil {
		return err
	}
	defer p.close()
	o := r.call.hosted(p, s, func(where string) { fmt.Fprintf(s.Err, "moonwire: replaying what ran %s\n", where) })
	o.Stdout, o.Args, o.Command = newOutput(s.Out, cancel), r.call.args, r.call.command()
	through(&r.player.Tape, &o)
	err = host.New(o).Run(under, host.Script{Name: r.src.name, Source: r.src.code, Dir: r.src.dir, Args: values})
	r.player.Finish()
	return r.verdict(err, s)
}

// place is where the record ran, with its answers.
func (r *rerun) place(values script.Values, events *record.Events, end context.CancelFunc) (*place, error) {
	h := &r.rec.Header
	if h.Place == record.InReal {
		r.player = tape.Play(events, h.Start.In(h.Zone.Location()), whereIs, end)
		return &place{world: r.player.Network(nil, h.Can), where: "on " + h.System, clock: r.player.Clock(), policy: r.call.policy(r.src, values)}, nil
	}
	p, err := r.call.place(r.src, values)
	if err != nil {
		return nil, err
	}
	if p.clock == nil {
		p.clock = simtime.New(h.Start)
	}
	r.player = tape.PlayUnder(p.clock, events, whereIs, end)
	p.lab.Frames, err = r.capture()
	return p, err
}

// capture is where the frames of labs go.
func (r *rerun) capture() (f *labcapture.File, err error) {
	if r.frames, err = os.CreateTemp("", "moonwire-replay-*.pcapng"); err != nil {
		return nil, err
	}
	return labcapture.NewFile(r.frames, labcapture.Options{Wait: true})
}

// verdict says what came of it.
func (r *rerun) verdict(err error, s Streams) error {
	n, at := r.player.Played()
	if d := r.player.Difference(); d != nil {
		fmt.Fprintf(s.Err, "moonwire: replay differs at event %d: %+v\n got %+v\n", d.Number, d.Want, d.Got)
		return exit(exitFailed)
	}
	fmt.Fprintf(s.Err, "moonwire: replay is equal: %d events in %.3f s %v\n", n, at.Seconds(), r.player.Cut())
	return nil
}
