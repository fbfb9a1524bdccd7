package host_test

import (
	"context"
	"fmt"
	"os"

	"moonwire/host"
	"moonwire/host/decl"
)

type person struct {
	Name string `lua:"name" doc:"whom to greet"`
}

func hello(_ context.Context, p person) (string, error) { return "hello, " + p.Name, nil }

func Example() {
	greet := &decl.Module{Name: "greet", Doc: "Greet people.", Funcs: []decl.Function{
		decl.Fn[person, string]{Name: "hello", Doc: "Say hello.", Run: hello},
	}}
	h := host.New(host.Options{Modules: []*decl.Module{greet}, Stdout: os.Stdout})
	err := h.Run(context.Background(), host.Code("example", `print(require "greet".hello("Ada"))`))
	fmt.Println(err)
	// Output:
	// hello, Ada
	// <nil>
}
