package repl

import (
	"errors"
	"fmt"
	"strings"

	"moonwire/host/decl"
)

var errQuit = errors.New("quit")

// isCommand tells a command of the prompt from Lua, where no statement starts with a colon but a label.
func isCommand(line string) bool {
	line = strings.TrimSpace(line)
	return strings.HasPrefix(line, ":") && !strings.HasPrefix(line, "::")
}

// A command is a word of the prompt that is no Lua.
type command struct {
	name, argument, short string
	run                   func(s *session, argument string) error
}

var commands []command

func init() {
	commands = []command{
		{"help", "", "list these commands", (*session).listCommands},
		{"doc", "NAME", "show what is known of a module, function or method", (*session).doc},
		{"tasks", "", "list the tasks that run in the background", (*session).listTasks},
		{"save", "FILE", "write the inputs that worked as a script", (*session).save},
		{"quit", "", "end the session, as Ctrl-D does", func(*session, string) error { return errQuit }},
	}
}

func commandNames() []string {
	var names []string
	for _, c := range commands {
		names = append(names, ":"+c.name)
	}
	return names
}

func (s *session) command(line string) error {
	name, argument, _ := strings.Cut(strings.TrimSpace(line), " ")
	argument = strings.TrimSpace(argument)
	for _, c := range commands {
		if ":"+c.name != name {
			continue
		}
		if (c.argument == "") != (argument == "") && c.name != "doc" {
			return fmt.Errorf("usage: :%s %s", c.name, c.argument)
		}
		return c.run(s, argument)
	}
	if near := decl.Nearest(name, commandNames()); near != "" {
		return fmt.Errorf("unknown command '%s' (did you mean '%s'?)", name, near)
	}
	return fmt.Errorf("unknown command '%s' (:help lists them)", name)
}

func (s *session) listCommands(string) error {
	for _, c := range commands {
		fmt.Fprintf(s.out, "  %-12s %s\n", ":"+c.name+" "+c.argument, c.short)
	}
	fmt.Fprint(s.out, keys)
	return nil
}

const keys = `
  Tab          complete a name, a field, a method or an option
  Up, Down     earlier inputs; Ctrl-R searches them
  Ctrl-C       stop the line that runs, or clear the line that is typed
  Ctrl-D       end the session

  help(x) explains a module, a function or any value; _ is the last result.
`

func (s *session) doc(name string) error {
	text, err := s.library.Text(name)
	if err == nil {
		fmt.Fprint(s.out, text)
	}
	return err
}
