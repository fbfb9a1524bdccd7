package record

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"runtime"
	"syscall"

	"moonwire/host/decl"
	"moonwire/host/network"
)

// A Failure is an error in a record: its text, and all by which programs tell errors apart.
type Failure struct {
	Text   string   `json:"text"`
	Is     []string `json:"is,omitempty"`    // well-known errors that it is
	Errno  string   `json:"errno,omitempty"` // name of the system's error
	Number int      `json:"number,omitempty"`
	System string   `json:"system,omitempty"` // whose number that is
	Kind   string   `json:"kind,omitempty"`
	Op     *Op      `json:"op,omitempty"`
	Path   *Path    `json:"path,omitempty"`
	GAI    *GAI     `json:"gai,omitempty"`
}

// Op is what a *net.OpError has around its cause, whose text is Text.
type Op struct {
	Op     string `json:"op"`
	Net    string `json:"net,omitempty"`
	Source *Addr  `json:"source,omitempty"`
	Addr   *Addr  `json:"addr,omitempty"`
}

// Path is what a *fs.PathError has around its cause.
type Path struct {
	Op   string `json:"op"`
	Path string `json:"path"`
}

// GAI is what a *network.GAIError has around its cause, if any.
type GAI struct {
	Code  int    `json:"code"`
	Name  string `json:"name,omitempty"`
	Cause bool   `json:"cause,omitempty"`
}

// known are the errors that programs compare with.
var known = []struct {
	name string
	err  error
}{
	{"eof", io.EOF}, {"unexpected eof", io.ErrUnexpectedEOF}, {"timeout", os.ErrDeadlineExceeded}, {"closed", net.ErrClosed},
	{"canceled", context.Canceled}, {"deadline", context.DeadlineExceeded}, {"file closed", fs.ErrClosed},
	{"exists", fs.ErrExist}, {"not there", fs.ErrNotExist}, {"denied", fs.ErrPermission}, {"unsupported", errors.ErrUnsupported},
	{"no file wait", os.ErrNoDeadline}, {"short write", io.ErrShortWrite},
}

// FailureOf keeps an error; nil is none.
func FailureOf(err error) *Failure {
	if err == nil {
		return nil
	}
	f := &Failure{Text: err.Error(), Kind: decl.KindOf(err)}
	switch e := err.(type) {
	case *net.OpError:
		f.Op = &Op{Op: e.Op, Net: e.Net, Source: AddrOf(e.Source), Addr: AddrOf(e.Addr)}
		err = e.Err
		f.Text = err.Error()
	case *fs.PathError:
		f.Path = &Path{e.Op, e.Path}
		err = e.Err
		f.Text = err.Error()
	case *network.GAIError:
		f.GAI = &GAI{Code: int(e.Code), Name: e.Name, Cause: e.Err != nil}
		if err = e.Err; err != nil {
			f.Text = err.Error()
		}
	}
	for _, k := range known {
		if errors.Is(err, k.err) {
			f.Is = append(f.Is, k.name)
		}
	}
	var number syscall.Errno
	if errors.As(err, &number) {
		f.Errno, f.Number, f.System = errnoName(number), int(number), runtime.GOOS
	}
	return f
}

// Err makes the error again: the same text, the same answers to errors.Is and of a kind.
func (f *Failure) Err() error {
	if f == nil {
		return nil
	}
	err := f.cause()
	switch {
	case f.Op != nil:
		return &net.OpError{Op: f.Op.Op, Net: f.Op.Net, Source: f.Op.Source.Std(), Addr: f.Op.Addr.Std(), Err: err}
	case f.Path != nil:
		return &fs.PathError{Op: f.Path.Op, Path: f.Path.Path, Err: err}
	case f.GAI != nil:
		e := &network.GAIError{Code: network.GAICode(f.GAI.Code), Name: f.GAI.Name}
		if f.GAI.Cause {
			e.Err = err
		}
		return e
	}
	return err
}

// cause is the innermost error: a well-known one itself where its text is all.
func (f *Failure) cause() error {
	a := &answered{text: f.Text, kind: f.Kind}
	for _, k := range known {
		for _, name := range f.Is {
			if name == k.name {
				a.is = append(a.is, k.err)
			}
		}
	}
	if number, ok := errnoNamed(f.Errno); ok {
		a.is = append(a.is, number)
	} else if f.Number != 0 && f.System == runtime.GOOS {
		a.is = append(a.is, syscall.Errno(f.Number))
	}
	for _, err := range a.is {
		if err.Error() == f.Text && decl.KindOf(err) == f.Kind {
			return err
		}
	}
	return a
}

// answered is an error that the record had an answer's place for.
type answered struct {
	text, kind string
	is         []error
}

func (a *answered) Error() string   { return a.text }
func (a *answered) Unwrap() []error { return a.is }

// Kind is the kind of refusal.
func (a *answered) Kind() string { return a.kind }

// Timeout is what net.Error asks for.
func (a *answered) Timeout() bool { return a.kind == decl.Timeout }

// Temporary is what net.Error asks for, too.
func (a *answered) Temporary() bool { return a.Timeout() }
