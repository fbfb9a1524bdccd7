package usm

import (
	"sync"

	"github.com/gosnmp/gosnmp"
)

// gosnmp's names of the digests.
var gosnmpAuth = [...]gosnmp.SnmpV3AuthProtocol{
	gosnmp.NoAuth, gosnmp.MD5, gosnmp.SHA, gosnmp.SHA224, gosnmp.SHA256, gosnmp.SHA384, gosnmp.SHA512,
}

// derive is a localised key from a password (RFC 3414 section 2.6 and A.2): a megabyte of the password repeated is
// hashed, and the result is hashed again around the engine's id.
func derive(a AuthProtocol, password string, engine []byte) ([]byte, error) {
	masters.enter()
	defer masters.leave()
	p := gosnmp.UsmSecurityParameters{
		AuthoritativeEngineID:    string(engine),
		AuthenticationProtocol:   gosnmpAuth[a],
		AuthenticationPassphrase: password,
	}
	err := p.InitSecurityKeys()
	return p.SecretKey, err
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
func lengthen(a AuthProtocol, p PrivProtocol, key, engine []byte) ([]byte, error) {
	last := key
	for len(key) < p.KeySize() {
		if privs[p].extend == reeder { // the key so far is a password
			next, err := derive(a, string(last), engine)
			if err != nil {
				return nil, err
			}
			last = next
		} else {
			h := auths[a].hash.New()
			h.Write(key)
			last = h.Sum(nil)
		}
		key = append(key[:len(key):len(key)], last...)
	}
	return key[:p.KeySize()], nil
}

// mastersKept bounds the master keys that gosnmp remembers by password.
const mastersKept = 4096

// masters guards what gosnmp remembers. Without that memory each new engine of a user costs a megabyte of hashing per
// key, which makes thousands of agents slow, and strangers' traps with invented engine ids an attack. gosnmp forgets
// nothing by itself, so all is forgotten when it may have grown too large.
var masters masterKeys

type masterKeys struct {
	using sync.RWMutex
	mu    sync.Mutex
	asked int
}

func (m *masterKeys) enter() {
	m.mu.Lock()
	m.asked++
	full := m.asked > mastersKept
	if full {
		m.asked = 1
	}
	m.mu.Unlock()
	if full {
		m.forget()
	}
	m.using.RLock()
}

func (m *masterKeys) leave() { m.using.RUnlock() }

// forget empties gosnmp's memory while no key of ours is being made.
func (m *masterKeys) forget() {
	m.using.Lock()
	defer m.using.Unlock()
	gosnmp.PasswordCaching(false)
	gosnmp.PasswordCaching(true)
}
