package keyring

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"moonwire/host/pack"
	"moonwire/host/whole"

	"aead.dev/minisign"
)

// A Store is a folder of keys and answers. It need not exist.
type Store struct{ dir string }

// Open is the store in a folder.
func Open(dir string) *Store { return &Store{dir} }

// A Key is a public key under the name that the user gave it.
type Key struct {
	Name   string
	Public minisign.PublicKey
	Secret string // the file of its other half, "" when that isn't here
}

// ID is the key's number as minisign prints it.
func (k Key) ID() string { return pack.KeyID(k.Public.ID()) }

const (
	publicSuffix = ".pub"
	secretSuffix = ".key"
)

// keys is the folder of keys: NAME.pub is trusted, NAME.key beside it signs.
func (s *Store) keys() string { return filepath.Join(s.dir, "keys") }

// SecretFile is where the secret key of a name lies, if it is there.
func (s *Store) SecretFile(name string) string {
	return filepath.Join(s.keys(), name+secretSuffix)
}

// Keys are the trusted keys by name. Files that hold no key are left out; the error names them.
func (s *Store) Keys() ([]Key, error) {
	files, err := os.ReadDir(s.keys())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var keys []Key
	var faults []error
	for _, f := range files {
		name, ok := strings.CutSuffix(f.Name(), publicSuffix)
		if !ok || pack.CheckName(name) != nil {
			continue
		}
		public, err := minisign.PublicKeyFromFile(filepath.Join(s.keys(), f.Name()))
		if err != nil {
			faults = append(faults, fmt.Errorf("%s: %w", filepath.Join(s.keys(), f.Name()), err))
			continue
		}
		k := Key{Name: name, Public: public}
		if _, err := os.Stat(s.SecretFile(name)); err == nil {
			k.Secret = s.SecretFile(name)
		}
		keys = append(keys, k)
	}
	return keys, errors.Join(faults...)
}

// Trust adds a key whose signatures count from now on.
func (s *Store) Trust(name string, public minisign.PublicKey) error {
	if err := pack.CheckName(name); err != nil {
		return fmt.Errorf("'%s' is no name for a key (letters, digits, . _ and -)", name)
	}
	keys, err := s.Keys()
	if err != nil {
		return err
	}
	for _, k := range keys {
		switch {
		case k.Public.Equal(public):
			return fmt.Errorf("key %s is trusted already, as '%s'", k.ID(), k.Name)
		case strings.EqualFold(k.Name, name):
			return fmt.Errorf("'%s' is the name of another key, %s (give this one another name)", name, k.ID())
		}
	}
	return s.write(name+publicSuffix, publicText(public), 0o644)
}

// publicText is a key as minisign writes it.
func publicText(public minisign.PublicKey) []byte {
	text, _ := public.MarshalText()
	return append(text, '\n')
}

// Distrust takes a key away. Its secret half stays where it is.
func (s *Store) Distrust(name string) error {
	keys, err := s.Keys()
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(keys, func(k Key) bool { return k.Name == name || k.ID() == strings.ToUpper(name) }); i >= 0 {
		return os.Remove(filepath.Join(s.keys(), keys[i].Name+publicSuffix))
	}
	return fmt.Errorf("no trusted key '%s'", name)
}

// ErrSecretExists is New's error when there is a secret key of that name: a lost one can't be made again.
var ErrSecretExists = errors.New("there is a secret key of that name")

// New makes a key pair under a name, its secret half protected by a password unless that is "".
func (s *Store) New(name, password string) (Key, error) {
	if err := pack.CheckName(name); err != nil {
		return Key{}, fmt.Errorf("'%s' is no name for a key (letters, digits, . _ and -)", name)
	}
	if _, err := os.Lstat(s.SecretFile(name)); err == nil {
		return Key{}, fmt.Errorf("%w: %s", ErrSecretExists, s.SecretFile(name))
	}
	public, secret, err := minisign.GenerateKey(nil)
	if err != nil {
		return Key{}, err
	}
	text, err := secret.MarshalText()
	if password != "" {
		text, err = minisign.EncryptKey(password, secret)
	}
	if err != nil {
		return Key{}, err
	}
	if err := s.Trust(name, public); err != nil {
		return Key{}, err
	}
	if err := s.write(name+secretSuffix, append(text, '\n'), 0o600); err != nil {
		return Key{}, err
	}
	return Key{name, public, s.SecretFile(name)}, nil
}

// write writes a new file into the folder of keys.
func (s *Store) write(name string, data []byte, mode fs.FileMode) error {
	if err := os.MkdirAll(s.keys(), 0o700); err != nil {
		return err
	}
	return whole.New(filepath.Join(s.keys(), name), data, mode)
}
