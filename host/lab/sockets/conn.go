package sockets

import (
	"bytes"
	"context"
	"io"

	"gvisor.dev/gvisor/pkg/tcpip"
	"gvisor.dev/gvisor/pkg/waiter"
)

// conn is a connected stream. One task may read while another writes.
type conn struct{ *tcp }

// Read waits for data; io.EOF at the end.
func (c *conn) Read(b []byte) (n int, err error) {
	err = c.until(context.Background(), waiter.ReadableEvents, &c.rd, func() (err error) {
		n, err = c.read(b)
		return err
	})
	return n, c.readError(err)
}

// TryRead reads what is there: os.ErrDeadlineExceeded when that is nothing.
func (c *conn) TryRead(b []byte) (int, error) {
	n, err := c.read(b)
	c.world.settle()
	if err == errWait {
		return 0, err
	}
	return n, c.readError(err)
}

func (c *conn) readError(err error) error {
	if err == nil || err == io.EOF {
		return err
	}
	return c.fail("read", err)
}

// read asks the endpoint once.
func (t *tcp) read(b []byte) (int, error) {
	ep, _, err := t.use()
	if err != nil {
		return 0, err
	}
	if len(b) == 0 {
		return 0, nil
	}
	into := tcpip.SliceWriter(b)
	r, terr := ep.Read(&into, tcpip.ReadOptions{})
	if terr != nil {
		if err := t.takeError(); err != nil {
			return 0, err
		}
		return 0, errno(terr)
	}
	ep.ModerateRecvBuf(r.Count)
	return r.Count, nil
}

// Write waits until all of b is in the stack's hands.
func (c *conn) Write(b []byte) (n int, err error) {
	from := bytes.NewReader(b)
	err = c.until(context.Background(), waiter.WritableEvents, &c.wd, func() error {
		for {
			m, err := c.write(from)
			n += m
			if err != nil || n == len(b) {
				return err
			}
		}
	})
	if err != nil {
		return n, c.fail("write", err)
	}
	return n, nil
}

// TryWrite writes what there is room for: os.ErrDeadlineExceeded when there is none.
func (c *conn) TryWrite(b []byte) (int, error) {
	n, err := c.write(bytes.NewReader(b))
	c.world.settle()
	switch {
	case err == errWait:
		return 0, err
	case err != nil:
		return 0, c.fail("write", err)
	}
	return n, nil
}

// write gives the endpoint what it takes of the rest.
func (t *tcp) write(rest *bytes.Reader) (int, error) {
	ep, _, err := t.use()
	if err != nil {
		return 0, err
	}
	if rest.Len() == 0 {
		return 0, nil
	}
	at := rest.Size() - int64(rest.Len())
	n, terr := ep.Write(rest, tcpip.WriteOptions{})
	rest.Seek(at+n, io.SeekStart) // the endpoint may have read more than it took
	if terr != nil {
		if err := t.takeError(); err != nil {
			return 0, err
		}
		return 0, errno(terr)
	}
	return int(n), nil
}

// CloseRead refuses what comes from now on.
func (c *conn) CloseRead() error { return c.shutdown(tcpip.ShutdownRead) }

// CloseWrite tells the far end that nothing more will come.
func (c *conn) CloseWrite() error { return c.shutdown(tcpip.ShutdownWrite) }

func (c *conn) shutdown(how tcpip.ShutdownFlags) error {
	ep, _, err := c.use()
	if err == nil {
		err = errno(ep.Shutdown(how))
		c.world.settle()
	}
	if err != nil {
		return c.fail("shutdown", err)
	}
	return nil
}
