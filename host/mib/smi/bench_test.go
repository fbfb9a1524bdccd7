package smi_test

import (
	"testing"

	"moonwire/host/mib"
	"moonwire/host/mib/facts"
	"moonwire/host/mib/smi"
	"moonwire/host/mib/smi/smitest"
	"moonwire/host/network"
)

// BenchmarkLoad reads a hundred modules of a vendor's size and puts them into a tree.
func BenchmarkLoad(b *testing.B) {
	const modules = 100
	dir := b.TempDir()
	if err := smitest.Base(dir); err != nil {
		b.Fatal(err)
	}
	if err := smitest.Vendor(dir, modules); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		smi.Forget()
		tree := mib.New(facts.Table())
		set, err := smi.Load(b.Context(), network.OSFiles(), []string{dir}, smi.Options{Known: tree})
		if err != nil || len(set.Problems) > 0 {
			b.Fatal(set.Problems, err)
		}
		tree.Add(set.Modules...)
		if _, err := tree.Find(smitest.Last(modules)); err != nil {
			b.Fatal(err)
		}
	}
}
