package permit

import (
	"os"
	"runtime"
	"slices"
	"strings"
)

// plain are the variables that programs need to find their way, and that tell no secrets. Those that end in an underscore
// stand for all that begin so.
var plain = []string{"PATH", "HOME", "LANG", "LC_", "TERM", "TZ", "TMPDIR"}

// plainWindows are those of Windows.
var plainWindows = []string{"SYSTEMROOT", "WINDIR", "COMSPEC", "PATHEXT", "TEMP", "TMP", "USERPROFILE", "SYSTEMDRIVE"}

// environ is the environment of a program that a script starts: the plain variables, and those that the script may read
// itself, as get tells them. Of a script that may do everything else, all that isn't refused.
func (p *Policy) environ(get func(string) string) []string {
	env := []string{} // nil would be the process's own
	for _, entry := range os.Environ() {
		name, _, _ := strings.Cut(entry, "=")
		if p.All || isPlain(name) || p.Allow.Covers(Env.All()) {
			env = append(env, entry)
		}
	}
	for _, g := range p.Allow.of(Env) {
		if value := ask(get, g.Name); value != "" {
			env = append(env, g.Name+"="+value)
		}
	}
	return slices.DeleteFunc(env, func(entry string) bool {
		name, _, _ := strings.Cut(entry, "=")
		return p.Deny.Covers(Grant{Kind: Env, Name: name})
	})
}

// ask is what get tells of a variable.
func ask(get func(string) string, name string) string {
	if get == nil || name == Anything {
		return ""
	}
	return get(name)
}

func isPlain(name string) bool {
	if runtime.GOOS == "windows" {
		name = strings.ToUpper(name)
		if slices.Contains(plainWindows, name) {
			return true
		}
	}
	return slices.ContainsFunc(plain, func(p string) bool {
		return name == p || strings.HasSuffix(p, "_") && strings.HasPrefix(name, p)
	})
}
