package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"moonwire/host"
	"moonwire/host/script"
	"moonwire/host/test"
)

// Stage makes what the tests of a file find, or a script that is one.
func (t *testing) Stage(file string) (*test.Stage, error) {
	src, err := readFile(file)
	if err != nil {
		return nil, err
	}
	about := src.header
	if isTest(file) {
		about = subject(src.name)
	}
	o := t.options
	if o.lab == "" && !o.here && o.netns == "" && o.iface == "" {
		o.lab, o.host = src.header.Where()
		if o.lab == "" {
			o.lab, o.host = about.Where()
		}
	}
	if src.header.Shows != "" {
		o.seed = showsSeed
	}
	o.virtual = o.virtual || !o.real(src.header, about)
	p, err := o.place(src, about.Defaults())
	if err != nil {
		return nil, err
	}
	stage := &test.Stage{Options: o.hosted(p, Streams{}, func(string) {}), Close: p.close,
		Script: host.Script{Name: src.name, Source: src.code, Dir: src.dir, Args: about.Defaults()}}
	if src.header.Shows != "" {
		stage.Shows = src.header
	}
	return stage, nil
}

// showsSeed is with which scripts print what their headers show, whatever seed the tests beside them have.
const showsSeed = 1

// Script finds a script that a test asks for: a file, from the test's folder on, or one that ships.
func (t *testing) Script(dir, name string) (host.Script, *script.Header, error) {
	word := name
	if !filepath.IsAbs(name) {
		if file, ok := scriptFile(filepath.Join(dir, name)); ok {
			word = file
		}
	}
	src, err := readSource(word, strings.NewReader(""))
	if err != nil {
		return host.Script{}, nil, err
	}
	return host.Script{Name: src.name, Source: src.code, Dir: src.dir}, src.header, nil
}

// real says whether a test lives in real time: when the flags or one of the headers say so.
func (o *options) real(headers ...*script.Header) bool {
	if o.here || o.netns != "" || o.iface != "" {
		return true
	}
	for _, h := range headers {
		if o.lab == "" && slices.ContainsFunc(h.Needs, func(n script.Need) bool { return slices.Contains(realNeeds, n.What) }) {
			return true
		}
	}
	return false
}

// realNeeds are the needs that simulated time can't serve outside a lab.
var realNeeds = []string{"net", "listen", "raw", "run"}

// subject is the header of the script that a test belongs to; an empty one when there is none.
func subject(file string) *script.Header {
	code, err := os.ReadFile(strings.TrimSuffix(file, "_test.lua") + ".lua")
	if err == nil {
		if h, err := script.Parse(file, string(code)); err == nil {
			return h
		}
	}
	return &script.Header{}
}
