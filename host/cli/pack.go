package cli

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"moonwire/host/pack"
	"moonwire/host/script"
	"moonwire/host/whole"
)

var packCommand = &Command{
	Usage: "pack DIR|FILE.lua [-o FILE] [--sign KEY] [--name NAME]",
	Short: "put a recipe with its modules and data into one file",
	Long: `
Writes a pack, NAME.moon, that others run without reading its code: moonwire run NAME.moon. DIR is a folder whose recipe
starts at its main.lua; all else in it goes along but hidden files, tests, packs and secret keys. With FILE.lua go the
modules beside it that it requires and the data that it reads by name (script.open, script.read).

What the recipe may do is what its header needs ("-- needs: ..."), and whoever runs the pack is asked about that. The
same files give the same bytes. --sign KEY signs the pack: KEY is a name (moonwire key new) or a file of minisign's.
See also: moonwire help packs.`,
	Flags: new(packing).flags,
	Run: func(args []string, s Streams) error {
		p := &packing{}
		words, err := p.flags().parse(args)
		if err != nil {
			return err
		}
		if len(words) != 1 {
			return usagef("pack takes one folder or script")
		}
		return p.run(words[0], s)
	},
}

// A packing is one call of pack.
type packing struct{ out, key, name string }

func (p *packing) flags() flags {
	return flags{
		{"-o", "FILE", "where the pack goes; else NAME.moon in this folder", text(&p.out)},
		{"--sign", "KEY", "sign it with this secret key", text(&p.key)},
		{"--name", "NAME", "the recipe's name; else that of the folder or the script", text(&p.name)},
	}
}

func (p *packing) run(word string, s Streams) error {
	c, err := collect(word, p.name)
	if err != nil {
		return err
	}
	data, err := packRecipe(&c.Recipe, p.key, s)
	if err != nil {
		return err
	}
	made, err := pack.Read(c.Name+".moon", bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	out := p.out
	if out == "" {
		out = made.Manifest.Name + ".moon"
	}
	if err := whole.Write(out, data); err != nil {
		return err
	}
	tellRecipe(c, s.Err)
	fmt.Fprintf(s.Err, "moonwire: wrote %s: %s@%s, %s in %s, %s\n", out, made.Manifest.Name, made.Manifest.Version,
		howMany(len(c.Files), "file"), howMany(len(data), "byte"), signedBy(made))
	return nil
}

// collect gathers the recipe of a folder or a script.
func collect(word, name string) (*pack.Collection, error) {
	info, err := os.Stat(word)
	if err != nil && filepath.Ext(word) == "" {
		if info, _ = os.Stat(word + ".lua"); info != nil {
			word, err = word+".lua", nil
		}
	}
	if err != nil {
		return nil, err
	}
	gather := pack.Single
	if info.IsDir() {
		gather = pack.Folder
	}
	c, err := gather(word)
	if err != nil {
		return nil, err
	}
	if name != "" {
		c.Name = name
	}
	if err := pack.CheckName(c.Name); err != nil {
		return nil, usagef("%s: give it one with --name", err)
	}
	return c, nil
}

// packRecipe makes the bytes of a pack. The key is a name, a file, or "" for none.
func packRecipe(r *pack.Recipe, key string, s Streams) ([]byte, error) {
	if err := checkHeader(r); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if key == "" {
		err := pack.Write(&b, r, nil)
		return b.Bytes(), err
	}
	secret, err := signingKey(key, s)
	if err != nil {
		return nil, err
	}
	err = pack.Write(&b, r, &secret)
	return b.Bytes(), err
}

// checkHeader refuses a recipe that run would refuse.
func checkHeader(r *pack.Recipe) error {
	h, err := script.Parse(r.Main, string(r.Files[r.Main]))
	if err != nil {
		return err
	}
	return reserved(source{name: r.Main, header: h})
}

// tellRecipe says what was left out of a pack, and what in it may not work.
func tellRecipe(c *pack.Collection, log io.Writer) {
	known := knownModules()
	for _, left := range c.LeftOut {
		fmt.Fprintf(log, "moonwire: left out %s\n", left)
	}
	for _, m := range c.Missing() {
		if !slices.Contains(known, m) {
			fmt.Fprintf(log, "moonwire: warning: module '%s', which it requires, is neither in the pack nor in moonwire\n", m)
		}
	}
	for name := range c.Files {
		if module, ok := strings.CutSuffix(name, ".lua"); ok && slices.Contains(known, strings.ReplaceAll(module, "/", ".")) {
			fmt.Fprintf(log, "moonwire: warning: %s is never required: moonwire has a module of that name\n", name)
		}
	}
}

func signedBy(p *pack.Pack) string {
	if p.Signature == nil {
		return "not signed"
	}
	return "signed by key " + p.Signature.KeyID
}

// howMany is "1 file" or "2 files".
func howMany(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
