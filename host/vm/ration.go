package vm

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync/atomic"

	"moonwire/host/network"
)

// A ration is how many bytes a script and its workers may still write.
type ration struct {
	left  atomic.Int64
	over  func() // told each time there is none left
	limit int64
}

var errRation = errors.New("the limit of output is reached")

// share puts the script's streams and files on one ration, and ends root's tasks when it is used up.
func (o *Options) share(root *scope) {
	r := &ration{limit: o.Limits.Output}
	r.left.Store(r.limit)
	r.over = func() {
		root.stop(&stop{kind: stopLimit, text: fmt.Sprintf("the limit of %d bytes of output is reached (--max-output)", r.limit)})
	}
	o.ration = r
	o.Stdout, o.Stderr = shared(rationed{o.Stdout, r}), shared(rationed{o.Stderr, r})
	if o.Files != nil {
		o.Files = rationedFiles{o.Files, r}
	}
}

// take takes n bytes from the ration.
func (r *ration) take(n int) error {
	if r.left.Add(-int64(n)) >= 0 {
		return nil
	}
	r.over()
	return errRation
}

// rationed is a stream.
type rationed struct {
	io.Writer
	ration *ration
}

func (w rationed) Write(b []byte) (int, error) {
	if err := w.ration.take(len(b)); err != nil {
		return 0, err
	}
	return w.Writer.Write(b)
}

// rationedFiles hand out files whose writes count.
type rationedFiles struct {
	network.Files
	ration *ration
}

func (f rationedFiles) Open(name string, flag int, perm fs.FileMode) (network.File, error) {
	file, err := f.Files.Open(name, flag, perm)
	if err != nil || flag&(os.O_WRONLY|os.O_RDWR) == 0 {
		return file, err
	}
	return rationedFile{file, f.ration}, nil
}

func (f rationedFiles) TempFile(pattern string) (network.File, error) {
	file, err := f.Files.TempFile(pattern)
	if err != nil {
		return nil, err
	}
	return rationedFile{file, f.ration}, nil
}

type rationedFile struct {
	network.File
	ration *ration
}

func (f rationedFile) Write(b []byte) (int, error) {
	if err := f.ration.take(len(b)); err != nil {
		return 0, err
	}
	return f.File.Write(b)
}
