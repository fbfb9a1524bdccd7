package lua51

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"time"

	"moonwire/host/decl"
	"moonwire/host/network"
	"moonwire/host/vm/lua51/machine"

	lua "github.com/yuin/gopher-lua"
)

func (l *library) openOS(L *lua.LState) {
	l.register(L, "os", entry{"clock", l.osClock}, entry{"date", l.osDate}, entry{"difftime", osDifftime},
		entry{"execute", l.osExecute}, entry{"exit", l.osExit}, entry{"getenv", l.osGetenv}, entry{"remove", l.osRemove},
		entry{"rename", l.osRename}, entry{"setlocale", osSetlocale}, entry{"time", l.osTime},
		entry{"tmpname", l.osTmpname})
}

func (l *library) osClock(L *lua.LState) int { return ret(L, lua.LNumber(l.CPU().Seconds())) }

func osDifftime(L *lua.LState) int {
	return ret(L, lua.LNumber(checkNumber(L, 1)-optNumber(L, 2, 0)))
}

func (l *library) osExit(L *lua.LState) int {
	l.Exit(L, optInt(L, 1, 0)&0xff)
	return 0
}

func (l *library) osGetenv(L *lua.LState) int {
	name := checkString(L, 1)
	if v := l.Getenv(cstring(name)); v != "" {
		return ret(L, lua.LString(v))
	}
	return ret(L, lua.LNil)
}

func (l *library) osRemove(L *lua.LState) int {
	name := checkString(L, 1)
	if l.Files == nil {
		return outcome(L, errNoPermission, name)
	}
	return outcome(L, l.Files.Remove(cstring(name)), name)
}

func (l *library) osRename(L *lua.LState) int {
	from, to := checkString(L, 1), checkString(L, 2)
	if l.Files == nil {
		return outcome(L, errNoPermission, from)
	}
	return outcome(L, l.Files.Rename(cstring(from), cstring(to)), from)
}

func (l *library) osTmpname(L *lua.LState) int {
	if l.Files == nil {
		machine.Error(L, 1, "unable to generate a unique filename")
	}
	by := network.Rand(context.Background())
	if ctx := L.Context(); ctx != nil {
		by = network.Rand(ctx)
	}
	for range tmpTries {
		name := filepath.Join(os.TempDir(), fmt.Sprintf("lua_%010d", by.Uint32()))
		f, err := l.Files.Open(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
		if err == nil {
			f.Close()
			return ret(L, lua.LString(name))
		}
		if decl.KindOf(err) == decl.Denied {
			machine.Error(L, 1, "os.tmpname: %s", err)
		}
		if !errors.Is(err, fs.ErrExist) {
			break
		}
	}
	machine.Error(L, 1, "unable to generate a unique filename")
	return 0
}

// tmpTries is how many names os.tmpname tries.
const tmpTries = 100

// osSetlocale knows the C locale only.
func osSetlocale(L *lua.LState) int {
	locale := optString(L, 1, "C")
	checkOption(L, 2, "all", "all", "collate", "ctype", "monetary", "numeric", "time")
	switch locale {
	case "", "C", "POSIX":
		return ret(L, lua.LString("C"))
	}
	return ret(L, lua.LNil)
}

func (l *library) osTime(L *lua.LState) int {
	if missing(L, 1) {
		return ret(L, lua.LNumber(l.Now(L).Unix()))
	}
	t := checkTable(L, 1)
	field := func(name string, otherwise int) int {
		f, ok := toNumber(t.RawGetString(name))
		if !ok {
			if otherwise < 0 {
				machine.Error(L, 1, "field '%s' missing in date table", name)
			}
			return otherwise
		}
		return int(int32(truncate(f)))
	}
	sec, minute, hour := field("sec", 0), field("min", 0), field("hour", 12)
	day, month, year := field("day", -1), field("month", -1), field("year", -1)
	at := time.Date(year, time.Month(month), day, hour, minute, sec, 0, l.Now(L).Location())
	if dst, ok := t.RawGetString("isdst").(lua.LBool); ok && bool(dst) && !at.IsDST() {
		at = at.Add(-time.Hour)
	}
	return ret(L, lua.LNumber(at.Unix()))
}

// latest is the last second of year 2147483647, where C's broken-down time ends.
const latest = 67767976233532799

func (l *library) osDate(L *lua.LState) int {
	format := optString(L, 1, "%c")
	at := l.Now(L)
	if !missing(L, 2) {
		f := checkNumber(L, 2)
		if f != f || math.Abs(f) > latest {
			return ret(L, lua.LNil)
		}
		at = time.Unix(int64(f), 0).In(at.Location())
	}
	if format != "" && format[0] == '!' {
		format, at = format[1:], at.UTC()
	}
	if len(format) >= 2 && format[:2] == "*t" {
		return ret(L, dateTable(L, at))
	}
	return ret(L, lua.LString(strftime(format, at)))
}

func dateTable(L *lua.LState, at time.Time) *lua.LTable {
	t := L.CreateTable(0, 9)
	for _, f := range []struct {
		name  string
		value int
	}{
		{"sec", at.Second()}, {"min", at.Minute()}, {"hour", at.Hour()}, {"day", at.Day()}, {"month", int(at.Month())},
		{"year", at.Year()}, {"wday", int(at.Weekday()) + 1}, {"yday", at.YearDay()},
	} {
		t.RawSetString(f.name, lua.LNumber(f.value))
	}
	t.RawSetString("isdst", lua.LBool(at.IsDST()))
	return t
}
