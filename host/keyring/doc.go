// Package keyring remembers whom the user believes and what the user has said yes to: the keys whose signatures count, the
// keys to sign with, and the packs that may do what they ask for. It all lies in one folder, as plain files.
package keyring
