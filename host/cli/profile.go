package cli

import (
	"bytes"
	"fmt"
	"io"
	"os"

	"moonwire/host"
	"moonwire/host/network"
	"moonwire/host/profile"
	"moonwire/host/whole"
	"moonwire/stdlib"
)

// profiling is what --profile and --pprof ask for.
type profiling struct {
	show bool
	file string // "": none
}

func (p *profiling) flags() flags {
	return flags{
		{"--profile", "", "say per line how long the script ran and how long it waited", on(&p.show)},
		{"--pprof", "FILE", "write that into FILE, for go tool pprof", text(&p.file)},
	}
}

// measure has a run measured where that is asked for; report is called at its end.
func (p *profiling) measure(o *host.Options, in *place, src source, out io.Writer) (report func(error) error) {
	if !p.show && p.file == "" {
		return func(err error) error { return err }
	}
	clock := network.Kernel().Clock()
	if in.clock != nil {
		clock = in.clock
	}
	m := profile.New(clock)
	o.Hooks.OnLine, o.Hooks.OnWork = m.Line, m.Work
	return func(err error) error {
		if late := p.report(m, src, out); err == nil {
			err = late
		}
		return err
	}
}

func (p *profiling) report(m *profile.Profile, src source, out io.Writer) error {
	if p.show {
		fmt.Fprint(out, "moonwire: ")
		m.Report(out, func(file string) string { return sourceOf(src, file) })
	}
	if p.file == "" {
		return nil
	}
	var b bytes.Buffer
	if err := m.WritePprof(&b); err != nil {
		return err
	}
	return whole.Write(p.file, b.Bytes())
}

// sourceOf is the text of a chunk by its name; "" when nobody knows it.
func sourceOf(src source, file string) string {
	if file == src.name {
		return src.code
	}
	if b, err := stdlib.FS.ReadFile(file); err == nil {
		return string(b)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	return string(b)
}
