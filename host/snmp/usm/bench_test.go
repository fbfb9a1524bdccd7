package usm

import (
	"testing"

	"moonwire/host/snmp/message"
)

// benched are the users of benchmarks: what is common, and what costs most.
var benched = []*User{someone(SHA, NoPriv), someone(SHA, AES), someone(SHA512, AES256), someone(MD5, DES), someone(SHA, TripleDES)}

func name(u *User) string { return u.Auth.String() + "+" + u.Priv.String() }

// long is a response with 25 variables, as a walk in bulk has them.
func long(u *User) *message.Message {
	m := request(u, "x")
	for range 24 {
		m.PDU.Vars = append(m.PDU.Vars, m.PDU.Vars[0])
	}
	return m
}

func BenchmarkSeal(b *testing.B) {
	for _, u := range benched {
		b.Run(name(u), func(b *testing.B) {
			k, m := localized(b, u), long(u)
			b.ReportAllocs()
			for n := range b.N {
				if _, err := Seal(m, k, uint64(n)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkOpen(b *testing.B) {
	for _, u := range benched {
		b.Run(name(u), func(b *testing.B) {
			k := localized(b, u)
			data, err := Seal(long(u), k, 1)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for range b.N {
				m, err := message.Decode(data)
				if err == nil {
					err = Open(m, k)
				}
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkLocalize is what another engine of a known user costs.
func BenchmarkLocalize(b *testing.B) {
	for _, u := range []*User{someone(SHA, AES), someone(SHA, AES256), someone(SHA, AES256C)} {
		b.Run(name(u), func(b *testing.B) {
			engine := []byte("engine of many")
			for n := range b.N {
				engine[0], engine[1], engine[2] = byte(n), byte(n>>8), byte(n>>16)
				if _, err := u.Localize(engine); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
