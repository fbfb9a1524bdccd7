package pcap

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"sync"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/pcap"
)

// A Writer is a capture file that is being written.
type Writer struct {
	name   string
	closer io.Closer // nil: nothing to close

	mu      sync.Mutex // of a write: one task at a time
	w       *pcap.Writer
	closed  bool
	adopted map[source]int // this file's index of others' interfaces
}

// A source is an interface of a file that packets come from.
type source struct {
	file  *Reader
	index int
}

// String names the writer in leak reports.
func (w *Writer) String() string { return "pcap.create " + w.name }

// Close writes what is left and closes the file.
func (w *Writer) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return nil
	}
	w.closed = true
	err := w.w.Close()
	if w.closer != nil {
		err = errors.Join(err, w.closer.Close())
	}
	return about(w.name, err)
}

// writing runs do with the file in hand.
func (w *Writer) writing(_ context.Context, do func(*pcap.Writer) error) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return about(w.name, errClosed)
	}
	return about(w.name, do(w.w))
}

type createOptions struct {
	Format      string `lua:"format?" choices:"pcapng|pcap" doc:"what to write; else pcap when the name ends in .pcap or .cap, pcapng when not"`
	LinkType    string `lua:"linktype?" doc:"tcpdump's name of the link type, or its number; else that of the first packet, or EN10MB"`
	Snap        int    `lua:"snap?" range:"0.." doc:"bytes kept of a packet; 0 for all"`
	Nano        bool   `lua:"nano?" doc:"a pcap file with nanoseconds, which pcapng always has"`
	Gzip        *bool  `lua:"gzip?" doc:"compress; else when the name ends in .gz"`
	Append      bool   `lua:"append?" doc:"go on where the file ends, in its format; a torn packet at its end is cut off"`
	Comment     string `lua:"comment?" doc:"of the whole file (pcapng)"`
	Application string `lua:"application?" doc:"program that writes it (pcapng)"`
	OS          string `lua:"os?" doc:"operating system it runs on (pcapng)"`
	Hardware    string `lua:"hardware?" doc:"machine it runs on (pcapng)"`
}

var createDefaults = createOptions{Application: "moonwire"}

// create is pcap.create(path, opts).
func create(L *lua.LState) int {
	const name = "pcap.create"
	o, path, host := createDefaults, decl.String(L, name, 1), decl.HostOf(L)
	decl.Options(L, name, 2, &o)
	settings, err := o.settings(path)
	if err != nil {
		decl.Raisef(L, "bad option 'linktype' to '%s' (%s)", name, err)
	}
	w := &Writer{name: path, adopted: map[source]int{}}
	err = host.Block(L, func(ctx context.Context) error {
		return w.create(ctx, host.Stdout(), o, settings)
	})
	if err != nil {
		if w.closer != nil {
			w.closer.Close()
		}
		return decl.Fail(L, about(path, err))
	}
	L.Push(decl.Push(L, w))
	return 1
}

// settings are the options as host/pcap has them.
func (o *createOptions) settings(path string) (s pcap.WriterOptions, err error) {
	plain, zipped := strings.CutSuffix(strings.ToLower(path), ".gz")
	if o.Gzip != nil {
		zipped = *o.Gzip
	}
	s = pcap.WriterOptions{Format: pcap.PcapNG, LinkType: pcap.Ethernet, Snap: o.Snap, Nano: o.Nano, Gzip: zipped,
		Section: pcap.Section{Application: o.Application, OS: o.OS, Hardware: o.Hardware}}
	if o.Comment != "" {
		s.Section.Comments = []string{o.Comment}
	}
	if o.Format == "pcap" || o.Format == "" && (strings.HasSuffix(plain, ".pcap") || strings.HasSuffix(plain, ".cap")) {
		s.Format = pcap.Pcap
	}
	if o.LinkType != "" {
		s.LinkType, err = linkType(o.LinkType)
	}
	return s, err
}

// create makes the file, or opens it to go on.
func (w *Writer) create(ctx context.Context, stdout io.Writer, o createOptions, s pcap.WriterOptions) error {
	switch {
	case w.name == standard:
		w.name, w.w = "standard output", pcap.NewWriter(stdout, s)
	case o.Append:
		file, err := openFile(ctx, w.name, os.O_RDWR|os.O_CREATE)
		if err != nil {
			return err
		}
		w.closer = file
		if o.LinkType == "" {
			s.LinkType = pcap.AnyLinkType
		}
		if w.w, err = pcap.Append(file, s); err != nil {
			return err
		}
	default:
		file, err := openFile(ctx, w.name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC)
		if err != nil {
			return err
		}
		w.closer, w.w = file, pcap.NewWriter(file, s)
	}
	if o.LinkType != "" && s.Format == pcap.Pcap {
		return w.w.Start() // other link types are refused from here on
	}
	return nil
}
