// Package resolvconf changes resolv.conf(5) for a while, and leaves it as it was.
//
// What was there, a file or a symbolic link such as systemd-resolved's, is kept under a second name beside it, and what
// is new takes its place in one step. Giving it back is one step too, of the same inode: owner, mode and link are
// untouched. Where a program ends without giving it back, a small shell that waits for its end does; where that was
// killed as well, the next change puts in order what it finds. A file that another program has written in the meantime
// stays as that program wants it.
//
// A file that can't be replaced in one step is refused: one that is a mount point, as in containers and under "ip netns
// exec", one of a read-only file system, and one that another run has changed already.
package resolvconf
