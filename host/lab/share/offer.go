// Package share lets other programs of the same user look at the links of a lab while it runs: Wireshark, by extcap(4).
// Each lab has a socket in a directory that only the user can enter. Who connects writes a line, the name of a link, and
// reads a pcapng file that goes on; an empty line asks for the links' names.
package share

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"moonwire/host/lab/capture"
	"moonwire/host/lab/wire"
)

// patience is how long somebody who connects may take to ask.
const patience = 5 * time.Second

// A Lab has links.
type Lab interface {
	Links() []*wire.Link
	Link(name string) (*wire.Link, error)
}

// An Offer is a lab that others may look at.
type Offer struct {
	lab      Lab
	listener net.Listener
	all      sync.WaitGroup

	mu    sync.Mutex
	open  map[net.Conn]bool
	ended bool
}

// New offers a lab under a name until it is closed.
func New(l Lab, name string) (*Offer, error) {
	dir, err := Dir()
	if err != nil {
		return nil, err
	}
	sweep(dir)
	path := filepath.Join(dir, fmt.Sprintf("%s.%d", plain(name), os.Getpid()))
	os.Remove(path) // of a process that had this number before
	listener, err := net.Listen("unix", path)
	if err != nil {
		return nil, fmt.Errorf("share lab %s: %w", name, err)
	}
	o := &Offer{lab: l, listener: listener, open: map[net.Conn]bool{}}
	o.all.Go(o.serve)
	return o, nil
}

// plain is a name without what a file's name can't have, and not too long for a socket's.
func plain(name string) string {
	name = strings.Map(func(r rune) rune {
		if r > ' ' && r < 0x7f && !strings.ContainsRune(`/\:*?"<>|.`, r) {
			return r
		}
		return '_'
	}, name)
	return name[:min(len(name), 32)]
}

func (o *Offer) serve() {
	for {
		c, err := o.listener.Accept()
		if err != nil {
			return
		}
		if !o.admit(c) {
			c.Close()
			return
		}
		o.all.Go(func() {
			defer o.dismiss(c)
			if err := o.answer(c); err != nil && !errors.Is(err, net.ErrClosed) {
				fmt.Fprintln(c, err)
			}
		})
	}
}

func (o *Offer) admit(c net.Conn) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.ended {
		o.open[c] = true
	}
	return !o.ended
}

func (o *Offer) dismiss(c net.Conn) {
	c.Close()
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.open, c)
}

// answer serves one who connected.
func (o *Offer) answer(c net.Conn) error {
	c.SetReadDeadline(time.Now().Add(patience))
	line, err := bufio.NewReader(io.LimitReader(c, 1024)).ReadString('\n')
	if err != nil {
		return err
	}
	name := strings.TrimSpace(line)
	if name == "" {
		for _, l := range o.lab.Links() {
			fmt.Fprintln(c, l.Name())
		}
		return nil
	}
	link, err := o.lab.Link(name)
	if err != nil {
		return err
	}
	f, err := capture.NewFile(c, capture.Options{})
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Add(link); err != nil {
		return err
	}
	c.SetReadDeadline(time.Time{})
	_, err = io.Copy(io.Discard, c) // until the other side leaves
	return err
}

// Close ends the offer and everybody's looking.
func (o *Offer) Close() error {
	err := o.listener.Close()
	o.mu.Lock()
	o.ended = true
	for c := range o.open {
		c.Close()
	}
	o.mu.Unlock()
	o.all.Wait()
	return err
}
