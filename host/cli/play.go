package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"moonwire/host"
	"moonwire/host/network"
	"moonwire/host/script"
	"moonwire/host/vm"
)

// play runs a script in this process.
func (c *call) play(src source, values script.Values, s Streams) error {
	world, where, err := c.world()
	if err != nil {
		return err
	}
	defer world.Close()
	if c.isolate {
		where += ", in a process of its own"
	}
	fmt.Fprintf(s.Err, "moonwire: running %s\n", where)
	ctx, cancel := withSignals(s)
	defer cancel(nil)
	out := newOutput(s.Out, cancel)
	err = host.New(host.Options{
		Path:    c.path,
		Stdin:   s.In,
		Stdout:  out,
		Stderr:  s.Err,
		Network: world,
		Args:    c.args,
		Command: c.command(),
		Iface:   c.iface,
		Seed:    c.seed,
		Limits:  c.limits(),
	}).Run(c.watched(ctx, s), host.Script{Name: src.name, Source: src.code, Dir: src.dir, Args: values})
	return outcome(ctx, out.err(err), s)
}

// world is where the script runs, and how the first line says so.
func (o *options) world() (network.Network, string, error) {
	n, where, err := network.Kernel(), "on this machine", error(nil)
	if o.netns != "" {
		n, err = network.Namespace(o.netns)
		where = "in namespace " + o.netns
	}
	if err == nil && o.iface != "" {
		err = hasInterface(n, o.iface)
		where += ", interface " + o.iface
	}
	return n, where, err
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

// watched writes the sockets' calls to the standard error output where --trace asks for it.
func (o *options) watched(ctx context.Context, s Streams) context.Context {
	if !o.trace {
		return ctx
	}
	return network.Watch(ctx, (&tracer{out: s.Err}).call)
}

func (o *options) limits() vm.Limits {
	return vm.Limits{Instructions: o.instructions, Timeout: o.timeout, Memory: o.limitOfMemory()}
}

// outcome tells why a script ended, and with which code.
func outcome(ctx context.Context, err error, s Streams) error {
	var asked *vm.Exit
	var raised *vm.Error
	var ended *ending
	switch {
	case errors.As(context.Cause(ctx), &ended) && err != nil:
		if ended != unread {
			fmt.Fprint(s.Err, story(err))
		}
		return exit(ended.code)
	case errors.As(err, &asked):
		return exit(asked.Code)
	case errors.As(err, &raised):
		fmt.Fprint(s.Err, raised.Report())
		return exit(exitFailed)
	}
	return err
}
