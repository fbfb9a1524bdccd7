//go:build unix

package network

import (
	"io"
	"os"

	"golang.org/x/sys/unix"
)

// conn is a connected stream. One task may read while another writes.
type conn struct{ *socket }

// Read waits for data; io.EOF at the end.
func (c *conn) Read(b []byte) (int, error) {
	d, err := c.use()
	if err != nil {
		return 0, c.fail("read", err)
	}
	c.waits.enter()
	n, err := d.file.Read(b)
	c.waits.leave(d.file)
	if err != nil && err != io.EOF {
		err = c.fail("read", err)
	}
	return n, err
}

// Write waits until all of b is in the kernel's hands.
func (c *conn) Write(b []byte) (int, error) {
	d, err := c.use()
	if err != nil {
		return 0, c.fail("write", err)
	}
	c.waits.enter()
	n, err := d.file.Write(b)
	c.waits.leave(d.file)
	if err != nil {
		err = c.fail("write", err)
	}
	return n, err
}

// TryRead reads what is there: os.ErrDeadlineExceeded when that is nothing.
func (c *conn) TryRead(b []byte) (n int, err error) {
	err = c.control(func(fd int) (err error) {
		n, err = again(func() (int, error) { return unix.Read(fd, b) })
		return err
	})
	switch {
	case err == os.ErrDeadlineExceeded:
		return 0, err
	case err != nil:
		return 0, c.fail("read", err)
	case n == 0 && len(b) > 0:
		return 0, io.EOF
	}
	return n, nil
}

// TryWrite writes what there is room for: os.ErrDeadlineExceeded when there is none.
func (c *conn) TryWrite(b []byte) (n int, err error) {
	err = c.control(func(fd int) (err error) {
		n, err = again(func() (int, error) { return unix.Write(fd, b) })
		return err
	})
	switch {
	case err == os.ErrDeadlineExceeded:
		return 0, err
	case err != nil:
		return 0, c.fail("write", err)
	}
	return n, nil
}

// again repeats an interrupted call and names an empty queue.
func again(f func() (int, error)) (int, error) {
	for {
		n, err := f()
		switch err {
		case nil:
			return n, nil
		case unix.EINTR:
			continue
		case unix.EAGAIN:
			return 0, os.ErrDeadlineExceeded
		}
		return 0, err
	}
}

// CloseRead refuses what comes from now on.
func (c *conn) CloseRead() error { return c.shutdown(unix.SHUT_RD) }

// CloseWrite tells the far end that nothing more will come.
func (c *conn) CloseWrite() error { return c.shutdown(unix.SHUT_WR) }

func (c *conn) shutdown(how int) error {
	if err := c.control(func(fd int) error { return unix.Shutdown(fd, how) }); err != nil {
		return c.fail("shutdown", err)
	}
	return nil
}
