package bridge

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"os"
	"sync/atomic"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"

	"moonwire/host/network"
)

// tap is a TAP device. The file is all there is of it: closing that removes the device.
type tap struct {
	file    *os.File
	control func(func(fd uintptr)) error
	ifname  string
	size    int // of the longest frame
	carrier atomic.Bool
}

// cloneDevice is the file that makes TAP devices.
const cloneDevice = "/dev/net/tun"

// tunSetCarrier is TUNSETCARRIER of linux/if_tun.h.
const tunSetCarrier = 0x400454e2

// openTAP makes a device in its namespace.
func openTAP(t TAP) (device, error) {
	d := &tap{size: t.MTU + tagged}
	d.carrier.Store(true)
	err := network.Inside(t.Namespace, func() error {
		fd, err := unix.Open(cloneDevice, unix.O_RDWR|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
		if err != nil {
			return &os.PathError{Op: "open", Path: cloneDevice, Err: err}
		}
		if err = d.make(fd, t.Name); err == nil {
			err = configure(d.ifname, t)
		}
		if err != nil {
			unix.Close(fd)
			return err
		}
		d.file = os.NewFile(uintptr(fd), cloneDevice)
		raw, err := d.file.SyscallConn()
		d.control = raw.Control
		return err
	})
	switch {
	case err == nil:
		return d, nil
	case errors.Is(err, fs.ErrNotExist) && t.Namespace == "":
		err = fmt.Errorf("%w (modprobe tun)", err)
	}
	return nil, privilege("CAP_NET_ADMIN", err)
}

// make turns an open clone device into a TAP device. A name with %d is completed by the system.
func (d *tap) make(fd int, name string) error {
	r, err := unix.NewIfreq(name)
	if err != nil {
		return fmt.Errorf("the name is longer than %d bytes: %w", unix.IFNAMSIZ-1, err)
	}
	r.SetUint16(unix.IFF_TAP | unix.IFF_NO_PI | unix.IFF_TUN_EXCL)
	switch err = unix.IoctlIfreq(fd, unix.TUNSETIFF, r); err {
	case nil:
		d.ifname = r.Name()
		return nil
	case unix.EBUSY:
		return fmt.Errorf("the name is taken: %w", unix.EEXIST)
	}
	return os.NewSyscallError("ioctl TUNSETIFF", err)
}

// configure gives the device what it was asked to have, and switches it on. It runs in the device's namespace.
func configure(name string, t TAP) error {
	l, err := netlink.LinkByName(name)
	if err != nil {
		return err
	}
	if t.MAC != nil {
		if err := netlink.LinkSetHardwareAddr(l, t.MAC); err != nil {
			return fmt.Errorf("set MAC address %s: %w", t.MAC, err)
		}
	}
	if err := netlink.LinkSetMTU(l, t.MTU); err != nil {
		return fmt.Errorf("set MTU %d (68 to %d): %w", t.MTU, maxTAP, err)
	}
	for _, p := range t.Addrs {
		a := &netlink.Addr{IPNet: ipNet(p), Flags: unix.IFA_F_NODAD} // the lab has no other with that address
		if err := netlink.AddrAdd(l, a); err != nil {
			return fmt.Errorf("add address %s: %w", p, err)
		}
	}
	if err := netlink.LinkSetUp(l); err != nil {
		return fmt.Errorf("switch on: %w", err)
	}
	for _, r := range t.Routes {
		route := &netlink.Route{LinkIndex: l.Attrs().Index, Dst: ipNet(r.Dst), Gw: r.Gateway.AsSlice(), Src: r.Src.AsSlice(),
			Priority: r.Metric, MTU: r.MTU}
		if err := netlink.RouteAdd(route); err != nil {
			return fmt.Errorf("add route to %s: %w", r.Dst, err)
		}
	}
	return nil
}

func ipNet(p netip.Prefix) *net.IPNet {
	return &net.IPNet{IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen())}
}

func (d *tap) name() string { return d.ifname }

// receive waits for one frame: the system computes checksums and cuts segments for a device that offers nothing.
func (d *tap) receive() ([][]byte, error) {
	b := make([]byte, d.size)
	n, err := d.file.Read(b)
	if err != nil {
		return nil, err
	}
	return [][]byte{b[:n]}, nil
}

func (d *tap) send(frame []byte) error {
	_, err := d.file.Write(frame)
	return err
}

// setCarrier shows the programs of this machine whether the cable is plugged in.
func (d *tap) setCarrier(up bool) {
	if d.carrier.Swap(up) == up {
		return
	}
	value := 0
	if up {
		value = 1
	}
	d.control(func(fd uintptr) { unix.IoctlSetPointerInt(int(fd), tunSetCarrier, value) })
}

func (d *tap) lost() uint64 { return 0 }

func (d *tap) close() error { return d.file.Close() }
