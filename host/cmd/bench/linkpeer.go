package main

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"

	"moonwire/host/network"
)

// linkSend is the process that sends frames: METHOD INTERFACE COUNT RATE FRAME, the rate in frames a second or 0 for all
// it can, the frame in hexadecimal.
func linkSend(args []string) error {
	count, err := strconv.Atoi(args[2])
	if err != nil {
		return err
	}
	rate, err := strconv.Atoi(args[3])
	if err != nil {
		return err
	}
	frame, err := hex.DecodeString(args[4])
	if err != nil {
		return err
	}
	l, err := network.Kernel().OpenLink(context.Background(), args[1], &network.LinkOpts{Method: args[0], SendOnly: true})
	if err != nil {
		return err
	}
	defer l.Close()
	fill := func(i int, slot []byte) int { // two fields vary
		n := copy(slot, frame)
		binary.BigEndian.PutUint16(slot[18:], uint16(i))
		binary.BigEndian.PutUint16(slot[34:], uint16(i))
		return n
	}
	if rate == 0 {
		_, err = l.WriteFrames(context.Background(), count, fill)
		return err
	}
	const burst = 100
	for start, sent := time.Now(), 0; sent < count; sent += burst {
		for time.Since(start) < time.Duration(sent)*time.Second/time.Duration(rate) {
		}
		if _, err := l.WriteFrames(context.Background(), burst, fill); err != nil {
			return err
		}
	}
	return nil
}

// linkRead is the process that reads until enough frames are read or lost, and prints both numbers: INTERFACE COUNT.
func linkRead(args []string) error {
	count, err := strconv.Atoi(args[1])
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
	read, sum := 0, 0
	for read+int(l.Stats().KernelDrops) < count {
		l.SetReadDeadline(time.Now().Add(5 * time.Second))
		n, err := l.ReadFrames(into)
		if errors.Is(err, os.ErrDeadlineExceeded) {
			break
		}
		if err != nil {
			return err
		}
		for _, f := range into[:n] {
			if f.Len == 64 {
				read++
				sum += int(binary.BigEndian.Uint16(f.Data[36:]))
			}
		}
	}
	s := l.Stats()
	fmt.Println(read, s.KernelDrops+s.RingDrops)
	return nil
}
