//go:build interop

package smi

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"moonwire/host/mib"
	"moonwire/host/mib/smi/smitest"
	"moonwire/host/network"
)

// pysmiNode is what pysmi says of a definition.
type pysmiNode struct {
	OID       string `json:"oid"`
	Class     string `json:"class"`
	NodeType  string `json:"nodetype"`
	MaxAccess string `json:"maxaccess"`
	Syntax    struct {
		Bits        map[string]int64 `json:"bits"`
		Constraints struct {
			Size        []pysmiRange     `json:"size"`
			Range       []pysmiRange     `json:"range"`
			Enumeration map[string]int64 `json:"enumeration"`
		} `json:"constraints"`
	} `json:"syntax"`
	Indices  []pysmiRef `json:"indices"`
	Augments pysmiRef   `json:"augmention"`
	Objects  []pysmiRef `json:"objects"`
}

type pysmiRef struct{ Module, Object string }

type pysmiRange struct{ Min, Max int64 }

// TestAgainstPysmi compares modules with what pysnmp's compiler makes of them.
func TestAgainstPysmi(t *testing.T) {
	t.Parallel()
	const modules = 3
	dir := t.TempDir()
	if err := errors.Join(smitest.Base(dir), smitest.Vendor(dir, modules)); err != nil {
		t.Fatal(err)
	}
	s, err := Load(t.Context(), network.OSFiles(), []string{dir}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"testdata/compile.py", dir}
	for i := range modules {
		args = append(args, fmt.Sprintf("HARBOUR-%d-MIB", i))
	}
	out, err := exec.Command("/usr/bin/python3", args...).Output()
	if err != nil {
		t.Fatalf("pysmi: %v", err)
	}
	var theirs map[string]map[string]json.RawMessage
	if err := json.Unmarshal(out, &theirs); err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, m := range s.Modules {
		for _, n := range m.Nodes {
			var peer pysmiNode
			if json.Unmarshal(theirs[m.Name][n.Name], &peer) != nil || !strings.HasPrefix(m.Name, "HARBOUR-") {
				continue
			}
			compared++
			if ours, want := pysmiLine(n), peer.line(); ours != want {
				t.Errorf("%s:\nours  %s\npysmi %s", n, ours, want)
			}
		}
	}
	if compared < 85*modules {
		t.Errorf("%d nodes were compared", compared)
	}
}

// pysmiClasses are pysmi's names of what is no object.
var pysmiClasses = map[string]string{"moduleidentity": "module", "objectidentity": "identifier", "notificationtype": "notification",
	"objectgroup": "object group", "modulecompliance": "compliance"}

func (p *pysmiNode) line() string {
	kind := p.NodeType
	if kind == "" {
		kind = pysmiClasses[p.Class]
	}
	words := []string{p.OID, kind, p.MaxAccess}
	named := p.Syntax.Constraints.Enumeration
	if len(p.Syntax.Bits) > 0 {
		named = p.Syntax.Bits
	}
	for _, name := range slices.Sorted(maps.Keys(named)) {
		words = append(words, fmt.Sprintf("%s(%d)", name, named[name]))
	}
	for _, r := range slices.Concat(p.Syntax.Constraints.Range, p.Syntax.Constraints.Size) {
		words = append(words, fmt.Sprintf("%d..%d", r.Min, r.Max))
	}
	refs := slices.Concat(p.Indices, p.Objects)
	if p.Augments.Object != "" { // the module that pysmi tells is the row's own
		words = append(words, "augments "+p.Augments.Object)
	}
	for _, r := range refs {
		if p.Class != "objectgroup" {
			words = append(words, r.Module+"::"+r.Object)
		}
	}
	return strings.Join(words, " ")
}

// pysmiLine is the same of ours: pysmi tells what a definition narrows, not what its convention says.
func pysmiLine(n *mib.Node) string {
	words := []string{n.OID.String(), n.Kind.String(), n.Access.String()}
	if s := n.Syntax; s != nil && (s.Name == "" || s.Name == "DisplayString") {
		enums := slices.Clone(s.Enums)
		slices.SortFunc(enums, func(a, b mib.Enum) int { return strings.Compare(a.Name, b.Name) })
		for _, e := range enums {
			words = append(words, fmt.Sprintf("%s(%d)", e.Name, e.Value))
		}
		for _, r := range slices.Concat(s.Ranges, s.Sizes) {
			words = append(words, fmt.Sprintf("%d..%d", r.Min, r.Max))
		}
	}
	if n.Augments.Name != "" {
		return strings.Join(append(words, "augments "+n.Augments.Name), " ")
	}
	for _, x := range n.Index {
		words = append(words, x.String())
	}
	for _, o := range n.Objects {
		words = append(words, o.String())
	}
	return strings.Join(words, " ")
}
