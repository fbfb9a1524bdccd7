package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"

	"moonwire/host/pack"
	"moonwire/host/shelf"
)

var installCommand = &Command{
	Usage: "install FILE.moon|DIR|FILE.lua, install --list, install --remove NAME",
	Short: "put a recipe where list, help and run find it",
	Long: `
Copies a pack onto this user's shelf. From then on moonwire list shows it, and moonwire run NAME runs it, where the newest
version counts; NAME@VERSION is a certain one. A folder or a script is packed first. A pack is checked to its last byte,
and one that no trusted key has signed is refused unless --untrusted says so (moonwire help packs). A folder or a script
of your own is allowed what its header says; a pack asks at its first run.

--remove takes NAME, with all its versions, or NAME@VERSION away.`,
	Flags: new(installation).flags,
	Run: func(args []string, s Streams) error {
		i := &installation{streams: s}
		words, err := i.flags().parse(args)
		if err != nil {
			return err
		}
		return i.run(words)
	},
}

// An installation is one call of install.
type installation struct {
	streams         Streams
	list, replace   bool
	untrusted       bool
	mine            bool // what is installed is a folder or a script of the user's own
	remove, newName string
}

func (i *installation) flags() flags {
	return flags{
		{"--list", "", "show what is installed, every version", on(&i.list)},
		{"--remove", "NAME", "take a recipe from the shelf", text(&i.remove)},
		{"--replace", "", "let it take the place of the same version with other contents", on(&i.replace)},
		{"--untrusted", "", "install a pack although no trusted key has signed it", on(&i.untrusted)},
		{"--name", "NAME", "the name of a recipe that comes as a folder or a script", text(&i.newName)},
	}
}

func (i *installation) run(words []string) error {
	s, err := openShelf()
	switch {
	case err != nil:
		return err
	case i.list && len(words) == 0:
		return i.show(s)
	case i.remove != "" && len(words) == 0:
		return i.take(s)
	case len(words) != 1 || i.list || i.remove != "":
		return usagef("install takes one pack, folder or script")
	}
	return i.put(s, words[0])
}

// show lists every version.
func (i *installation) show(s *shelf.Shelf) error {
	all, err := s.All()
	var rows [][2]string
	for _, e := range all {
		rows = append(rows, [2]string{e.Name + "@" + e.Version, e.Title})
	}
	writeRows(i.streams.Out, rows)
	if err == nil && len(all) == 0 {
		err = exit(exitNothing)
	}
	return err
}

func (i *installation) take(s *shelf.Shelf) error {
	removed, err := s.Remove(i.remove)
	for _, name := range removed {
		fmt.Fprintf(i.streams.Err, "moonwire: removed %s\n", name)
	}
	return err
}

// put installs a pack, or the recipe of a folder or a script.
func (i *installation) put(s *shelf.Shelf, word string) error {
	in, err := i.open(word)
	if err != nil {
		return err
	}
	defer in.Close()
	e, err := s.Install(in, i.replace)
	var refused *pack.Error
	switch {
	case errors.As(err, &refused):
		return &pack.Error{Pack: word, Entry: refused.Entry, Problem: refused.Problem}
	case errors.Is(err, shelf.ErrExists):
		return fmt.Errorf("%w (--replace puts this one in its place)", err)
	case err != nil:
		return err
	}
	if i.mine {
		if err := allow(e.ID); err != nil {
			return err
		}
	}
	fmt.Fprintf(i.streams.Err, "moonwire: installed %s@%s: moonwire run %s\n", e.Name, e.Version, e.Name)
	return nil
}

// open gives the bytes of the pack to install, once it is known that it may be.
func (i *installation) open(word string) (io.ReadCloser, error) {
	if !isFile(word) || !isPack(word) {
		return i.pack(word)
	}
	p, err := pack.Open(word)
	if err != nil {
		return nil, err
	}
	defer p.Close()
	if err := nameIsFree(p.Manifest.Name); err != nil {
		return nil, err
	}
	signer, err := signerOf(p)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", word, err)
	}
	if !signer.Trusted() && !i.untrusted {
		return nil, fmt.Errorf("%s: it is %s (moonwire key trust makes a key known; --untrusted installs it all the same)", word, signer)
	}
	return os.Open(word)
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// pack packs a recipe of one's own.
func (i *installation) pack(word string) (io.ReadCloser, error) {
	c, err := collect(word, i.newName)
	if err != nil {
		return nil, err
	}
	if err := nameIsFree(c.Name); err != nil {
		return nil, err
	}
	i.mine = true
	data, err := packRecipe(&c.Recipe, "", i.streams)
	if err != nil {
		return nil, err
	}
	tellRecipe(c, i.streams.Err)
	return io.NopCloser(bytes.NewReader(data)), nil
}

// allow lets a recipe of the user's own do what its header says, as it may when its file is run.
func allow(id string) error {
	store, err := openTrust()
	if err != nil {
		return err
	}
	return store.Allow(id)
}

// nameIsFree refuses the name of a script that comes with moonwire, which run would find first.
func nameIsFree(name string) error {
	if found, err := findShipped(name); err != nil || found != "" {
		return fmt.Errorf("'%s' is the name of a script that comes with moonwire: give this recipe another one", name)
	}
	return nil
}
