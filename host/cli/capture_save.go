package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

	"moonwire/host/pcap"
)

// rotation is when another file begins.
type rotation struct {
	size  int64 // bytes; 0: never
	every time.Duration
	files int // at most
}

func (r *rotation) set() bool { return r.size > 0 || r.every > 0 || r.files > 0 }

// errEnough ends a capture that has all it was asked for.
var errEnough = errors.New("enough")

// A saver writes packets to the files of -w.
type saver struct {
	c      *capture
	stdout io.Writer
	begin  func(*pcap.Writer) error // writes what each file begins with

	w       *pcap.Writer
	file    *os.File // nil: the standard output
	number  int      // of this file, from 0
	part    int      // of the same, since the last time a file was due
	opened  time.Time
	packets int64 // in the files before
}

// open begins a file.
func (s *saver) open(now time.Time) error {
	s.opened = now
	dst := s.stdout
	if s.c.write != standardStream {
		f, err := os.OpenFile(s.name(now), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
		if err != nil {
			return err
		}
		s.file, dst = f, f
	}
	s.w = pcap.NewWriter(dst, s.c.saving())
	if err := s.begin(s.w); err != nil {
		return s.named(err)
	}
	if s.c.unbuffered || s.file == nil {
		return s.named(s.w.Flush())
	}
	return nil
}

// standardStream is the name of the standard streams.
const standardStream = "-"

// saving are the settings of the files.
func (c *capture) saving() pcap.WriterOptions {
	plain, zipped := strings.CutSuffix(strings.ToLower(c.write), ".gz")
	o := pcap.WriterOptions{Format: pcap.PcapNG, LinkType: pcap.Ethernet, Snap: c.snap, Nano: c.nano, Gzip: zipped,
		Section: pcap.Section{Application: versionLine(), OS: runtime.GOOS}}
	if c.format == "pcap" || c.format == "" && (strings.HasSuffix(plain, ".pcap") || strings.HasSuffix(plain, ".cap")) {
		o.Format = pcap.Pcap
	}
	return o
}

// name is the next file's, as tcpdump numbers them.
func (s *saver) name(now time.Time) string {
	name, r := s.c.write, s.c.rotation
	if r.every > 0 {
		name = strftime(name, now)
	}
	switch {
	case r.size == 0:
		return name
	case r.files > 0 && r.every == 0:
		return fmt.Sprintf("%s%0*d", name, len(strconv.Itoa(r.files-1)), s.number%r.files)
	case s.part > 0:
		return name + strconv.Itoa(s.part)
	}
	return name
}

// turn begins another file when it is time to.
func (s *saver) turn(now time.Time) error {
	r := s.c.rotation
	late := r.every > 0 && now.Sub(s.opened) >= r.every
	if !late && (r.size == 0 || s.w.Size() < r.size) {
		return nil
	}
	s.number++
	if s.part++; late {
		s.part = 0
	}
	if late && r.files > 0 && s.number >= r.files {
		return errEnough
	}
	if err := s.close(); err != nil {
		return err
	}
	return s.open(now)
}

// close ends the file.
func (s *saver) close() error {
	if s.w == nil {
		return nil
	}
	err := s.w.Close()
	s.packets += s.w.Packets()
	s.w = nil
	if s.file != nil {
		err = errors.Join(err, s.file.Close())
	}
	return s.named(err)
}

// named puts the file's name before an error.
func (s *saver) named(err error) error {
	if err == nil || s.file == nil {
		return err
	}
	return fmt.Errorf("%s: %w", s.file.Name(), err)
}

// strftime puts a time into a name, by the letters of strftime(3) that names have use for.
func strftime(format string, t time.Time) string {
	var b strings.Builder
	for i := 0; i < len(format); i++ {
		if format[i] != '%' || i+1 == len(format) {
			b.WriteByte(format[i])
			continue
		}
		i++
		layout, known := map[byte]string{'Y': "2006", 'y': "06", 'm': "01", 'd': "02", 'H': "15", 'M': "04", 'S': "05", 'j': "002", 'a': "Mon",
			'b': "Jan", 'Z': "MST", 'z': "-0700", 'F': "2006-01-02", 'T': "15:04:05"}[format[i]]
		switch {
		case known:
			b.WriteString(t.Format(layout))
		case format[i] == 's':
			b.WriteString(strconv.FormatInt(t.Unix(), 10))
		case format[i] == '%':
			b.WriteByte('%')
		default:
			b.WriteString(format[i-1 : i+1])
		}
	}
	return b.String()
}
