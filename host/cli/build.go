package cli

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"

	"moonwire/host/pack"
	"moonwire/host/tool"
	"moonwire/host/whole"
)

var buildCommand = &Command{
	Usage: "build FILE.lua|DIR|FILE.moon [-o TOOL] [--base FILE] [flags]",
	Short: "make one executable of moonwire and a recipe",
	Long: `
Writes one executable file that needs nothing else: moonwire with the script, its modules, its data and its permissions
inside. It shows the recipe's own help, takes the recipe's own flags and never asks anything. It may do what the recipe's
header needs and what --allow-... adds here; moonwire's flags that are given here are built in.

--base takes a moonwire for another system, as unpacked from its archive: Linux, macOS or Windows. One that is signed by a
certificate is refused, for the signature would be wrong afterwards: sign the tool instead. A recipe may also come
from a tool, and --base may be one: its recipe is left behind. Don't strip or pack a tool.
See also: moonwire help packs.`,
	Flags: func() flags {
		return append(new(building).flags(), new(options).flags().without("-I", "--untrusted")...)
	},
	Run: func(args []string, s Streams) error {
		b := &building{}
		baked, rest, err := new(options).flags().without("-I", "--untrusted").partKnown(args)
		if err != nil {
			return err
		}
		words, err := b.flags().parse(rest)
		if err != nil {
			return err
		}
		if len(words) != 1 {
			return usagef("build takes one script, folder or pack")
		}
		return b.run(words[0], baked, s)
	},
}

// partKnown takes the flags of fs out of words, wherever they stand before "--", and leaves all others.
func (fs flags) partKnown(words []string) (taken, rest []string, err error) {
	for len(words) > 0 && words[0] != "--" {
		n, err := fs.take(words)
		switch {
		case err != nil:
			return nil, nil, err
		case n == 0:
			rest = append(rest, words[0])
			n = 1
		default:
			taken = append(taken, words[:n]...)
		}
		words = words[n:]
	}
	return taken, append(rest, words...), nil
}

// A building is one call of build.
type building struct{ out, base, name string }

func (b *building) flags() flags {
	return flags{
		{"-o", "TOOL", "where the tool goes; else the recipe's name in this folder", text(&b.out)},
		{"--base", "FILE", "the moonwire to use, of any system; else this one", text(&b.base)},
		{"--name", "NAME", "the recipe's name; else that of the folder or the script", text(&b.name)},
	}
}

func (b *building) run(word string, baked []string, s Streams) error {
	recipe, err := b.recipe(word, s)
	if err != nil {
		return err
	}
	recipe.Flags = append(recipe.Flags, baked...)
	data, err := packRecipe(recipe, "", s)
	if err != nil {
		return err
	}
	base, err := b.readBase()
	if err != nil {
		return err
	}
	made, system, err := tool.Build(base, data)
	if err == nil {
		err = tool.Matches(made, data)
	}
	if err != nil {
		return fmt.Errorf("%s can't be the base of a tool: %w", b.baseName(), err)
	}
	out := b.out
	if out == "" {
		out = recipe.Name
	}
	if system.OS == "windows" && !strings.HasSuffix(strings.ToLower(out), ".exe") {
		out += ".exe"
	}
	if err := whole.WriteAs(out, made, 0o777); err != nil {
		return err
	}
	fmt.Fprintf(s.Err, "moonwire: wrote %s for %s, %s\n", out, system, howMany(len(made), "byte"))
	return nil
}

// recipe is what goes into the tool.
func (b *building) recipe(word string, s Streams) (*pack.Recipe, error) {
	if isFile(word) {
		if p, closed, err := packIn(word); p != nil || err != nil {
			if err != nil {
				return nil, err
			}
			defer closed.Close()
			return unpacked(p, b.name)
		}
	}
	c, err := collect(word, b.name)
	if err != nil {
		return nil, err
	}
	tellRecipe(c, s.Err)
	return &c.Recipe, nil
}

// packIn is the pack that a file is, or that a tool has in it; nil for other files.
func packIn(file string) (*pack.Pack, io.Closer, error) {
	if isPack(file) {
		p, err := pack.Open(file)
		return p, p, err
	}
	payload, err := tool.Of(file)
	if payload == nil || err != nil {
		return nil, nil, err
	}
	p, err := pack.ReadTool(file, payload, payload.Size())
	return p, payload, err
}

// unpacked is the recipe of a pack, with its needs: they may be fewer than those of its header.
func unpacked(p *pack.Pack, name string) (*pack.Recipe, error) {
	if _, err := signerOf(p); err != nil {
		return nil, err
	}
	r := &pack.Recipe{Name: p.Manifest.Name, Version: p.Manifest.Version, Main: p.Manifest.Main, Flags: p.Manifest.Flags,
		Needs: append([]string{}, p.Manifest.Needs...), Files: map[string][]byte{}}
	if name != "" {
		r.Name = name
	}
	for _, path := range p.Files() {
		data, err := p.ReadFile(path)
		if err != nil {
			return nil, err
		}
		r.Files[path] = bytes.Clone(data)
	}
	return r, nil
}

func (b *building) baseName() string {
	if b.base == "" {
		return "this moonwire"
	}
	return b.base
}

// readBase reads the moonwire that the tool is made of.
func (b *building) readBase() ([]byte, error) {
	if b.base != "" {
		return os.ReadFile(b.base)
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return os.ReadFile(self)
}
