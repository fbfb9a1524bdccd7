package filter_test

import (
	"testing"

	"golang.org/x/net/bpf"

	"moonwire/host/filter"
)

var common = []struct{ name, expression string }{
	{"ip", "ip"},
	{"port", "tcp port 80"},
	{"host", "host 10.0.0.1 and not port 22"},
	{"bytes", "tcp[tcpflags] & (tcp-syn|tcp-ack) = tcp-syn"},
	{"payload", "tcp port 80 and (((ip[2:2] - ((ip[0]&0xf)<<2)) - ((tcp[12]&0xf0)>>2)) != 0)"},
}

func whole(n int) []frame {
	var all []frame
	for _, f := range newForge(3).frames(1, n) {
		if f.wireLen == len(f.data) {
			all = append(all, f)
		}
	}
	return all
}

func BenchmarkMatch(b *testing.B) {
	frames := whole(4096)
	for _, c := range common {
		p, err := filter.Compile(c.expression, filter.Options{LinkType: 1})
		if err != nil {
			b.Fatal(err)
		}
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for i := range b.N {
				f := &frames[i%len(frames)]
				p.Match(f.data, f.wireLen)
			}
		})
	}
}

// BenchmarkMachine runs the same programs on the machine of golang.org/x/net/bpf.
func BenchmarkMachine(b *testing.B) {
	frames := whole(4096)
	for _, c := range common {
		p, err := filter.Compile(c.expression, filter.Options{LinkType: 1})
		if err != nil {
			b.Fatal(err)
		}
		code, _ := bpf.Disassemble(p.Instructions())
		vm, err := bpf.NewVM(code)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for i := range b.N {
				vm.Run(frames[i%len(frames)].data)
			}
		})
	}
}

func BenchmarkCompile(b *testing.B) {
	for _, c := range common {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for range b.N {
				filter.Compile(c.expression, filter.Options{LinkType: 1})
			}
		})
	}
}
