package cli

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"moonwire/host"
	labcapture "moonwire/host/lab/capture"
	"moonwire/host/network"
	"moonwire/host/network/simtime"
	"moonwire/host/permit"
	"moonwire/host/record"
	"moonwire/host/record/tape"
	"moonwire/host/vm"
)

// A recording is what --record keeps of a run; nil: nothing.
type recording struct {
	to     *record.Writer
	tape   *tape.Recorder
	frames *labcapture.File // of labs; nil: the network is real
}

// labFrames is the capture of a run in labs.
const labFrames = record.Captures + "lab.pcapng"

// recording begins the record that --record asks for. In a lab it is kept in simulated time.
func (c *call) recording(p *place, src source) (*recording, error) {
	if c.keep == "" {
		return nil, nil
	}
	if c.capture != "" && (p.lab.Name != "" || opensLab.MatchString(src.code)) {
		return nil, usagef("in labs flag '--record' excludes '--capture': the record has the frames (moonwire replay FILE --extract DIR)")
	}
	for c.seed == 0 {
		c.seed = rand.Int64()
	}
	v, _ := buildVersion()
	h := record.Header{Moonwire: v, System: runtime.GOOS + "/" + runtime.GOARCH, Place: record.InReal, Script: src.name,
		Called: src.called, Dir: src.dir, Words: c.words, Trust: int(src.trust), Seed: c.seed, Can: tape.CanOf(p.world)}
	h.Tool, h.Packed = c.tool != "", src.pack != nil
	if h.Tool {
		h.Flags = src.pack.Manifest.Flags
	}
	h.Grants = texts(src.granted)
	if p.policy != nil {
		h.Allow = texts(p.policy.Allow)
	}
	if p.clock == nil && (p.lab.Name != "" || opensLab.MatchString(src.code)) {
		p.clock = simtime.New(time.Time{})
	}
	if h.Start = time.Now().Round(0); p.clock != nil {
		h.Place, h.Start = record.InLab, p.clock.Now()
	}
	h.Zone = record.ZoneOf(h.Start)
	k := &recording{}
	var err error
	if k.to, err = record.Create(c.keep, h, 0); err != nil {
		return nil, fmt.Errorf("--record: %w", err)
	}
	if _, err = k.to.File(record.ScriptName).Write([]byte(src.code)); err == nil {
		err = k.begin(p, h)
	}
	if err != nil {
		k.to.Abandon()
		return nil, fmt.Errorf("--record: %w", err)
	}
	return k, nil
}

// texts are grants as they are written.
func texts(grants permit.Grants) (list []string) {
	for _, g := range grants {
		list = append(list, g.String())
	}
	return list
}

// begin makes the tape.
func (k *recording) begin(p *place, h record.Header) (err error) {
	if p.clock == nil {
		k.tape = tape.Record(k.to, h.Start.In(h.Zone.Location()), whereIs)
		p.clock, p.world = k.tape.Clock(), k.tape.Network(p.world, h.Can)
		return nil
	}
	k.tape = tape.RecordUnder(p.clock, k.to, whereIs)
	k.frames, err = labcapture.NewFile(k.to.File(labFrames), labcapture.Options{Wait: true})
	p.frames = k.frames
	return err
}

// whereIs says which task a clock carries, and where that is.
func whereIs(carried any) (task, line string) {
	if t, ok := carried.(*vm.Task); ok {
		return t.Place()
	}
	return "", ""
}

// into puts the tape between a script and the world.
func (k *recording) into(o *host.Options) {
	if k == nil {
		return
	}
	o.Stdout = io.MultiWriter(o.Stdout, k.to.File(record.StdoutName))
	through(&k.tape.Tape, &modules{Files: network.OSFiles(), into: k.to}, o)
	o.Hooks.OnStop = k.tape.Stop
}

// through puts a tape between a script and the world. Whether a task is slow depends on the machine: it isn't warned of.
func through(t *tape.Tape, files network.Files, o *host.Options) {
	o.Hooks.Files, o.Getenv = t.Files(files), t.Getenv(os.Getenv)
	o.Stdin, o.Stdout, o.Stderr = t.Stdin(o.Stdin), t.Stdout(o.Stdout), t.Stderr(o.Stderr)
	o.Hooks.Processes, o.Hooks.Data = t.Processes(), t.Data
	o.Hooks.OnTurn = func(task *vm.Task) { t.Clock().Carry(task) }
	o.Limits.Watchdog = -1
}

// add puts a capture into the record: that of the real interfaces, which --capture asked for.
func (k *recording) add(capture string) error {
	if k == nil || capture == "" || capture == standardStream {
		return nil
	}
	f, err := os.Open(capture)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(k.to.File(record.Captures+filepath.Base(capture)), f)
	return err
}

// finish writes the record of a run that has ended with err.
func (k *recording) finish(err error) error {
	if k == nil {
		return err
	}
	why, at := k.tape.End()
	if k.frames != nil {
		why = cmpOr(why, k.frames.Close())
	}
	e := record.End{At: int64(at), Stopped: why}
	if err != nil {
		e.Error = err.Error()
	}
	if bad := k.to.Finish(e); bad != nil {
		return errors.Join(err, fmt.Errorf("--record: %w", bad))
	}
	return err
}

func cmpOr(why string, err error) string {
	if why == "" && err != nil {
		return err.Error()
	}
	return why
}
