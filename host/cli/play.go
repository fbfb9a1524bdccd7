package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"moonwire/host"
	"moonwire/host/ink"
	"moonwire/host/internal/hook"
	"moonwire/host/network"
	"moonwire/host/script"
	"moonwire/host/vm"
)

// play runs a script in this process.
func (c *call) play(src source, values script.Values, s Streams) error {
	s, told, done := withProgress(s)
	defer done()
	undoLeft(s.Err)
	p, err := c.place(src, values)
	if err != nil {
		return err
	}
	defer p.close()
	ctx, cancel := withSignals(s)
	defer cancel(nil)
	under, finish, err := c.record(ctx, p, src.code, s)
	if err != nil {
		return err
	}
	kept, err := c.recording(p, src)
	if err != nil {
		return err
	}
	out := newOutput(s.Out, cancel)
	o := c.hosted(p, s, func(where string) {
		if c.isolate {
			where += ", in a process of its own"
		}
		if c.tool == "" {
			fmt.Fprintf(s.Err, "moonwire: running %s\n", where)
		}
	})
	o.Stdout, o.Args, o.Hooks.Command = out, c.args, c.command()
	o.OnProgress = told
	kept.into(&o)
	measured := c.profile.measure(&o, p, src, s.Err)
	delivered := c.deliver(&o, src.header, o.Stdout)
	err = host.New(o).Run(under, src.script(values))
	err = measured(delivered(err))
	late := errors.Join(finish(), kept.add(c.capture))
	if err = kept.finish(err); err == nil {
		err = late
	}
	return outcome(ctx, out.err(err), s)
}

// hosted is what scripts find in a place; say is told in words where it is, before the script begins.
func (o *options) hosted(p *place, s Streams, say func(where string)) host.Options {
	time := ""
	if p.simulated() {
		time = ", in simulated time"
	}
	if p.lab.Name == "" {
		say(p.where + time)
	}
	h := host.Options{Path: o.path, Stdin: s.In, Stdout: s.Out, Stderr: s.Err, Network: p.world, Lab: p.lab, Iface: o.iface,
		Permissions: p.policy, Seed: o.seed, Limits: o.limits()}
	if p.clock != nil {
		h.Hooks.Clock = p.clock
	}
	h.Hooks.OnOpen = func(l hook.Lab, on string) {
		say("in lab " + p.lab.Name + " on " + on + time)
		p.offer(l)
	}
	h.Hooks.Frames = p.frames
	h.OnCall = o.traced(s.Err)
	return h
}

// hasInterface refuses an interface that isn't there.
func hasInterface(n network.Network, name string) error {
	list, err := n.Interfaces()
	if err != nil {
		return err
	}
	var names []string
	for _, i := range list {
		names = append(names, i.Name)
	}
	if !slices.Contains(names, name) {
		return usagef("no interface '%s'%s", name, script.Meant(name, names))
	}
	return nil
}

func (o *options) limits() vm.Limits {
	return vm.Limits{Instructions: o.instructions, Timeout: o.timeout, Memory: o.limitOfMemory(), Output: int64(o.output), Handles: o.handles}
}

// outcome tells why a script ended, and with which code.
func outcome(ctx context.Context, err error, s Streams) error {
	var asked *vm.Exit
	var raised *vm.Error
	var ended *ending
	switch {
	case errors.As(context.Cause(ctx), &ended) && err != nil:
		if ended != unread {
			fmt.Fprint(s.Err, ink.Of(s.Err).Complaint(story(err)))
		}
		return exit(ended.code)
	case errors.As(err, &asked):
		return exit(asked.Code)
	case errors.As(err, &raised):
		fmt.Fprint(s.Err, ink.Of(s.Err).Complaint(raised.Report()))
		return exit(exitFailed)
	}
	return err
}

// story is all that is known of an error.
func story(err error) string {
	var raised *vm.Error
	if errors.As(err, &raised) {
		return raised.Report()
	}
	return err.Error()
}
