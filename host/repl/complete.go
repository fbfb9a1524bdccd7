package repl

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
)

var (
	chain         = regexp.MustCompile(`[A-Za-z_]\w*(?:\s*[.:]\s*[A-Za-z_]\w*)*\s*[.:]?\s*$`)
	required      = regexp.MustCompile(`\brequire\s*\(?\s*["']([\w.]*)$`)
	docName       = regexp.MustCompile(`^\s*:doc\s+(\S*)$`)
	command1      = regexp.MustCompile(`^\s*(:\w*)$`)
	literalMethod = regexp.MustCompile(`["'\]]\)\s*:$`)
	lastWord      = regexp.MustCompile(`\w*$`)
	choice        = regexp.MustCompile(`(\w+)\s*=\s*["']([^"']*)$`)
	optionKey     = regexp.MustCompile(`[{,]\s*(\w*)$`)
)

// complete finds the words that can stand at the end of a line, and how many bytes of it they replace.
func (s *session) complete(line string) ([]string, int) {
	if m := command1.FindStringSubmatch(line); m != nil {
		return starting(commandNames(), m[1])
	}
	if m := docName.FindStringSubmatch(line); m != nil {
		return starting(s.library.Names(), m[1])
	}
	if m := required.FindStringSubmatch(line); m != nil {
		return starting(s.moduleNames(), m[1])
	}
	if m := choice.FindStringSubmatch(line); m != nil {
		return starting(s.choices(line[:len(line)-len(m[0])], m[1]), m[2])
	}
	if inString(line) {
		return nil, 0
	}
	if m := optionKey.FindStringSubmatch(line); m != nil {
		if words := s.options(line[:len(line)-len(m[1])]); len(words) > 0 {
			return starting(words, m[1])
		}
	}
	prefix := lastWord.FindString(line)
	path := chain.FindString(line)
	path = strings.Join(strings.Fields(path[:max(0, len(path)-len(prefix))]), "")
	found := look(s, func(L *lua.LState) []string {
		switch before := strings.TrimSuffix(line, prefix); {
		case path != "":
			return s.fields(L, path)
		case literalMethod.MatchString(before):
			return keysOf(L.GetGlobal("string"))
		case !strings.HasSuffix(before, ".") && !strings.HasSuffix(before, ":"):
			return s.variables(L)
		}
		return nil
	})
	return starting(found, prefix)
}

// look is what f finds with the interpreter in hand; nothing when a task keeps that too long.
func look[T any](s *session, f func(L *lua.LState) T) (found T) {
	done := make(chan T, 1)
	go func() {
		defer close(done)
		s.rt.Do(context.Background(), "completion", func(L *lua.LState) int { done <- f(L); return 0 })
	}()
	select {
	case found = <-done:
	case <-time.After(s.patience):
	}
	return found
}

// starting keeps the words that start with prefix, each once, sorted.
func starting(words []string, prefix string) ([]string, int) {
	var kept []string
	for _, w := range words {
		if strings.HasPrefix(w, prefix) {
			kept = append(kept, w)
		}
	}
	slices.Sort(kept)
	return slices.Compact(kept), len(prefix)
}

// inString says whether the end of a line lies in a string or a comment.
func inString(line string) bool {
	var quote byte
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case quote != 0 && c == '\\':
			i++
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case quote == 0 && strings.HasPrefix(line[i:], "--"):
			return true
		}
	}
	return quote != 0
}

func (s *session) moduleNames() []string {
	var names []string
	for _, m := range s.library.Modules() {
		names = append(names, m.Name)
	}
	return names
}

var keywords = strings.Fields("and break do else elseif end false for function goto if in local nil not or repeat " +
	"return then true until while")

// variables are the names that a bare word can be.
func (s *session) variables(L *lua.LState) []string {
	names := slices.Clone(keywords)
	for name := range s.locals {
		names = append(names, name)
	}
	return append(names, keysOf(L.Get(lua.GlobalsIndex))...)
}

// fields are the names that can follow a path such as "socket." or "s:".
func (s *session) fields(L *lua.LState, path string) []string {
	v := s.value(L, path[:len(path)-1])
	method := strings.HasSuffix(path, ":")
	switch v := v.(type) {
	case *lua.LTable:
		return keysOf(v)
	case lua.LString:
		return keysOf(L.GetGlobal("string"))
	case *lua.LUserData:
		return s.members(v, method)
	}
	return nil
}

// value follows a path through locals, globals and fields, and calls nothing on the way.
func (s *session) value(L *lua.LState, path string) lua.LValue {
	names := strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == ':' })
	if len(names) == 0 {
		return lua.LNil
	}
	v := L.GetGlobal(names[0])
	if u, ok := s.locals[names[0]]; ok {
		v = u.Value()
	}
	for _, name := range names[1:] {
		v = rawField(v, name)
	}
	return v
}

// rawField is v.name where no function has to be called for it.
func rawField(v lua.LValue, name string) lua.LValue {
	for range 16 { // a chain of metatables may be a ring
		var meta lua.LValue
		switch t := v.(type) {
		case *lua.LTable:
			if found := t.RawGetString(name); found != lua.LNil {
				return found
			}
			meta = t.Metatable
		case *lua.LUserData:
			meta = t.Metatable
		}
		m, ok := meta.(*lua.LTable)
		if !ok {
			return lua.LNil
		}
		v = m.RawGetString("__index")
	}
	return lua.LNil
}

// keysOf are the names in a table and in those behind its __index.
func keysOf(v lua.LValue) []string {
	var names []string
	for range 16 {
		t, ok := v.(*lua.LTable)
		if !ok {
			break
		}
		t.ForEach(func(k, _ lua.LValue) {
			if name, ok := k.(lua.LString); ok && word.FindString(string(name)) == string(name) {
				names = append(names, string(name))
			}
		})
		meta, ok := t.Metatable.(*lua.LTable)
		if !ok {
			break
		}
		v = meta.RawGetString("__index")
	}
	return names
}

// members are the methods, and the fields too, of a userdata.
func (s *session) members(ud *lua.LUserData, methodsOnly bool) []string {
	var names []string
	if meta, ok := ud.Metatable.(*lua.LTable); ok {
		names = keysOf(meta.RawGetString("__index"))
	}
	c := s.classOf(ud)
	if c == nil {
		return names
	}
	for _, f := range c.Methods {
		names = append(names, f.Record().Name)
	}
	if !methodsOnly {
		for _, f := range c.Fields {
			names = append(names, f.Name)
		}
	}
	return names
}

// options are the entries of the table that is open at the end of a line, when it is an argument of a function with a
// record: socket.getaddrinfo("h", nil, {…
func (s *session) options(line string) []string {
	callee := openCall(line)
	if callee == "" {
		return nil
	}
	var words []string
	for _, p := range s.optionsOf(callee) {
		words = append(words, p.Name+" = ")
	}
	return words
}

// choices are the words that an option can have, where a table of options is open: tls.wrap(s, {mode = "…
func (s *session) choices(line, option string) []string {
	if callee := openCall(line); callee != "" {
		for _, p := range s.optionsOf(callee) {
			if p.Name == option {
				return p.Choices
			}
		}
	}
	return nil
}

// optionsOf finds the options of a function by how it is written: by its name, or by the value it has now.
func (s *session) optionsOf(callee string) []decl.Param {
	if e, err := s.library.Lookup(callee); err == nil && e.Record != nil {
		return e.Record.Options
	}
	return look(s, func(L *lua.LState) []decl.Param {
		at := strings.LastIndexAny(callee, ".:")
		if at > 0 {
			if ud, ok := s.value(L, callee[:at]).(*lua.LUserData); ok {
				return s.methodOptions(ud, callee[at+1:])
			}
		}
		if e, err := s.library.Lookup(s.nameOf(L, s.value(L, callee))); err == nil && e.Record != nil {
			return e.Record.Options
		}
		return nil
	})
}

func (s *session) methodOptions(ud *lua.LUserData, method string) []decl.Param {
	if c := s.classOf(ud); c != nil {
		for _, f := range c.Methods {
			if r := f.Record(); r.Name == method {
				return r.Options
			}
		}
	}
	return nil
}

var called = regexp.MustCompile(`([A-Za-z_][\w.:]*)\s*\(?\s*$`)

// openCall is the function whose table of options is open at the end of a line: f{… or f(a, {…
func openCall(line string) string {
	depth := 0
	for i := len(line) - 1; i >= 0; i-- {
		switch line[i] {
		case '}', ')', ']':
			depth++
		case '(', '[':
			depth--
		case '{':
			if depth--; depth < 0 {
				return callBefore(line[:i])
			}
		}
	}
	return ""
}

// callBefore is the function that is called with what follows.
func callBefore(line string) string {
	if m := called.FindStringSubmatch(line); m != nil {
		return m[1]
	}
	depth := 0
	for i := len(line) - 1; i >= 0; i-- {
		switch line[i] {
		case '}', ')', ']':
			depth++
		case '{', '[':
			depth--
		case '(':
			if depth--; depth < 0 {
				if m := called.FindStringSubmatch(line[:i]); m != nil {
					return m[1]
				}
				return ""
			}
		}
	}
	return ""
}
