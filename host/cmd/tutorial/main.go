// Command tutorial writes the tutorial's pages, scripts/tutorial/README.md and README.zh.md, and their pictures. The prose stands in
// scripts/tutorial/text, a file for each chapter and language; code is cut from the scripts, and what they print is what they print now:
// each is run in its lab, in simulated time and with a seed, by the command that the page shows.
//
// A line of prose "<!-- ... -->" asks for what is cut:
//
//	code [until TEXT]            the script's next lines, up to one that begins with TEXT; all of them are shown, in order
//	output [until TEXT]          likewise the next lines of what it prints
//	measured from A [until B]    lines of its header's shows: a run in real time
//	run ARGS [from A] [until B]  the output of another run, with these arguments
//	change OLD => NEW [run ARGS] [from A] [until B]    that of a changed script
//	lab ALT                      a picture of its lab
//	ladder N ALT                 a picture of the Nth ladder that it draws
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

const folder = "scripts/tutorial"

//go:generate go run . ../../..

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: tutorial ROOT")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "tutorial:", err)
		os.Exit(1)
	}
}

// write writes all files below the root of the tree.
func write(root string) error {
	root, err := filepath.Abs(root)
	if err != nil {
		return err
	}
	files, err := generate(os.DirFS(root))
	if err != nil {
		return err
	}
	pictures := filepath.Join(root, folder, "pictures")
	if err := errors.Join(os.RemoveAll(pictures), os.Mkdir(pictures, 0o777)); err != nil {
		return err
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(root, filepath.FromSlash(name)), []byte(text), 0o666); err != nil {
			return err
		}
	}
	return nil
}
