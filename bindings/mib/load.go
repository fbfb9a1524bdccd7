package mib

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"moonwire/bindings/internal/names"
	"moonwire/host/decl"
	"moonwire/host/mib"
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
	return decl.Fn[loadArgs, loaded]{Name: "load", Run: load, Blocks: true, Default: loadArgs{reading: reading{Add: true}},
		Fails: []string{decl.NotFound, decl.Denied, decl.Malformed},
		Doc: "Read MIB files, and all in directories, in any order and under any file names: a module is known by the name in its text. SMIv2 and SMIv1 are read. " +
			"What they import comes from the files and from what is known already. The names hold in this runtime, whose tasks share them, before those of the " +
			"built-in table. What is wrong stands in problems, each with its file, line and remedy, and is left out; with permissive, what is plainly meant in " +
			"spite of a common fault is kept. It fails only where nothing could be read.",
		Source: "RFC 1155, RFC 1212, RFC 1215, RFC 2578, RFC 2579, RFC 2580", Example: loadExample}
}

const parseExample = `local text = "ACME-MIB DEFINITIONS ::= BEGIN IMPORTS enterprises FROM SNMPv2-SMI; acme OBJECT IDENTIFIER ::= { enterprise 99999 } END"
local loaded = mib.parse(text, {name="acme.mib"})
loaded.errors, loaded.problems[1].message --> 1, "acme.mib:1:69: acme: it has no OID: enterprise is neither defined nor imported"`

func parser() decl.Function {
	return decl.Fn[parseArgs, loaded]{Name: "parse", Run: parseText, Default: parseArgs{Name: "text", reading: reading{Add: true}},
		Fails: []string{decl.Malformed}, Doc: "Read MIB modules from a string, as load does from files.",
		Source: "RFC 1155, RFC 1212, RFC 1215, RFC 2578, RFC 2579, RFC 2580", Example: parseExample}
}

// reading are the options of load and parse.
type reading struct {
	Permissive bool `lua:"opts.permissive" doc:"keep definitions whose faults leave no doubt of what is meant: underscores, wrong case, missing commas, odd quotes, names that are not imported"`
	Add        bool `lua:"opts.add" doc:"make the names known; without, the texts are only looked at"`
}

// options are those of package smi.
func (r *reading) options(tree *mib.Tree) smi.Options {
	return smi.Options{Permissive: r.Permissive, Known: tree}
}

type loadArgs struct {
	Path string `lua:"path" doc:"a file or a directory"`
	reading
}

type parseArgs struct {
	Text string `lua:"text" doc:"one module or more"`
	Name string `lua:"opts.name" doc:"stands for the file in problems"`
	reading
}

// loaded is what mib.load and mib.parse return.
type loaded struct {
	Modules  []string  `lua:"modules" doc:"names of the modules that were read"`
	Nodes    int       `lua:"nodes" doc:"how many nodes they define"`
	Files    int       `lua:"files" doc:"how many files were read"`
	Skipped  []string  `lua:"skipped" doc:"files in directories that have no module"`
	Errors   int       `lua:"errors" doc:"how many problems cost a definition"`
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
	if _, err := files.Stat(a.Path); err != nil {
		return loaded{}, fmt.Errorf("mib.load: %w", err)
	}
	tree := names.From(ctx)
	set, err := smi.Load(ctx, files, []string{a.Path}, a.options(tree))
	if err != nil {
		return loaded{}, fmt.Errorf("mib.load: %w", err)
	}
	return a.give(tree, set, "mib.load: "+a.Path)
}

func parseText(ctx context.Context, a parseArgs) (loaded, error) {
	tree := names.From(ctx)
	return a.give(tree, smi.Parse(a.Name, a.Text, a.options(tree)), "mib.parse: "+a.Name)
}

// give adds what was read to the names of the runtime.
func (r *reading) give(tree *mib.Tree, set *smi.Set, what string) (loaded, error) {
	switch {
	case len(set.Modules) > 0:
	case len(set.Problems) > 0:
		function, _, _ := strings.Cut(what, " ")
		return loaded{}, decl.Refuse(decl.Malformed, fmt.Errorf("%s %s", function, set.Problems[0].String()))
	default:
		return loaded{}, decl.Refuse(decl.Malformed, fmt.Errorf("%s: none of %d files has a MIB module (NAME DEFINITIONS ::= BEGIN)", what, len(set.Skipped)))
	}
	if r.Add {
		tree.Add(set.Modules...)
	}
	return report(set), nil
}

func report(set *smi.Set) loaded {
	out := loaded{Nodes: set.Nodes(), Files: set.Files, Skipped: set.Skipped}
	for _, m := range set.Modules {
		out.Modules = append(out.Modules, m.Name)
	}
	for i := range set.Problems {
		p := &set.Problems[i]
		if p.Lost {
			out.Errors++
		}
		out.Problems = append(out.Problems, problem{Message: p.String(), Level: p.Level(), Fault: string(p.Fault), File: p.File, Line: p.Line,
			Column: p.Column, Module: p.Module, Name: p.Name, Text: p.Text, Remedy: p.Remedy, Missing: p.Missing})
	}
	return out
}
