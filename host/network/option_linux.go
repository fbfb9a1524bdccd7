package network

import "golang.org/x/sys/unix"

// systemOptions are Linux's own.
var systemOptions = map[string]option{
	"tcp-keepidle":         {unix.IPPROTO_TCP, unix.TCP_KEEPIDLE, setInt, getInt},
	"tcp-keepcnt":          {unix.IPPROTO_TCP, unix.TCP_KEEPCNT, setInt, getInt},
	"tcp-keepintvl":        {unix.IPPROTO_TCP, unix.TCP_KEEPINTVL, setInt, getInt},
	"tcp-defer-accept":     {unix.IPPROTO_TCP, unix.TCP_DEFER_ACCEPT, setInt, getInt},
	"tcp-fastopen":         {unix.IPPROTO_TCP, unix.TCP_FASTOPEN, setInt, getInt},
	"tcp-fastopen-connect": {unix.IPPROTO_TCP, unix.TCP_FASTOPEN_CONNECT, setBool, getBool},
	"bindtodevice":         {unix.SOL_SOCKET, unix.SO_BINDTODEVICE, setString, getString},
}

func setString(fd, level, name int, value any) error {
	v, err := need[string](value)
	if err != nil {
		return err
	}
	return unix.SetsockoptString(fd, level, name, v)
}

func getString(fd, level, name int) (any, error) { return unix.GetsockoptString(fd, level, name) }
