package cli

import (
	"os"

	"moonwire/host/network"
	"moonwire/scripts"
)

// An operandKind is what kind of word stands in a place.
type operandKind string

// Kinds of words. Files and folders are the shell's to offer.
const (
	someFiles       = "files"
	someFolders     = "folders"
	scriptOperand   = operandKind("script")
	fileOperand     = operandKind(someFiles)
	folderOperand   = operandKind(someFolders)
	labOperand      = operandKind("lab")
	netnsOperand    = operandKind("netns")
	ifaceOperand    = operandKind("iface")
	helpOperand     = operandKind("help")
	docOperand      = operandKind("doc")
	listOperand     = operandKind("list")
	groupingOperand = operandKind("grouping")
	shellOperand    = operandKind("shell")
)

// operands are what the commands other than run take.
var operands = map[string]operandKind{
	"help": helpOperand, "list": listOperand, "doc": docOperand, "lab": labOperand, "completion": shellOperand,
	"types": folderOperand, "test": fileOperand, "new": fileOperand, "replay": fileOperand, "pack": fileOperand, "build": fileOperand,
	"install": fileOperand, "verify": fileOperand, "sign": fileOperand, "capture": "", "doctor": "",
}

// valueKinds are what stands behind flags.
var valueKinds = map[string]operandKind{
	"--lab": labOperand, "--netns": netnsOperand, "--iface": ifaceOperand, "-i": ifaceOperand, "-I": folderOperand, "--by": groupingOperand,
	"--capture": fileOperand, "--record": fileOperand, "--profile": fileOperand, "-r": fileOperand, "-w": fileOperand, "-o": fileOperand, "--base": fileOperand,
	"--allow-read": fileOperand, "--allow-write": fileOperand, "--deny-read": fileOperand, "--deny-write": fileOperand,
}

// operand offers the words of a kind. before are the words that stand there already.
func (o *offers) operand(kind operandKind, before []string) {
	switch kind {
	case fileOperand, folderOperand:
		o.files = string(kind)
	case scriptOperand:
		o.recipes()
		o.files = someFiles
	case labOperand:
		for _, name := range scripts.Labs() {
			o.add(name, "")
		}
		o.files = someFiles
	case ifaceOperand:
		list, _ := network.Kernel().Interfaces()
		for _, i := range list {
			o.add(i.Name, "")
		}
	case netnsOperand:
		for _, dir := range []string{"/run/netns", "/var/run/netns"} {
			entries, err := os.ReadDir(dir)
			for _, e := range entries {
				o.add(e.Name(), "")
			}
			if err == nil {
				return
			}
		}
	case helpOperand:
		o.help(before)
	case docOperand:
		o.modules(before)
	case listOperand:
		o.selection()
	case groupingOperand:
		o.add("folder", "")
		o.add("category", "")
	case shellOperand:
		for _, name := range shellNames() {
			o.add(name, "")
		}
	}
}

func (o *offers) recipes() {
	all, _ := allRecipes()
	o.words = append(o.words, recipeWords(all)...)
}

func (o *offers) help(before []string) {
	if len(before) > 0 {
		return
	}
	for _, c := range commands() {
		o.add(c.Name(), c.Short)
	}
	for _, t := range topics {
		o.add(t.name, t.short)
	}
	o.recipes()
}

func (o *offers) modules(before []string) {
	lib, err := library()
	if err != nil || len(before) > 0 {
		return
	}
	for _, name := range lib.Names() {
		o.add(name, "")
	}
}

// selection offers the words that list chooses by.
func (o *offers) selection() {
	all, _ := allRecipes()
	for _, w := range append(vocabulary(all), "and", "or", "not") {
		o.add(w, "")
	}
}
