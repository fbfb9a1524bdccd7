// Package socket is Lua's module socket: LuaSocket 3.1's interface to the letter, on the current task's network. A
// call that waits parks only its task, so a script may read a connection in one task and write it in another.
//
// What a function takes, returns and raises is LuaSocket's (https://lunarmodules.github.io/luasocket/reference.html),
// down to the wording, and is compared with Debian's build of it. Beyond LuaSocket: socket.getaddrinfo (RFC 3493
// section 6.1), and socket.trace, which records a script's socket calls.
//
// No privilege is needed, except for ports below 1024. Unix domain sockets exist where the system has them.
package socket
