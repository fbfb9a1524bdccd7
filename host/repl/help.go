package repl

import (
	"fmt"

	lua "github.com/yuin/gopher-lua"

	"moonwire/host/decl"
	"moonwire/host/docgen"
)

const helpText = "help(x) tells more of a module, a function, a name in quotes, or any value; :help lists the keys.\n"

// help is the global function of that name: it prints what is known of a value, or of a name given as a string.
func (s *session) help(L *lua.LState) int {
	if L.GetTop() == 0 {
		text, _ := s.library.Text("")
		fmt.Fprint(s.out, text+"\n"+helpText)
		return 0
	}
	fmt.Fprint(s.out, s.explain(L, L.Get(1)))
	return 0
}

func (s *session) explain(L *lua.LState, v lua.LValue) string {
	switch v := v.(type) {
	case lua.LString:
		text, err := s.library.Text(string(v))
		if err != nil {
			return err.Error() + "\n"
		}
		return text
	case *lua.LUserData:
		head := s.printer(L).Value(v) + "\n"
		if c := s.classOf(v); c != nil {
			return head + docgen.ClassText(c)
		}
		return head
	case *lua.LFunction:
		return s.explainFunction(L, v)
	case *lua.LTable:
		if name := s.nameOf(L, v); name != "" {
			if text, err := s.library.Text(name); err == nil {
				return text
			}
		}
	}
	return "a " + v.Type().String() + ": " + s.printer(L).Value(v) + "\n"
}

func (s *session) explainFunction(L *lua.LState, fn *lua.LFunction) string {
	name := s.nameOf(L, fn)
	if fn == L.GetGlobal("help") {
		return helpText
	}
	if r := decl.Documented(L, fn); r != nil {
		return docgen.FunctionText(r.Name, r)
	}
	if text, err := s.library.Text(name); err == nil && name != "" {
		return text
	}
	if name == "" {
		name = "a function"
	}
	if fn.IsG {
		return name + ": part of Lua's own library (Lua 5.1 reference manual)\n"
	}
	return fmt.Sprintf("%s: defined at %s, with %d named parameters\n", name, site(fn), fn.Proto.NumParameters)
}
