package resolvconf

import (
	"io"
	"os/exec"
	"strings"
	"syscall"
)

// vigil waits until its input ends. A line on it says that all is in order; none, that the program that wrote the file $1
// is gone without giving back $2; $3 is one that it had begun. A file that others have written since is theirs. One that
// has the mark $4 and not the name $5 is a later run's, which has put all in order itself.
const vigil = `read -r word && exit
{ read -r first && read -r name; } < "$1"
[ "$first" = "$4" ] && [ "$name" != "$5" ] && exit
rm -f -- "$3"
[ "$first" = "$4" ] || exec rm -f -- "$2"
if [ -e "$2" ] || [ -L "$2" ]; then exec mv -f -- "$2" "$1"; fi
exec rm -f -- "$1"`

// A guardian is a shell that outlives this process.
type guardian struct {
	cmd   *exec.Cmd
	input io.WriteCloser // ends with this process, however that ends
}

// guard starts a guardian for the file at path, of which what was there before is aside, and which the run of a name
// writes. It belongs to no terminal, so that a key that ends this process does not end it too.
func guard(path, aside, fresh, name string) (*guardian, error) {
	g := &guardian{cmd: exec.Command("/bin/sh", "-c", vigil, "sh", path, aside, fresh, strings.TrimSuffix(mark, "\n"), name)}
	g.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	g.cmd.Dir = "/"
	var err error
	if g.input, err = g.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	return g, g.cmd.Start()
}

// dismiss tells the guardian that it isn't needed any more.
func (g *guardian) dismiss() {
	io.WriteString(g.input, "done\n")
	g.input.Close()
	g.cmd.Wait()
}
