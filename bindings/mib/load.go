package mib

import (
	"context"
	"errors"
	"fmt"

	"moonwire/bindings/internal/names"
	"moonwire/host/decl"
	"moonwire/host/mib/smi"
	"moonwire/host/network"
)

const loadExample = `local path = os.tmpname()
local file = assert(io.open(path, "w"))
file:write("ACME-MIB DEFINITIONS ::= BEGIN IMPORTS enterprises FROM SNMPv2-SMI;\n" ..
  "acme OBJECT IDENTIFIER ::= { enterprises 99999 } END")
file:close()
local loaded = mib.load(path)
os.remove(path)
loaded.modules[1], #loaded.problems, mib.name("1.3.6.1.4.1.99999.1") --> ACME-MIB, 0, acme.1`

func loader() decl.Function {
	return decl.Fn[loadArgs, loaded]{Name: "load", Run: load, Blocks: true,
		Fails: []string{decl.NotFound, decl.Denied, decl.Malformed},
		Doc: "Read MIB files, and all in directories, in any order and under any file names: a module is known by the name in its text. SMIv2 and SMIv1 are read. " +
			"What they import comes from the files and from what is known already. The names hold in this runtime, whose tasks share them, before those of the " +
			"built-in table. What is wrong stands in problems, each with its file, line and remedy, and is left out; with permissive, what is plainly meant in " +
			"spite of a common fault is kept. It fails only where nothing could be read.",
		Source: "RFC 1155, RFC 1212, RFC 1215, RFC 2578, RFC 2579, RFC 2580", Example: loadExample}
}

type loadArgs struct {
	Path       string   `lua:"path" doc:"a file or a directory"`
	More       []string `lua:"more..." doc:"further ones, read together with the first"`
	Permissive bool     `lua:"opts.permissive" doc:"keep definitions whose faults leave no doubt of what is meant"`
}

// loaded is what mib.load returns.
type loaded struct {
	Modules  []string  `lua:"modules" doc:"names of the modules that were read"`
	Nodes    int       `lua:"nodes" doc:"how many nodes they define"`
	Files    int       `lua:"files" doc:"how many files were read"`
	Skipped  []string  `lua:"skipped" doc:"files in directories that have no module"`
	Problems []problem `lua:"problems" doc:"what is wrong, in the order of files and lines"`
}

// problem is one thing that is wrong.
type problem struct {
	Message string `lua:"message" doc:"all of it in one line"`
	Level   string `lua:"level" doc:"error: what it is about was left out; warning: it was kept"`
	Fault   string `lua:"fault" doc:"unreadable, no module, duplicate, syntax, missing module, missing name, no oid, no type, bad index"`
	File    string `lua:"file" doc:"path of the file"`
	Line    int    `lua:"line?" doc:"line, from 1; nil for the whole file"`
	Column  int    `lua:"column?" doc:"column, from 1"`
	Module  string `lua:"module?" doc:"the module at fault"`
	Name    string `lua:"name?" doc:"the definition at fault"`
	Text    string `lua:"text" doc:"what is wrong"`
	Remedy  string `lua:"remedy?" doc:"what cures it"`
	Missing string `lua:"missing?" doc:"the module that is missing"`
}

func load(ctx context.Context, a loadArgs) (loaded, error) {
	files := network.FilesFrom(ctx)
	if files == nil {
		return loaded{}, decl.Refuse(decl.Denied, errors.New("mib.load: this script may read no files"))
	}
	paths := append([]string{a.Path}, a.More...)
	for _, path := range paths {
		if _, err := files.Stat(path); err != nil {
			return loaded{}, fmt.Errorf("mib.load: %w", err)
		}
	}
	tree := names.From(ctx)
	set, err := smi.Load(ctx, files, paths, smi.Options{Permissive: a.Permissive, Known: tree})
	if err != nil {
		return loaded{}, fmt.Errorf("mib.load: %w", err)
	}
	if len(set.Modules) == 0 && len(set.Problems) > 0 {
		return loaded{}, decl.Refuse(decl.Malformed, fmt.Errorf("mib.load: %s", set.Problems[0].String()))
	}
	tree.Add(set.Modules...)
	return report(set), nil
}

func report(set *smi.Set) loaded {
	out := loaded{Nodes: set.Nodes(), Files: set.Files, Skipped: set.Skipped}
	for _, m := range set.Modules {
		out.Modules = append(out.Modules, m.Name)
	}
	for i := range set.Problems {
		p := &set.Problems[i]
		out.Problems = append(out.Problems, problem{Message: p.String(), Level: p.Level(), Fault: string(p.Fault), File: p.File, Line: p.Line,
			Column: p.Column, Module: p.Module, Name: p.Name, Text: p.Text, Remedy: p.Remedy, Missing: p.Missing})
	}
	return out
}
