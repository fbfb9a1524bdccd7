package keyring

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"aead.dev/minisign"
)

// ReadSecret reads a secret key's file, minisign's or ours. ask is called for the password of one that has one.
func ReadSecret(file string, ask func() (string, error)) (minisign.PrivateKey, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return minisign.PrivateKey{}, err
	}
	var key minisign.PrivateKey
	if !minisign.IsEncrypted(text) {
		if err := key.UnmarshalText(text); err != nil {
			return key, fmt.Errorf("%s is no secret key of minisign: %s", file, strings.TrimPrefix(err.Error(), "minisign: "))
		}
		return key, check(file, key)
	}
	password, err := ask()
	if err != nil {
		return key, err
	}
	if key, err = minisign.DecryptKey(password, text); err != nil {
		return key, fmt.Errorf("%s: the password is wrong", file)
	}
	return key, check(file, key)
}

// check refuses a key whose two halves don't belong together: what it signs, nobody could check.
func check(file string, key minisign.PrivateKey) error {
	public, ok := key.Public().(minisign.PublicKey)
	if !ok || !minisign.Verify(public, []byte(file), minisign.Sign(key, []byte(file))) {
		return fmt.Errorf("%s: %w", file, errors.New("its two halves don't belong together"))
	}
	return nil
}

// ReadPublic reads a public key: a file of minisign's, or the key itself in base64.
func ReadPublic(word string) (minisign.PublicKey, error) {
	var key minisign.PublicKey
	if text, err := os.ReadFile(word); err == nil {
		if err := key.UnmarshalText(text); err != nil {
			return key, fmt.Errorf("%s is no public key of minisign: %s", word, strings.TrimPrefix(err.Error(), "minisign: "))
		}
		return key, nil
	} else if key.UnmarshalText([]byte(word)) != nil {
		return key, fmt.Errorf("'%s' is no public key, and no file with one: %w", word, err)
	}
	return key, nil
}
