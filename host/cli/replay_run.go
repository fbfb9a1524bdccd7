package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"moonwire/host"
	labcapture "moonwire/host/lab/capture"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
	"moonwire/host/permit"
	"moonwire/host/record"
	"moonwire/host/record/tape"
	"moonwire/host/record/tell"
	"moonwire/host/script"
)

// A rerun is a record that is run again.
type rerun struct {
	rec     *record.Record
	changed string // a file to run in the script's stead; "": none
	call    *call
	src     source
	player  *tape.Player

	frames *labcapture.File // of labs; nil: the network was real
	seen   *os.File         // where those are
}

// read makes the call and the source of the record.
func (r *rerun) read() (script.Values, error) {
	h := &r.rec.Header
	c, err := r.words()
	if err != nil {
		return nil, fmt.Errorf("the record's command line: %w", err)
	}
	c.keep, c.capture, c.isolate, c.timeout, c.seed = "", "", false, 0, h.Seed // traced calls ask for addresses, which the record then has
	if r.src, err = r.source(); err != nil {
		return nil, err
	}
	r.src.called, r.src.dir, r.src.trust = h.Called, h.Dir, trust(h.Trust)
	if r.src.granted, err = grants(h.Grants); err != nil {
		return nil, err
	}
	r.call = c
	return c.values(r.src)
}

// grants reads those of a record.
func grants(list []string) (all permit.Grants, err error) {
	for _, text := range list {
		g, err := permit.Parse(text)
		if err != nil {
			return nil, fmt.Errorf("the record's grants: %w", err)
		}
		all = append(all, g)
	}
	return all, nil
}

// words reads the record's command line.
func (r *rerun) words() (*call, error) {
	if h := &r.rec.Header; h.Tool {
		return toolCall(h.Called, h.Flags, h.Words)
	}
	return readCall(r.rec.Header.Words)
}

// script is what is run. Modules and data that came with it are the record's.
func (r *rerun) script(values script.Values) host.Script {
	s := r.src.script(values)
	if r.rec.Header.Packed {
		s.FS = noFiles{}
	}
	return s
}

// noFiles is a file system without files, for the record to stand before.
type noFiles struct{}

// Open finds nothing.
func (noFiles) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// source is the record's script, or the one that takes its place.
func (r *rerun) source() (source, error) {
	if r.changed != "" {
		return readFile(r.changed)
	}
	code, err := r.rec.File(record.ScriptName)
	if err != nil {
		return source{}, err
	}
	return newSource(r.rec.Header.Script, string(code))
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
	defer r.forget()
	if r.changed != "" {
		r.player.Loosely()
	}
	o := r.call.hosted(p, s, func(where string) { fmt.Fprintf(s.Err, "moonwire: replaying what ran %s\n", where) })
	o.Stdout, o.Args, o.Hooks.Command = newOutput(s.Out, cancel), r.call.args, r.call.command()
	through(&r.player.Tape, nil, &o)
	delivered := r.call.deliver(&o, r.src.header, o.Stdout)
	err = host.New(o).Run(under, r.script(values))
	err = delivered(err)
	r.player.Finish()
	if stopped := stopped(ctx); stopped != nil {
		return stopped
	}
	return r.verdict(err, s)
}

// place is where the record ran, with its answers.
func (r *rerun) place(values script.Values, events *record.Events, end context.CancelFunc) (*place, error) {
	h, whole := &r.rec.Header, r.rec.Cut == ""
	if h.Place == record.InReal {
		r.player = tape.Play(events, whole, h.Start.In(h.Zone.Location()), whereIs, end)
		may, err := r.call.policy(r.src, values, &place{})
		if err == nil { // the header's words depend on the interfaces and names that there were
			may.Allow, err = grants(h.Allow)
		}
		return &place{world: r.player.Network(nil, h.Can), where: "on " + h.System, clock: r.player.Clock(), policy: may}, err
	}
	p, err := r.call.place(r.src, values)
	if err != nil {
		return nil, err
	}
	if p.clock == nil {
		p.clock = simtime.New(h.Start)
	}
	r.player = tape.PlayUnder(p.clock, events, whole, whereIs, end)
	if r.seen, err = os.CreateTemp("", "moonwire-replay-*.pcapng"); err != nil {
		return nil, err
	}
	r.frames, err = labcapture.NewFile(r.seen, labcapture.Options{Wait: true})
	p.frames = r.frames
	return p, err
}

// forget removes the frames.
func (r *rerun) forget() {
	if r.seen != nil {
		r.seen.Close()
		os.Remove(r.seen.Name())
	}
}

// verdict says what came of it: err is how the script ended.
func (r *rerun) verdict(err error, s Streams) error {
	d := r.player.Difference()
	f, bad := r.compareFrames(d != nil || r.player.Cut() != "")
	if bad != nil {
		return bad
	}
	switch {
	case f != nil && (d == nil || !f.At.After(r.rec.Header.Start.Add(d.At))):
		fmt.Fprintf(s.Err, "moonwire: the run differs from the record %.6f s after the start: %s", f.At.Sub(r.rec.Header.Start).Seconds(), f.Text)
	case d != nil:
		text, bad := r.describe(d)
		if bad != nil {
			return bad
		}
		fmt.Fprintf(s.Err, "moonwire: %s", text)
	case r.player.Cut() == "" && r.ended(err):
		n, at := r.player.Played()
		fmt.Fprintf(s.Err, "moonwire: the run is equal to the record: %d events in %.3f s\n", n, at.Seconds())
		return nil
	case r.player.Cut() == "":
		fmt.Fprintf(s.Err, "moonwire: the script ended otherwise (- recorded, + now)\n- %s\n+ %s\n", orDone(r.rec.End.Error), orDone(errorText(err)))
	default:
		n, at := r.player.Played()
		fmt.Fprintf(s.Err, "moonwire: the run is equal to the record as far as that goes, %d events in %.3f s: %s\n", n, at.Seconds(), r.player.Cut())
		if !r.player.Broken() {
			return nil
		}
	}
	return exit(exitFailed)
}

// ended says whether the script ended as the recorded one did.
func (r *rerun) ended(err error) bool { return r.rec.End == nil || r.rec.End.Error == errorText(err) }

// errorText is an error's text; "" for none.
func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func orDone(text string) string {
	if text == "" {
		return "without an error"
	}
	return text
}

// tell tells a difference, with what the record has before it in mind.
func (r *rerun) describe(d *tape.Difference) (string, error) {
	events, err := r.rec.Events()
	if err != nil {
		return "", err
	}
	defer events.Close()
	t := tell.NewTeller()
	for range d.Number - 1 {
		e, err := events.Next()
		if err != nil {
			break
		}
		t.Tell(e)
	}
	return t.Difference(d), nil
}

// compareFrames compares the captures of labs; short says that the run was ended early.
func (r *rerun) compareFrames(short bool) (*tell.FrameDifference, error) {
	if r.frames == nil {
		return nil, nil
	}
	if err := r.frames.Close(); err != nil {
		return nil, err
	}
	want, err := r.rec.Open(labFrames)
	if err != nil {
		return nil, nil // a journal that was cut before the first frame
	}
	defer want.Close()
	if _, err := r.seen.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	f, err := tell.Captures(want, r.seen, short)
	if err != nil && short && errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil // the capture was cut as the journal was
	}
	return f, err
}
