package lua51

import (
	"bufio"
	"io"
	"os"
	"strings"
	"syscall"

	"moonwire/host/network"
	"moonwire/host/vm/lua51/machine"
	"moonwire/host/vm/lua51/number"

	lua "github.com/yuin/gopher-lua"
)

var (
	bufferFull      = bufio.ErrBufferFull
	errIllegalSeek  = syscall.ESPIPE
	errNoPermission = os.ErrPermission
)

// defaults are the files that io.read and io.write use.
type defaults struct{ input, output *lua.LUserData }

func (l *library) openIO(L *lua.LState) {
	meta := L.CreateTable(0, 10)
	L.G.Registry.RawSetString(streamKey, meta)
	meta.RawSetString("__index", meta)
	d := &defaults{}
	fill(L, meta, []entry{{"close", fileClose}, {"flush", fileFlush}, {"lines", l.fileLines}, {"read", fileRead},
		{"seek", fileSeek}, {"setvbuf", fileSetvbuf}, {"write", fileWrite}, {"__tostring", fileTostring},
		{"__gc", fileCollect}})
	t := l.register(L, "io", entry{"close", d.close}, entry{"flush", d.flush}, entry{"input", l.ioInput(d)},
		entry{"lines", l.ioLines(d)}, entry{"open", l.ioOpen}, entry{"output", l.ioOutput(d)}, entry{"popen", l.ioPopen},
		entry{"read", d.read}, entry{"tmpfile", l.ioTmpfile}, entry{"type", ioType}, entry{"write", d.write})
	stdin := &stream{name: "stdin", keep: true, waits: true}
	stdin.r = bufio.NewReader(source{stdin, inputOf(l.Stdin)})
	d.input = l.newStream(L, stdin)
	d.output = l.newStream(L, &stream{name: "stdout", keep: true, w: bufio.NewWriter(l.Stdout), buffer: none})
	t.RawSetString("stdin", d.input)
	t.RawSetString("stdout", d.output)
	t.RawSetString("stderr", l.newStream(L, &stream{name: "stderr", keep: true, w: bufio.NewWriter(l.Stderr), buffer: none}))
}

// checkStream is argument n as an open file.
func checkStream(L *lua.LState, n int) *stream {
	ud, _ := L.Get(n).(*lua.LUserData)
	if ud != nil {
		if s, ok := ud.Value.(*stream); ok {
			if s.shut() {
				machine.Error(L, 1, "attempt to use a closed file")
			}
			return s
		}
	}
	machine.TypeError(L, n, streamKey)
	return nil
}

func streamOf(v lua.LValue) *stream {
	if ud, ok := v.(*lua.LUserData); ok {
		if s, ok := ud.Value.(*stream); ok {
			return s
		}
	}
	return nil
}

// current is a default file, which must be open.
func current(L *lua.LState, ud *lua.LUserData, what string) *stream {
	s := streamOf(ud)
	if s.shut() {
		machine.Error(L, 1, "standard %s file is closed", what)
	}
	return s
}

func (d *defaults) read(L *lua.LState) int { return current(L, d.input, "input").read(L, 1) }

func (d *defaults) write(L *lua.LState) int { return writeTo(L, current(L, d.output, "output"), 1) }

func (d *defaults) flush(L *lua.LState) int {
	return outcome(L, current(L, d.output, "output").flush(), "")
}

func (d *defaults) close(L *lua.LState) int {
	if L.GetTop() == 0 {
		return closeStream(L, current(L, d.output, "output"))
	}
	return fileClose(L)
}

func fileRead(L *lua.LState) int { return checkStream(L, 1).read(L, 2) }

func fileWrite(L *lua.LState) int { return writeTo(L, checkStream(L, 1), 2) }

func writeTo(L *lua.LState, s *stream, first int) int {
	var b []byte
	for n := first; n <= L.GetTop(); n++ {
		if f, ok := L.Get(n).(lua.LNumber); ok {
			b = number.Append(b, float64(f))
		} else {
			b = append(b, checkString(L, n)...)
		}
	}
	return outcome(L, s.write(string(b)), "")
}

func fileFlush(L *lua.LState) int { return outcome(L, checkStream(L, 1).flush(), "") }

func fileClose(L *lua.LState) int {
	if L.GetTop() == 0 {
		L.Push(lua.LNil)
	}
	return closeStream(L, checkStream(L, 1))
}

func closeStream(L *lua.LState, s *stream) int {
	if s.keep {
		return ret(L, lua.LNil, lua.LString("cannot close standard file"))
	}
	var err error
	if s.waits {
		err = s.lib.Block(L, s.Close)
	} else {
		err = s.Close()
	}
	disown(L, s)
	return outcome(L, err, "")
}

func fileCollect(L *lua.LState) int {
	s := streamOf(L.Get(1))
	if s == nil {
		machine.TypeError(L, 1, streamKey)
	}
	if !s.keep && !s.shut() {
		closeStream(L, s)
	}
	return 0
}

func fileTostring(L *lua.LState) int {
	ud, _ := L.Get(1).(*lua.LUserData)
	if s := streamOf(L.Get(1)); s != nil {
		return ret(L, lua.LString(s.describe(L, ud)))
	}
	machine.TypeError(L, 1, streamKey)
	return 0
}

func ioType(L *lua.LState) int {
	checkAny(L, 1)
	s := streamOf(L.Get(1))
	switch {
	case s == nil:
		return ret(L, lua.LNil)
	case s.shut():
		return ret(L, lua.LString("closed file"))
	}
	return ret(L, lua.LString("file"))
}

func fileSeek(L *lua.LState) int {
	s := checkStream(L, 1)
	whence := []int{io.SeekStart, io.SeekCurrent, io.SeekEnd}[checkOption(L, 2, "cur", "set", "cur", "end")]
	at, err := s.seek(int64(optInt(L, 3, 0)), whence)
	if err != nil {
		return outcome(L, err, "")
	}
	return ret(L, lua.LNumber(at))
}

func fileSetvbuf(L *lua.LState) int {
	s := checkStream(L, 1)
	s.buffer = []buffering{none, full, line}[checkOption(L, 2, "", "no", "full", "line")]
	optInt(L, 3, 0)
	return outcome(L, s.flush(), "")
}

// openFile opens a file by fopen's mode.
func (l *library) openFile(name, mode string) (*stream, error) {
	flag := 0
	update := strings.Contains(mode, "+")
	switch (mode + " ")[0] {
	case 'r':
		flag = os.O_RDONLY
	case 'w':
		flag = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	case 'a':
		flag = os.O_WRONLY | os.O_CREATE | os.O_APPEND
	default:
		return nil, syscall.EINVAL
	}
	if update {
		flag = flag&^os.O_WRONLY | os.O_RDWR
	}
	if l.Files == nil {
		return nil, errNoPermission
	}
	f, err := l.Files.Open(name, flag, 0o666)
	if err != nil {
		return nil, err
	}
	return fileStream(f, mode[0] == 'r' || update, mode[0] != 'r' || update), nil
}

func fileStream(f network.File, read, write bool) *stream {
	s := &stream{name: f.Name(), seeker: f, close: f.Close}
	if read {
		s.r = bufio.NewReader(source{s, f})
	}
	if write {
		s.w = bufio.NewWriter(f)
	}
	return s
}

func (l *library) ioOpen(L *lua.LState) int {
	name := checkString(L, 1)
	s, err := l.openFile(cstring(name), optString(L, 2, "r"))
	if err != nil {
		return outcome(L, err, name)
	}
	return ret(L, l.newStream(L, s))
}

// mustOpen opens a file for functions that raise when they can't.
func (l *library) mustOpen(L *lua.LState, name, mode string) *lua.LUserData {
	s, err := l.openFile(cstring(name), mode)
	if err != nil {
		_, text := network.Strerror(err)
		machine.ArgError(L, 1, name+": "+text)
	}
	return l.newStream(L, s)
}

func (l *library) ioInput(d *defaults) lua.LGFunction {
	return func(L *lua.LState) int { return l.redirect(L, &d.input, "r") }
}

func (l *library) ioOutput(d *defaults) lua.LGFunction {
	return func(L *lua.LState) int { return l.redirect(L, &d.output, "w") }
}

// redirect makes a file, or the file of a name, a default, and returns the default.
func (l *library) redirect(L *lua.LState, which **lua.LUserData, mode string) int {
	if !missing(L, 1) {
		if name, ok := toString(L.Get(1)); ok {
			*which = l.mustOpen(L, name, mode)
		} else {
			checkStream(L, 1)
			*which = L.Get(1).(*lua.LUserData)
		}
	}
	return ret(L, *which)
}

func (l *library) fileLines(L *lua.LState) int { return lines(L, checkStream(L, 1), false) }

func (l *library) ioLines(d *defaults) lua.LGFunction {
	return func(L *lua.LState) int {
		if missing(L, 1) {
			return lines(L, current(L, d.input, "input"), false)
		}
		return lines(L, streamOf(l.mustOpen(L, checkString(L, 1), "r")), true)
	}
}

// lines pushes an iterator over a file's lines; finish closes the file after the last.
func lines(L *lua.LState, s *stream, finish bool) int {
	return ret(L, L.NewFunction(func(L *lua.LState) int {
		if s.shut() {
			machine.Error(L, 1, "file is already closed")
		}
		L.SetTop(0)
		if n := s.read(L, 1); n > 1 {
			machine.Error(L, 1, "%s", L.Get(-2).String())
		}
		if L.Get(-1) != lua.LNil {
			return 1
		}
		if finish {
			closeStream(L, s)
		}
		return 0
	}))
}

func (l *library) ioTmpfile(L *lua.LState) int {
	if l.Files == nil {
		return outcome(L, errNoPermission, "")
	}
	f, err := l.Files.TempFile("lua_*")
	if err != nil {
		return outcome(L, err, "")
	}
	s := fileStream(f, true, true)
	s.close = func() error {
		err := f.Close()
		l.Files.Remove(f.Name())
		return err
	}
	return ret(L, l.newStream(L, s))
}
