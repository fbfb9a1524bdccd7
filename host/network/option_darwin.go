package network

import "golang.org/x/sys/unix"

// systemOptions are Darwin's own.
var systemOptions = map[string]option{
	"tcp-keepidle":  {unix.IPPROTO_TCP, unix.TCP_KEEPALIVE, setInt, getInt},
	"tcp-keepcnt":   {unix.IPPROTO_TCP, unix.TCP_KEEPCNT, setInt, getInt},
	"tcp-keepintvl": {unix.IPPROTO_TCP, unix.TCP_KEEPINTVL, setInt, getInt},
	"tcp-fastopen":  {unix.IPPROTO_TCP, unix.TCP_FASTOPEN, setInt, getInt},
}
