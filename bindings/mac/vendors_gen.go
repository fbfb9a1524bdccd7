//go:build ignore

// This program writes vendors.gz from IEEE's listings, as Debian's package ieee-data installs them (public domain):
//
//	go run vendors_gen.go /usr/share/ieee-data
//
// Each line is a vendor's name, a tab, and the prefixes it has, in hexadecimal: six digits (MA-L), seven (MA-M) or nine
// (MA-S, IAB).
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"log"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	prefixes := map[string][]string{}
	for _, name := range []string{"oui.csv", "mam.csv", "oui36.csv", "iab.csv"} {
		if err := read(filepath.Join(os.Args[1], name), prefixes); err != nil {
			log.Fatal(err)
		}
	}
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
	for _, vendor := range slices.Sorted(maps.Keys(prefixes)) {
		slices.Sort(prefixes[vendor])
		fmt.Fprintf(w, "%s\t%s\n", vendor, strings.Join(prefixes[vendor], " "))
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile("vendors.gz", out.Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
}

// read adds one listing: registry, assignment, organization name, address.
func read(name string, prefixes map[string][]string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return err
	}
	for _, row := range rows[1:] {
		vendor := strings.Join(strings.Fields(strings.ToValidUTF8(row[2], "?")), " ")
		prefixes[vendor] = append(prefixes[vendor], strings.ToLower(row[1]))
	}
	return nil
}
