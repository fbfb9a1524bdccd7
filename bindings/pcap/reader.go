package pcap

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/pcap"
)

// A Reader is a capture file that is being read.
type Reader struct {
	name     string
	linkType int       // of all packets; negative: what the file says
	filter   match     // what packets there are
	pipe     *pipe     // what to interrupt; nil: a file
	closer   io.Closer // nil: nothing to close

	turn   network.Turn // of a read: one task at a time
	r      *pcap.Reader
	closed bool
	ahead  ahead   // packets that Lua hasn't got yet
	origin *origin // of relative times; nil before the first

	lastBatch int // packets that were read at once the last time
}

// String names the reader in leak reports.
func (f *Reader) String() string { return "pcap.open " + f.name }

// Close ends reading.
func (f *Reader) Close() error {
	if f.closed {
		return nil
	}
	f.closed = true
	if f.closer != nil {
		return f.closer.Close()
	}
	return nil
}

var errClosed = decl.Refuse(decl.Closed, errors.New("the file is closed"))

// reading runs do with the file in hand. It is called with the interpreter released.
func (f *Reader) reading(ctx context.Context, do func(r *pcap.Reader) error) error {
	if err := f.turn.Take(ctx, time.Time{}); err != nil {
		return err
	}
	defer f.turn.Give()
	if f.closed {
		return about(f.name, errClosed)
	}
	if f.pipe != nil {
		stop := network.OnEnd(ctx, f.pipe.Interrupt)
		defer stop()
	}
	return about(f.name, do(f.r))
}

type openOptions struct {
	Filter   string `lua:"filter?" doc:"only packets that this expression matches, in tcpdump's language"`
	LinkType string `lua:"linktype?" doc:"take packets to be of this link type (tcpdump's name or a number), whatever the file says"`
}

// open is pcap.open(path, opts).
func open(L *lua.LState) int {
	host := decl.HostOf(L)
	f := &Reader{name: decl.String(L, "pcap.open", 1)}
	return f.opened(L, "pcap.open", func(ctx context.Context) (io.Reader, error) { return f.source(ctx, host.Stdin()) })
}

// decode is pcap.decode(bytes, opts).
func decode(L *lua.LState) int {
	f, text := &Reader{name: "bytes"}, decl.String(L, "pcap.decode", 1)
	return f.opened(L, "pcap.decode", func(context.Context) (io.Reader, error) { return strings.NewReader(text), nil })
}

// opened reads the options of open and decode, and the head of the file.
func (f *Reader) opened(L *lua.LState, name string, source func(context.Context) (io.Reader, error)) int {
	var o openOptions
	decl.Options(L, name, 2, &o)
	f.linkType = -1
	var err error
	if o.LinkType != "" {
		if f.linkType, err = linkType(o.LinkType); err != nil {
			decl.Raisef(L, "bad option 'linktype' to '%s' (%s)", name, err)
		}
	}
	err = decl.HostOf(L).Block(L, func(ctx context.Context) error {
		src, err := source(ctx)
		if err != nil {
			return err
		}
		return f.start(ctx, src, o.Filter)
	})
	if err != nil {
		f.Close()
		return refuse(L, name, err)
	}
	L.Push(decl.Push(L, f))
	return 1
}

// source is what the path names.
func (f *Reader) source(ctx context.Context, stdin io.Reader) (io.Reader, error) {
	if f.name != standard {
		return f.file(ctx)
	}
	f.name, f.pipe = "standard input", newPipe(stdin)
	return f.pipe, nil
}

// start reads the file's head.
func (f *Reader) start(ctx context.Context, src io.Reader, expression string) (err error) {
	if f.pipe != nil {
		stop := network.OnEnd(ctx, f.pipe.Interrupt)
		defer stop()
	}
	if f.r, err = pcap.NewReader(src); err == nil {
		f.filter, err = f.matching(ctx, f.r, expression)
	}
	return about(f.name, err)
}

// refuse raises misuse of an option, and returns all else.
func refuse(L *lua.LState, name string, err error) int {
	var bad *decl.ArgError
	if errors.As(err, &bad) {
		decl.Raisef(L, "bad option '%s' to '%s' (%s)", bad.Param, name, bad.Message)
	}
	return decl.Fail(L, err)
}

// file opens the file. A read of one that isn't regular may wait for somebody to write.
func (f *Reader) file(ctx context.Context) (io.Reader, error) {
	file, err := openFile(ctx, f.name, os.O_RDONLY)
	if err != nil {
		return nil, err
	}
	f.closer = file
	if info, err := network.FilesFrom(ctx).Stat(f.name); err == nil && !info.Mode().IsRegular() {
		f.pipe = newPipe(file)
		return f.pipe, nil
	}
	return file, nil
}

// linkType finds a link type by its name or number.
func linkType(text string) (int, error) {
	n, ok := pcap.LinkTypeNamed(text)
	if ok {
		return n, nil
	}
	near := ""
	if word := decl.Nearest(text, pcap.LinkTypeNames()); word != "" {
		near = "; did you mean '" + word + "'?"
	}
	return 0, fmt.Errorf("a link type's name or number expected, got '%s'%s", text, near)
}
