package cli

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"moonwire/host/keyring"
	"moonwire/host/shelf"

	"aead.dev/minisign"
)

var keyCommand = &Command{
	Usage: "key new NAME|show NAME|trust KEY NAME|distrust NAME|list",
	Short: "keys that sign packs, and keys whose signatures you trust",
	Long: `
  key new NAME        make a key pair: a secret key to sign with (moonwire pack --sign NAME) and a public one to give away
  key show NAME       print the public key, as others need it
  key trust KEY NAME  trust signatures by KEY from now on, and call it NAME; KEY is a public key or a file with one
  key distrust NAME   trust them no more
  key list            the keys that are trusted, and which of them sign

Keys and signatures are minisign's, so each program takes the other's. A new key asks for a password, on a terminal twice,
else for one line of the standard input; --no-password makes one without. Keys lie in the folder that MOONWIRE_HOME names,
or in the user's folder for moonwire.`,
	Flags: new(keys).flags,
	Run: func(args []string, s Streams) error {
		k := &keys{streams: s}
		words, err := k.flags().parse(args)
		if err != nil {
			return err
		}
		return k.run(words)
	},
}

// keys is one call of key.
type keys struct {
	streams Streams
	open    bool // without a password
}

func (k *keys) flags() flags {
	return flags{{"--no-password", "", "make a key that needs none", on(&k.open)}}
}

func (k *keys) run(words []string) error {
	store, err := openTrust()
	if err != nil {
		return err
	}
	switch verb := strings.Join(words[:min(len(words), 1)], ""); {
	case verb == "new" && len(words) == 2:
		return k.make(store, words[1])
	case verb == "show" && len(words) == 2:
		return k.show(store, words[1])
	case verb == "trust" && len(words) == 3:
		return k.trust(store, words[1], words[2])
	case verb == "distrust" && len(words) == 2:
		return store.Distrust(words[1])
	case verb == "list" && len(words) == 1:
		return k.list(store)
	}
	return usagef("key takes new NAME, show NAME, trust KEY NAME, distrust NAME or list")
}

// openTrust is where this user's keys and answers lie.
func openTrust() (*keyring.Store, error) {
	home, err := shelf.Home(os.Getenv)
	return keyring.Open(home), err
}

func (k *keys) make(store *keyring.Store, name string) error {
	password, err := "", error(nil)
	if !k.open {
		if password, err = newPassword(k.streams); err != nil {
			return err
		}
	}
	key, err := store.New(name, password)
	if err != nil {
		return err
	}
	fmt.Fprintf(k.streams.Err, "moonwire: wrote %s: keep it to yourself\nmoonwire: others trust what it signs with: moonwire key trust %s %s\n",
		key.Secret, key.Public, name)
	return nil
}

// newPassword asks for a password, twice where mistyping would not be seen.
func newPassword(s Streams) (string, error) {
	password, err := askPassword(s, "password of the new key: ")
	if err != nil {
		return "", err
	}
	if password == "" {
		return "", errors.New("no password was given (--no-password makes a key without one)")
	}
	if terminalOf(s.In) != nil {
		again, err := askPassword(s, "once more: ")
		if err != nil || again != password {
			return "", errors.Join(err, errors.New("the two passwords differ"))
		}
	}
	return password, nil
}

func (k *keys) show(store *keyring.Store, name string) error {
	known, err := store.Keys()
	for _, key := range known {
		if key.Name == name || key.ID() == strings.ToUpper(name) {
			text, _ := key.Public.MarshalText()
			fmt.Fprintf(k.streams.Out, "%s\n", text)
			return nil
		}
	}
	return errors.Join(err, fmt.Errorf("no key '%s' (moonwire key list)", name))
}

func (k *keys) trust(store *keyring.Store, word, name string) error {
	public, err := keyring.ReadPublic(word)
	if err != nil {
		return err
	}
	if err := store.Trust(name, public); err != nil {
		return err
	}
	fmt.Fprintf(k.streams.Err, "moonwire: signatures by %s are trusted from now on, as those of '%s'\n", keyring.Key{Public: public}.ID(), name)
	return nil
}

func (k *keys) list(store *keyring.Store) error {
	known, err := store.Keys()
	var rows [][2]string
	for _, key := range known {
		what := key.ID()
		if key.Secret != "" {
			what += "  signs"
		}
		rows = append(rows, [2]string{key.Name, what})
	}
	writeRows(k.streams.Out, rows)
	if err == nil && len(known) == 0 {
		err = exit(exitNothing)
	}
	return err
}

// signingKey reads the secret key of a name or in a file.
func signingKey(word string, s Streams) (minisign.PrivateKey, error) {
	store, err := openTrust()
	if err != nil {
		return minisign.PrivateKey{}, err
	}
	file := word
	if !isFile(file) {
		file = store.SecretFile(word)
	}
	if !isFile(file) {
		return minisign.PrivateKey{}, fmt.Errorf("no secret key '%s' (moonwire key new %s makes one)", word, word)
	}
	return keyring.ReadSecret(file, func() (string, error) { return askPassword(s, "password of "+word+": ") })
}
