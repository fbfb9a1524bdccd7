package cli

import (
	"context"
	"os"
	"slices"
	"strings"

	"moonwire/host"
	"moonwire/host/internal/hook"
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
	hostOperand     = operandKind("host")
	netnsOperand    = operandKind("netns")
	ifaceOperand    = operandKind("iface")
	helpOperand     = operandKind("help")
	docOperand      = operandKind("doc")
	listOperand     = operandKind("list")
	groupingOperand = operandKind("folder category")
	shellOperand    = operandKind("bash fish zsh")
	reportOperand   = operandKind("text dot tap junit json")
	wayOperand      = operandKind("in out inout")
	formatOperand   = operandKind("pcap pcapng")
	keyOperand      = operandKind("new show trust distrust list")
	shelfOperand    = operandKind("shelf")
	variableOperand = operandKind("variable")
	freeOperand     = operandKind("") // nothing to offer
)

// operands are what the commands other than run take.
var operands = map[string]operandKind{
	"help": helpOperand, "list": listOperand, "doc": docOperand, "lab": labOperand, "completion": shellOperand, "key": keyOperand,
	"types": folderOperand, "test": fileOperand, "new": fileOperand, "replay": fileOperand, "pack": fileOperand, "build": fileOperand,
	"install": fileOperand,
}

// valueKinds are what stands behind flags.
var valueKinds = map[string]operandKind{
	"--lab": labOperand, "--on": hostOperand, "--netns": netnsOperand, "--iface": ifaceOperand, "-i": ifaceOperand, "--by": groupingOperand,
	"--reporter": reportOperand, "-Q": wayOperand, "--format": formatOperand, "--remove": shelfOperand,
	"-I": folderOperand, "--markdown": folderOperand, "--extract": folderOperand,
	"--capture": fileOperand, "--record": fileOperand, "--pprof": fileOperand, "--coverage": fileOperand, "--html": fileOperand, "--script": fileOperand,
	"-r": fileOperand, "-w": fileOperand, "-F": fileOperand, "-o": fileOperand, "--base": fileOperand, "--sign": fileOperand,
	"--allow-read": fileOperand, "--allow-write": fileOperand, "--deny-read": fileOperand, "--deny-write": fileOperand,
	"--allow-run": fileOperand, "--deny-run": fileOperand, "--allow-env": variableOperand, "--deny-env": variableOperand,
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
	case hostOperand:
		o.hosts(before)
	case shelfOperand:
		o.shelf()
	case variableOperand:
		for _, v := range os.Environ() {
			name, _, _ := strings.Cut(v, "=")
			o.add(name, "")
		}
	case groupingOperand, shellOperand, reportOperand, wayOperand, formatOperand:
		o.choices(kind)
	case keyOperand:
		if len(before) == 0 {
			o.choices(kind)
		} else {
			o.files = someFiles
		}
	}
}

// choices offers the words that a kind is made of.
func (o *offers) choices(kind operandKind) {
	for _, w := range strings.Fields(string(kind)) {
		o.add(w, "")
	}
}

// hosts offers those of the lab that the words before name, or that their script's header does.
func (o *offers) hosts(before []string) {
	var c call
	fs := append(c.own(), codeFlag(&c))
	h, _, _ := calledScript(fs, before)
	name, _ := ownLab(h)
	if c.lab != "" {
		name = c.lab
	}
	if name == "" && len(before) > 0 {
		name = before[0] // moonwire lab NAME
	}
	for _, host := range labHosts(name) {
		o.add(host, "")
	}
}

// labHosts are the hosts of a lab that comes along or is given as text. A file isn't run to complete a word.
func labHosts(name string) (hosts []string) {
	if !slices.Contains(scripts.Labs(), name) && !strings.Contains(name, "--") {
		return nil
	}
	var opt host.Options
	opt.Lab.Name = name
	opt.Hooks.OnOpen = func(l hook.Lab, _ string) { hosts = l.Hosts() }
	_ = host.New(opt).Run(context.Background(), host.Code("hosts", "")) // a text that is no topology has none
	return hosts
}

// shelf offers installed recipes.
func (o *offers) shelf() {
	s, err := openShelf()
	if err != nil {
		return
	}
	all, _ := s.All()
	for _, e := range all {
		o.add(e.Name, e.Title)
		o.add(e.Name+"@"+e.Version, e.Title)
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
