// Command generate writes table.gz from pysnmp's MIB modules, as Debian's packages python3-pysnmp4 (BSD, 2 clauses) and
// python3-pysnmp4-mibs (BSD, 3 clauses) install them, and from net-snmp's own MIB files, as libsnmp-base (BSD) installs
// them. Only facts are taken: names, OIDs, types, access, indices, enumerations and hints; no description.
package main

import (
	"bytes"
	"compress/gzip"
	_ "embed" // for dump.py
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"

	"moonwire/host/mib"
	"moonwire/host/mib/compact"
)

// dump prints what the modules declare.
//
//go:embed dump.py
var dump string

func main() {
	out := flag.String("o", "table.gz", "file to write")
	python := flag.String("python", "/usr/bin/python3", "interpreter")
	packages := flag.String("packages", "/usr/lib/python3/dist-packages", "where pysnmp and pysnmp_mibs are")
	files := flag.String("mibs", "/usr/share/snmp/mibs", "where net-snmp's MIB files are")
	flag.Parse()
	log.SetFlags(0)
	if err := write(*out, *python, *packages, *files); err != nil {
		log.Fatal(err)
	}
}

func write(out, python, packages, files string) error {
	declared, err := read(python, packages+"/pysnmp/smi/mibs", packages+"/pysnmp_mibs")
	if err != nil {
		return err
	}
	modules, err := convert(declared)
	if err != nil {
		return err
	}
	if modules, err = netSNMP(files, modules); err != nil {
		return err
	}
	table, err := compact.Encode(modules)
	if err != nil {
		return err
	}
	var packed bytes.Buffer
	w, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	w.Write(table)
	if err := w.Close(); err != nil {
		return err
	}
	log.Printf("%d modules, %d nodes, %d bytes, %d packed", len(modules), count(modules), len(table), packed.Len())
	return os.WriteFile(out, packed.Bytes(), 0o644)
}

func count(modules []*mib.Module) int {
	n := 0
	for _, m := range modules {
		n += len(m.Nodes)
	}
	return n
}

// read runs dump.
func read(python string, folders ...string) ([]declaredModule, error) {
	cmd := exec.Command(python, append([]string{"-c", dump}, folders...)...)
	cmd.Stderr = os.Stderr
	text, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", python, err)
	}
	var list []declaredModule
	for line := range bytes.Lines(text) {
		var m declaredModule
		if err := json.Unmarshal(line, &m); err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	return list, nil
}
