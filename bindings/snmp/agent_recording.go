package snmp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"moonwire/host/decl"
	"moonwire/host/mib"
	"moonwire/host/network"
	"moonwire/host/snmp/agent"
	"moonwire/host/snmp/message"
	"moonwire/host/snmp/oid"
	"moonwire/host/snmp/recording"
)

// recordingNames are a runtime's names, for recordings that were printed with names.
type recordingNames struct{ tree *mib.Tree }

// Resolve finds what a name stands for.
func (n recordingNames) Resolve(name string) (oid.OID, error) { return resolve(n.tree, name) }

// Octets reads a string as the MIB's display hint has it.
func (n recordingNames) Octets(name oid.OID, text string) ([]byte, error) {
	if s := n.syntax(name); s != nil {
		return s.ParseOctets(text)
	}
	return []byte(text), nil
}

// Number reads a number as the MIB's enumeration and hint have it.
func (n recordingNames) Number(name oid.OID, text string) (int64, error) {
	if s := n.syntax(name); s != nil {
		return s.ParseInt(text)
	}
	return 0, fmt.Errorf("no number: %.60q", text)
}

func (n recordingNames) syntax(name oid.OID) *mib.Syntax {
	if node, _ := n.tree.Prefix(name); node != nil {
		return node.Syntax
	}
	return nil
}

// longestRecording is how long a recording may be.
const longestRecording = 256 << 20

// readRecording reads a file.
func readRecording(ctx context.Context, tree *mib.Tree, path string) (*recording.Recording, error) {
	f, err := network.FilesFrom(ctx).Open(path, os.O_RDONLY, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, longestRecording+1))
	switch {
	case err != nil:
		return nil, err
	case len(text) > longestRecording:
		return nil, decl.Refuse(decl.Unsupported, fmt.Errorf("%s is longer than %d bytes", path, longestRecording))
	}
	r, err := recording.Read(text, recordingNames{tree})
	if err != nil {
		kind := decl.Malformed
		if errors.Is(err, recording.ErrVariation) {
			kind = decl.Unsupported
		}
		return nil, decl.Refuse(kind, fmt.Errorf("%s: %w", filepath.Base(path), err))
	}
	return r, nil
}

// A recorded is a recording as several agents and contexts share it.
type recorded struct {
	*recording.Recording
	table *agent.Table
}

// recordings reads the files that the options name, each once.
func (r *agentReader) recordings(ctx context.Context) error {
	r.recorded = map[string]*recorded{}
	files := []string{r.options.From}
	for _, c := range r.options.Contexts {
		files = append(files, c.From)
	}
	for _, file := range files {
		if file == "" || r.recorded[file] != nil {
			continue
		}
		rec, err := readRecording(ctx, r.handle.names, file)
		if err != nil {
			return err
		}
		table, err := agent.NewTable(rec.Vars())
		if err != nil {
			return err
		}
		r.recorded[file] = &recorded{rec, table}
		for _, p := range rec.Problems {
			r.handle.problems = append(r.handle.problems, fmt.Sprintf("%s: %s", filepath.Base(file), p))
		}
	}
	return nil
}

// base is a tree of a recording, which may be none, and of variables that go before it.
func (r *agentReader) base(file string, vars []message.Var) (*agent.Tree, error) {
	rec := r.recorded[file]
	if rec == nil {
		table, err := agent.NewTable(vars)
		return agent.NewTree(table), err
	}
	t := agent.NewTree(rec.table)
	ctx := decl.HostOf(r.L).Context()
	t.Mount(rec.Mounts(network.ClockFrom(ctx), network.Rand(ctx))...)
	for _, v := range vars {
		t.Unmount(v.Name)
	}
	return t, t.Set(vars...)
}
