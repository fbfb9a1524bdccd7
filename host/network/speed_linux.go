package network

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// ethtoolCmd begins as struct ethtool_cmd of linux/ethtool.h does.
type ethtoolCmd struct {
	cmd, supported, advertising uint32
	speed                       uint16
	duplex, port, phy, xcvr     uint8
	autoneg, mdio               uint8
	maxTx, maxRx                uint32
	speedHi                     uint16
	_                           [10]byte
}

// ifreqData is struct ifreq of netdevice(7) with ifr_data.
type ifreqData struct {
	name [unix.IFNAMSIZ]byte
	data unsafe.Pointer
	_    [16]byte
}

// speed is what a driver says of its interface, in bits a second; 0: nothing.
func speed(iface string) uint64 {
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return 0
	}
	defer unix.Close(fd)
	cmd := ethtoolCmd{cmd: unix.ETHTOOL_GSET}
	req := ifreqData{data: unsafe.Pointer(&cmd)}
	copy(req.name[:unix.IFNAMSIZ-1], iface)
	if _, _, errno := unix.Syscall(unix.SYS_IOCTL, uintptr(fd), unix.SIOCETHTOOL, uintptr(unsafe.Pointer(&req))); errno != 0 {
		return 0
	}
	mbps := uint64(cmd.speedHi)<<16 | uint64(cmd.speed)
	if mbps == 0xffffffff || mbps == 0xffff { // SPEED_UNKNOWN
		return 0
	}
	return mbps * 1_000_000
}
