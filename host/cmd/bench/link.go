package main

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"moonwire/host/network"
)

const (
	linkFrames = 1000000
	linkRounds = 5
	offered    = 500000 // frames a second
)

// linkFrame is 64 bytes long, for a host that isn't there.
var linkFrame = append([]byte("\x02\x00\x00\x00\x00\x99\x02\x00\x00\x00\x00\x01\x88\xb5"), make([]byte, 50)...)

// sending compares the ways to send with trafgen: frames per second of processor time, since on a wire of software the
// wall's second depends on who else runs.
func sending(string) ([]row, error) {
	remove, err := newWire()
	if err != nil {
		return nil, err
	}
	defer remove()
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	var bytes []string
	for _, b := range linkFrame {
		bytes = append(bytes, strconv.Itoa(int(b)))
	}
	count := strconv.Itoa(linkFrames)
	peer := []string{"trafgen", "--dev", nearEnd, "--cpus", "1", "--num", count, "--no-sock-mem", "--no-cpu-stats", "{" + strings.Join(bytes, ",") + "}"}
	methods := []string{"xdp", "ring", "mmsg", "write"}
	rates := make(map[string][]float64)
	for range linkRounds {
		for _, m := range append(methods, "trafgen") {
			argv := []string{self, "link-send", m, nearEnd, count, "0"}
			if m == "trafgen" {
				argv = peer
			}
			u, _, err := spend(in(nearSpace, argv...))
			if err != nil {
				return nil, err
			}
			rates[m] = append(rates[m], linkFrames/u.processor.Seconds())
		}
	}
	var rows []row
	trafgen := median(rates["trafgen"])
	for _, m := range methods {
		wanted := "-"
		if m == "xdp" {
			wanted = ">= 1.2"
		}
		ours := median(rates[m])
		rows = append(rows, row{"64-byte frames by " + m + " / trafgen", perSecond(ours), perSecond(trafgen), ours / trafgen, wanted})
	}
	return rows, nil
}

// reading offers frames at a steady rate to a reader and counts those that it lost.
func reading(string) ([]row, error) {
	remove, err := newWire()
	if err != nil {
		return nil, err
	}
	defer remove()
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	reader := in(farSpace, self, "link-read", farEnd, strconv.Itoa(2*linkFrames))
	reader.Stderr = os.Stderr
	out, err := reader.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := reader.Start(); err != nil {
		return nil, err
	}
	defer func() { reader.Process.Kill(); reader.Wait() }()
	var read, lost, ready int
	if _, err := fmt.Fscanln(out, &ready); err != nil {
		return nil, err
	}
	u, _, err := spend(in(nearSpace, self, "link-send", "xdp", nearEnd, strconv.Itoa(2*linkFrames), strconv.Itoa(offered)))
	if err != nil {
		return nil, err
	}
	if _, err := fmt.Fscanln(out, &read, &lost); err != nil {
		return nil, err
	}
	rate := 2 * linkFrames / u.wall.Seconds()
	return []row{
		{"frames lost of those read at that rate", fmt.Sprint(lost), perSecond(rate), float64(lost) / (2 * linkFrames), "0"},
		{"frames read and lost / sent", fmt.Sprint(read + lost), fmt.Sprint(2 * linkFrames), float64(read+lost) / (2 * linkFrames), "1"},
	}, nil
}

// linkSend is the process that sends frames: METHOD INTERFACE COUNT RATE, the last in frames a second, 0 for all it can.
func linkSend(args []string) error {
	n, err := strconv.Atoi(args[2])
	if err != nil {
		return err
	}
	perSecond, err := strconv.Atoi(args[3])
	if err != nil {
		return err
	}
	l, err := network.Kernel().OpenLink(context.Background(), args[1], &network.LinkOpts{Method: args[0], SendOnly: true})
	if err != nil {
		return err
	}
	defer l.Close()
	if perSecond == 0 {
		_, err = l.WriteFrames(context.Background(), n, numberedFrame)
		return err
	}
	const burst = 100
	for start, sent := time.Now(), 0; sent < n; sent += burst {
		for time.Since(start) < time.Duration(sent)*time.Second/time.Duration(perSecond) {
		}
		if _, err := l.WriteFrames(context.Background(), burst, numberedFrame); err != nil {
			return err
		}
	}
	return nil
}

// numberedFrame is a frame with two fields that vary.
func numberedFrame(i int, slot []byte) int {
	n := copy(slot, linkFrame)
	binary.BigEndian.PutUint32(slot[14:], uint32(i))
	binary.BigEndian.PutUint16(slot[18:], uint16(i))
	return n
}

// linkRead is the process that reads until enough frames are read or lost, and prints both numbers: INTERFACE COUNT.
func linkRead(args []string) error {
	n, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	l, err := network.Kernel().OpenLink(context.Background(), args[0], &network.LinkOpts{Promiscuous: true})
	if err != nil {
		return err
	}
	defer l.Close()
	fmt.Println(1)
	into := make([]network.Frame, 256)
	read, sum := 0, byte(0)
	for read+int(l.Stats().KernelDrops) < n {
		l.SetReadDeadline(time.Now().Add(5 * time.Second))
		k, err := l.ReadFrames(into)
		if errors.Is(err, os.ErrDeadlineExceeded) {
			break
		}
		if err != nil {
			return err
		}
		for _, f := range into[:k] {
			if len(f.Data) == len(linkFrame) {
				sum += f.Data[14]
				read++
			}
		}
	}
	s := l.Stats()
	fmt.Println(read, s.KernelDrops+s.RingDrops)
	return nil
}
