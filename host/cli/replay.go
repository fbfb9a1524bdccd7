package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"time"

	"moonwire/host/record"
	"moonwire/host/record/tell"
)

var replayCommand = &Command{
	Usage: "replay FILE [flags]",
	Short: "run a record again, and show the first difference",
	Long: `
FILE is what moonwire run --record FILE has kept: the script and its modules, its arguments, the seed of all chance, and
what the world outside answered: the network, the clock, files, the environment, the standard input. The script is run
again from that, without a network, files, privileges or waiting, and what it does is compared with the record: what it
prints, what it sends (packet by packet), what it asks for, and in which order. The first difference is shown with the
script's line. The exit code is 0 when all is equal, 1 when something differs.

A run in a lab is recorded in simulated time, and played by running it again: the frames of every link have to be the same.
moonwire help record tells what a record holds, and what can't be played.`,
	Flags: func() flags { return new(replaying).flags() },
	Run: func(args []string, s Streams) error {
		r := &replaying{}
		rest, err := r.flags().parse(args)
		switch {
		case err != nil:
			return err
		case len(rest) != 1:
			return usagef("replay needs one record")
		}
		return r.run(rest[0], s)
	},
}

// replaying is what the words behind "replay" say.
type replaying struct {
	show    bool
	script  string
	extract string
}

func (r *replaying) flags() flags {
	return flags{
		{"--show", "", "tell what the script asked for, what the world answered and what passed in labs; run nothing", on(&r.show)},
		{"--script", "FILE", "run this changed script with the record's answers; it goes on after the first difference", text(&r.script)},
		{"--extract", "DIR", "write the script, its modules and the captures into DIR, and run nothing", text(&r.extract)},
	}
}

func (r *replaying) run(file string, s Streams) error {
	rec, err := record.Open(file)
	if err != nil {
		return err
	}
	defer rec.Close()
	switch {
	case r.extract != "":
		return extract(rec, r.extract, s)
	case r.show:
		return show(rec, s)
	}
	return (&rerun{rec: rec, changed: r.script}).run(s)
}

// show tells a record.
func show(rec *record.Record, s Streams) error {
	events, err := rec.Events()
	if err != nil {
		return err
	}
	defer events.Close()
	out := bufio.NewWriter(s.Out)
	h := &rec.Header
	fmt.Fprintf(out, "%s, recorded %s on %s by moonwire %s, seed %d\n", h.Script, h.Start.Format("2006-01-02 15:04:05 MST"), h.System, h.Moonwire, h.Seed)
	t := tell.NewTeller()
	passing, end := frames(rec)
	defer end()
	for {
		e, err := events.Next()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				fmt.Fprintln(out, err)
			}
			break
		}
		passing(out, time.Duration(e.At))
		if line := t.Tell(e); line != "" {
			fmt.Fprintln(out, line)
		}
	}
	passing(out, math.MaxInt64)
	if rec.Cut != "" {
		fmt.Fprintln(out, rec.Cut)
	}
	return out.Flush()
}

// frames writes those of a record's labs that passed until a moment; of a real network none, which are among the events.
func frames(rec *record.Record) (until func(io.Writer, time.Duration), end func()) {
	nothing, none := func(io.Writer, time.Duration) {}, func() {}
	from, err := rec.Open(labFrames)
	if err != nil {
		return nothing, none
	}
	end = func() { from.Close() }
	p, err := tell.NewPassing(from, rec.Header.Start)
	if err != nil {
		return nothing, end
	}
	return func(out io.Writer, at time.Duration) {
		for _, line := range p.Until(at) {
			fmt.Fprintln(out, line)
		}
	}, end
}
