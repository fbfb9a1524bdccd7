package pcap_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"moonwire/host/pcap"
)

// A disk takes so many bytes and no more.
type disk struct {
	bytes.Buffer
	room   int
	broken bool // it can't be truncated, as a pipe can't
}

func (d *disk) Write(b []byte) (int, error) {
	n := min(len(b), d.room)
	d.room -= n
	d.Buffer.Write(b[:n])
	if n < len(b) {
		return n, syscall.ENOSPC
	}
	return n, nil
}

func (d *disk) Truncate(size int64) error {
	if d.broken {
		return errors.ErrUnsupported
	}
	d.Buffer.Truncate(int(size))
	return nil
}

// TestFullDisk writes to disks of every size up to the file's: what is there is whole, and the error says how much it is.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	for _, format := range []pcap.Format{pcap.Pcap, pcap.PcapNG} {
		whole := len(sampleOf(t, format, new(disk), 1<<20))
		for room := range whole {
			d := &disk{room: room}
			b := sampleOf(t, format, d, room)
			_, list, err := all(b)
			if err != nil && len(b) > 0 {
				t.Fatalf("%s, room for %d of %d bytes: %d packets, %v", format, room, whole, len(list), err)
			}
		}
	}
}

// sampleOf writes five packets to d, one at a time, and returns what d has. What the error says of them must be so.
func sampleOf(t *testing.T, format pcap.Format, d *disk, room int) []byte {
	t.Helper()
	d.room = room
	w := pcap.NewWriter(d, pcap.WriterOptions{Format: format, LinkType: 1})
	var failed error
	good := 0
	for i := range 5 {
		err := errors.Join(w.Write(&pcap.Packet{Data: bytes.Repeat([]byte{byte(i)}, 10+i), Sec: int64(i)}), w.Flush())
		switch {
		case err == nil:
			good++
		case failed == nil:
			failed = err
		}
	}
	closed := w.Close()
	if failed == nil {
		if closed != nil {
			t.Fatal(closed)
		}
		return d.Bytes()
	}
	var full *pcap.WriteError
	if !errors.As(failed, &full) || !errors.Is(failed, syscall.ENOSPC) || full.Packets != int64(good) || full.Lost != 1 || full.Torn {
		t.Fatalf("%s, room for %d: %d good packets, %v", format, room, good, failed)
	}
	if closed == nil {
		t.Fatalf("%s, room for %d: close says nothing", format, room)
	}
	return d.Bytes()
}

// TestClosedPipe writes to what can't be truncated: the error says that the end is torn, and readers find the rest.
func TestClosedPipe(t *testing.T) {
	t.Parallel()
	d := &disk{room: 24 + 3*26 - 5, broken: true}
	w := pcap.NewWriter(d, pcap.WriterOptions{LinkType: 1})
	for range 4 {
		if err := w.Write(&pcap.Packet{Data: make([]byte, 10)}); err != nil {
			t.Fatal(err)
		}
	}
	err := w.Flush()
	if want := "no space left on device: 2 whole packets written and a part of the next, 2 lost"; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
	if _, list, err := all(d.Bytes()); len(list) != 2 || err == nil || !strings.HasPrefix(err.Error(), "cut short inside packet 3") {
		t.Errorf("%d packets, %v", len(list), err)
	}
}

// TestAppend goes on with files, whole and torn.
func TestAppend(t *testing.T) {
	t.Parallel()
	for name, first := range map[string][]byte{"pcap": bulkOf(t, pcap.Pcap), "pcapng": bulkOf(t, pcap.PcapNG), "big endian": rich(t, true), "empty": nil} {
		_, before, _ := all(first)
		for _, cut := range []int{0, 3} {
			path := filepath.Join(t.TempDir(), "file")
			if err := os.WriteFile(path, first[:max(0, len(first)-cut)], 0o666); err != nil {
				t.Fatal(err)
			}
			if err := appendTo(path, pcap.WriterOptions{LinkType: pcap.AnyLinkType}); err != nil {
				t.Fatalf("%s, cut by %d: %v", name, cut, err)
			}
			b, _ := os.ReadFile(path)
			_, list, err := all(b)
			want := len(before) + 1
			if cut > 0 && name != "empty" && name != "big endian" { // whose last block is no packet
				want--
			}
			if err != nil || len(list) != want || string(list[want-1].Data) != "more" {
				t.Errorf("%s, cut by %d: %d packets, want %d, %v", name, cut, len(list), want, err)
			}
		}
	}
	path := filepath.Join(t.TempDir(), "file")
	os.WriteFile(path, bulkOf(t, pcap.Pcap), 0o666)
	if err := appendTo(path, pcap.WriterOptions{LinkType: 101}); fmt.Sprint(err) != "the file has link type EN10MB, not RAW" {
		t.Error(err)
	}
	os.WriteFile(path, []byte("#!/bin/sh and more"), 0o666)
	if err := appendTo(path, pcap.WriterOptions{}); err == nil || !strings.HasPrefix(err.Error(), "neither pcap nor pcapng") {
		t.Error(err)
	}
}

func bulkOf(t *testing.T, format pcap.Format) []byte {
	t.Helper()
	return bytes.Clone(sampleOf(t, format, new(disk), 1<<20))
}

func appendTo(path string, o pcap.WriterOptions) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	w, err := pcap.Append(f, o)
	if err != nil {
		return err
	}
	return errors.Join(w.Write(&pcap.Packet{Data: []byte("more"), Sec: 9}), w.Close())
}

// TestRefusals writes what a format can't say.
func TestRefusals(t *testing.T) {
	t.Parallel()
	old, ng := pcap.WriterOptions{LinkType: 1}, pcap.WriterOptions{Format: pcap.PcapNG, LinkType: 1}
	for _, tt := range []struct {
		o    pcap.WriterOptions
		do   func(*pcap.Writer) error
		want string
	}{
		{old, func(w *pcap.Writer) error { return w.Write(&pcap.Packet{Sec: 1 << 32}) }, "a time of 4294967296 seconds since 1970: a pcap file has 32 bits for it"},
		{old, func(w *pcap.Writer) error { return w.Write(&pcap.Packet{Interface: 1}) }, "packet of interface 1: the file has 0 to 0"},
		{old, func(w *pcap.Writer) error { return w.AddNames(nil) }, "a pcap file holds no names: write pcapng"},
		{old, func(w *pcap.Writer) error { _, err := w.AddInterface(pcap.Interface{}); return err },
			"a pcap file has one interface without a description: write pcapng"},
		{ng, func(w *pcap.Writer) error { return w.Write(&pcap.Packet{Sec: -1}) }, "a time of -1 seconds since 1970 can't be written in units of 1e-09 seconds"},
		{ng, func(w *pcap.Writer) error { return w.Write(&pcap.Packet{Data: make([]byte, 300000)}) },
			"a packet of 300000 bytes: readers take 262144 at most"},
		{ng, func(w *pcap.Writer) error { return w.AddStatistics(3, &pcap.Statistics{}) }, "statistics of interface 3: the file has 0 to -1"},
		{ng, func(w *pcap.Writer) error { w.Close(); return w.Write(&pcap.Packet{}) }, "the writer is closed"},
	} {
		if err := tt.do(pcap.NewWriter(io.Discard, tt.o)); fmt.Sprint(err) != tt.want {
			t.Errorf("%v, want %s", err, tt.want)
		}
	}
}

// TestClock turns times of every resolution into seconds and nanoseconds, and back.
func TestClock(t *testing.T) {
	t.Parallel()
	for _, resolution := range []pcap.Resolution{0x80, 1, 3, 6, 7, 9, 0x80 | 10, 0x80 | 20, 0x80 | 30} {
		var b bytes.Buffer
		w := pcap.NewWriter(&b, pcap.WriterOptions{Format: pcap.PcapNG})
		for _, offset := range []int64{0, 1000, -1000} {
			if _, err := w.AddInterface(pcap.Interface{LinkType: 1, Resolution: resolution, Offset: offset, FCS: -1}); err != nil {
				t.Fatal(err)
			}
		}
		for i := range 3 {
			if err := w.Write(&pcap.Packet{Sec: 1600000000, Nsec: 500000000, Interface: i}); err != nil {
				t.Fatal(err)
			}
		}
		w.Close()
		_, list, err := all(b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		want := int32(500000000)
		if resolution == 0x80 { // whole seconds
			want = 0
		}
		for i, p := range list {
			if p.Sec != 1600000000 || p.Nsec != want {
				t.Errorf("resolution %d, interface %d: %d.%09d", resolution, i, p.Sec, p.Nsec)
			}
		}
	}
	// Units too small for 64 bits are read, not written.
	w := pcap.NewWriter(io.Discard, pcap.WriterOptions{Format: pcap.PcapNG})
	if _, err := w.AddInterface(pcap.Interface{Resolution: 20}); fmt.Sprint(err) != "times in units of 1e-20 seconds can't be written" {
		t.Error(err)
	}
}
