package host_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"moonwire/host"
	"moonwire/host/decl"
	"moonwire/host/docgen"
	"moonwire/host/repl"
)

// question is what oracle.ask takes.
type question struct {
	Text  string `lua:"text" doc:"what to ask"`
	Tries int    `lua:"opts.tries" range:"1..9" doc:"how often, at most"`
}

var errSilent = decl.Refuse(decl.Timeout, errors.New("the oracle is silent"))

// A module's record checks its calls, gives its refusals a kind, and is what help shows at the prompt.
func Example_help() {
	oracle := &decl.Module{Name: "oracle", Doc: "Ask an oracle.", Funcs: []decl.Function{
		decl.Fn[question, string]{
			Name:    "ask",
			Doc:     "Ask once or more.",
			Default: question{Tries: 3},
			Fails:   []string{decl.Timeout},
			Example: `oracle.ask("why?") --> because`,
			Run: func(_ context.Context, q question) (string, error) {
				switch {
				case q.Text == "":
					return "", decl.BadArg("text", "a question expected")
				case q.Tries < 2:
					return "", errSilent
				}
				return "because", nil
			},
		},
	}}
	h := host.New(host.Options{Modules: []*decl.Module{oracle}})
	err := h.Run(context.Background(), host.Code("ask.lua", `
local oracle = require "oracle"
print(oracle.ask "why?")
print(oracle.ask("why?", {tries = 1}))
print(pcall(function() oracle.ask "" end))`))
	fmt.Println(err)

	library, err := docgen.New([]*decl.Module{oracle}, nil)
	if err != nil {
		panic(err)
	}
	err = repl.Run(context.Background(), repl.Options{
		Host:    host.Options{Modules: []*decl.Module{oracle}, Stdin: strings.NewReader(`help "oracle.ask"`), Stdout: os.Stdout},
		Library: library,
	})
	fmt.Println(err)
	// Output:
	// because
	// nil	the oracle is silent	timeout
	// false	ask.lua:5: bad argument #1 to 'oracle.ask' (text: a question expected)
	// <nil>
	// oracle.ask(text: string[, {tries: integer = 3}])
	// ├─→ string
	// └─→ nil, message: string, kind: "timeout"
	//
	//   Ask once or more.
	//
	//   text     what to ask
	//   {tries}  how often, at most (1 to 9)
	//
	//   Returns at once: no other task runs meanwhile; never raises for a cancelled task.
	//
	//     oracle.ask("why?") --> because
	// <nil>
}
