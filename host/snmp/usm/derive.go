package usm

import (
	"bytes"
	"crypto/sha256"
)

// stretched is how much of a password, repeated, is hashed (RFC 3414 section 2.6).
const stretched = 1 << 20

// stretch is a master key: the hash of a megabyte of a password that is repeated (RFC 3414 sections A.2.1 and A.2.2).
func stretch(a AuthProtocol, password []byte) []byte {
	h := auths[a].hash.New()
	block := bytes.Repeat(password, 1+4096/len(password))
	for left := stretched; left > 0; left -= len(block) {
		h.Write(block[:min(left, len(block))])
	}
	return h.Sum(nil)
}

// masters are the master keys of passwords. Without that memory each new engine of a user costs a megabyte of hashing per
// key, which makes thousands of agents slow, and strangers' traps with invented engine ids an attack.
var masters memory[[]byte]

// derive is a localised key from a password.
func derive(a AuthProtocol, password string, engine []byte) []byte {
	id := sha256.Sum256(append([]byte{byte(a)}, password...))
	master, ok := masters.get(id)
	if !ok {
		master = stretch(a, []byte(password))
		masters.put(id, master)
	}
	return localizeMaster(a, master, engine)
}

// localizeMaster is a localised key from a master key (RFC 3414 section 2.6).
func localizeMaster(a AuthProtocol, master, engine []byte) []byte {
	h := auths[a].hash.New()
	h.Write(master)
	h.Write(engine)
	h.Write(master)
	return h.Sum(nil)
}

// lengthen makes a localised key long enough for p and cuts it to what p takes.
func lengthen(a AuthProtocol, p PrivProtocol, key, engine []byte) []byte {
	last := key
	for len(key) < p.KeySize() {
		if privs[p].extend == reeder { // the key so far is a password
			last = localizeMaster(a, stretch(a, last), engine)
		} else {
			h := auths[a].hash.New()
			h.Write(key)
			last = h.Sum(nil)
		}
		key = append(key[:len(key):len(key)], last...)
	}
	return key[:p.KeySize()]
}
