package lab

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"

	"moonwire/host/decl"
	"moonwire/host/lab/capture"
	"moonwire/host/network"
	"moonwire/host/pcap"
)

// A Capture writes what links carry into a file, until it or its lab is closed.
type Capture struct {
	name   string
	file   *capture.File
	to     network.File
	forget func()
	once   sync.Once
	err    error
}

// String names the capture.
func (c *Capture) String() string { return "lab{capture} in " + c.name }

// Lasts says that a capture goes on when the script keeps no hold of it.
func (*Capture) Lasts() {}

// Close writes what is left.
func (c *Capture) Close() error {
	c.once.Do(func() {
		c.forget()
		c.end()
	})
	return c.err
}

func (c *Capture) end() {
	if c.err = errors.Join(c.file.Close(), c.to.Close()); c.err != nil {
		c.err = fmt.Errorf("lab:capture: %s: %w", c.name, c.err)
	}
}

type captureArgs struct {
	Self *Net   `lua:"self"`
	Link string `lua:"link" doc:"name of a link, or all"`
	File string `lua:"file" doc:"where to: a pcapng file, which is replaced"`
}

// captureTo is net:capture(link, file).
func captureTo(ctx context.Context, a captureArgs) (*Capture, error) {
	list, err := a.Self.chosenWires(a.Link)
	if err != nil {
		return nil, decl.BadArg("link", "%v", err)
	}
	to, err := network.FilesFrom(ctx).Open(a.File, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, fs.FileMode(0o666))
	if err != nil {
		return nil, fmt.Errorf("lab:capture: %w", err)
	}
	f, err := capture.NewFile(to, capture.Options{Wait: network.ClockFrom(ctx).Virtual(), Names: a.Self.names()})
	if err != nil {
		return nil, errors.Join(err, to.Close())
	}
	c := &Capture{name: a.File, file: f, to: to}
	c.forget = a.Self.OnClose(func() { c.once.Do(c.end) })
	for _, l := range list {
		if err := f.Add(l); err != nil {
			return nil, errors.Join(fmt.Errorf("lab:capture: %s: %w", a.File, err), c.Close())
		}
	}
	return c, nil
}

// names are what the file calls the lab's addresses.
func (n *Net) names() (list []pcap.Name) {
	for _, node := range n.Plan().Nodes {
		for _, i := range node.Interfaces {
			for _, a := range i.Addrs {
				list = append(list, pcap.Name{Addr: a.Addr().AsSlice(), Names: []string{node.Name}})
			}
		}
	}
	return list
}

type captureSelf struct {
	Self *Capture `lua:"self"`
}

func closeCapture(_ context.Context, a captureSelf) (decl.Done, error) {
	return decl.Done{}, a.Self.Close()
}
