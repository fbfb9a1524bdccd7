package pack

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"aead.dev/minisign"
)

const mainSource = "-- title: Demo\n-- needs: net 127.0.0.1:7/udp; read /etc/hosts\n-- version: 1.2\nprint 'hello'\n"

// demo is a recipe with a module and data, some of which pack well and some too well.
func demo() *Recipe {
	return &Recipe{Name: "demo", Main: "main.lua", Files: map[string][]byte{
		"main.lua": []byte(mainSource), "lib/greet.lua": []byte("return 'hello'\n"), "data/zeros": make([]byte, 3<<20), "data/空.txt": bytes.Repeat([]byte("some text "), 50), "empty": {},
	}}
}

func written(t testing.TB, r *Recipe, key *minisign.PrivateKey) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, r, key); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func readBytes(data []byte) (*Pack, error) {
	return Read("x.moon", bytes.NewReader(data), int64(len(data)))
}

// whole opens a pack and checks all of it.
func whole(data []byte) (*Pack, error) {
	p, err := readBytes(data)
	if err == nil {
		err = p.Verify()
	}
	return p, err
}

func newKey(t testing.TB) (minisign.PublicKey, minisign.PrivateKey) {
	t.Helper()
	public, secret, err := minisign.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	return public, secret
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	public, secret := newKey(t)
	stranger, _ := newKey(t)
	data := written(t, demo(), &secret)
	if !bytes.Equal(data, written(t, demo(), &secret)) {
		t.Error("equal recipes give different bytes")
	}
	p, err := whole(data)
	if err != nil {
		t.Fatal(err)
	}
	if !p.SignedBy(public) || p.SignedBy(stranger) || p.Signature.Comment != "moonwire pack demo@1.2" {
		t.Errorf("signature: %+v", p.Signature)
	}
	for path, want := range demo().Files {
		got, err := fs.ReadFile(p, path)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %d bytes, %v", path, len(got), err)
		}
	}
	if _, err := p.ReadFile("none"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	// Another program's reader sees the same files.
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil || len(z.File) != len(demo().Files)+2 {
		t.Errorf("%d files, %v", len(z.File), err)
	}
}

// A pack that ends early or has one other bit is refused.
func TestTornAndAltered(t *testing.T) {
	t.Parallel()
	r := demo()
	delete(r.Files, "data/zeros")
	_, secret := newKey(t)
	data := written(t, r, &secret)
	for n := range data {
		if _, err := whole(data[:n]); err == nil {
			t.Errorf("cut to %d of %d bytes: accepted", n, len(data))
		} else if !strings.HasPrefix(err.Error(), "x.moon: ") {
			t.Errorf("cut to %d bytes: %v names no pack", n, err)
		}
	}
	for i := range data {
		for bit := range 8 {
			altered := slices.Clone(data)
			altered[i] ^= 1 << bit
			if _, err := whole(altered); err == nil {
				t.Errorf("byte %d, bit %d: accepted", i, bit)
			}
		}
	}
}

// An item is a file of a zip that a test makes.
type item struct {
	name string
	data []byte
	mode fs.FileMode
}

// zipped is a zip with the items as they are, stored.
func zipped(t testing.TB, items ...item) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, it := range items {
		h := &zip.FileHeader{Name: it.name, Method: zip.Store, CRC32: crc(it.data), CompressedSize64: uint64(len(it.data)), UncompressedSize64: uint64(len(it.data))}
		h.Flags = flagsOf(it.name)
		h.SetMode(it.mode | 0o644)
		h.CreatorVersion, h.ReaderVersion = h.CreatorVersion|needed, needed
		h.ModifiedDate = firstDay //lint:ignore SA1019 CreateRaw writes this field, not Modified
		w, err := z.CreateRaw(h)
		if err == nil {
			_, err = w.Write(it.data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// parts are the files of a good pack, its manifest changed.
func parts(t testing.TB, change func(*Manifest), more ...item) []item {
	t.Helper()
	r := &Recipe{Name: "demo", Main: "main.lua", Files: map[string][]byte{"main.lua": []byte(mainSource), "a.txt": []byte("a")}}
	m, err := r.manifest()
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(m)
	}
	return append([]item{{name: manifestName, data: m.encode()}, {name: "a.txt", data: []byte("a")}, {name: "main.lua", data: []byte(mainSource)}}, more...)
}

// with is the good pack with another file, listed in its manifest.
func with(t testing.TB, name string) []byte {
	f := newFile(name, []byte("x"))
	return zipped(t, parts(t, func(m *Manifest) {
		m.Files = append(m.Files, f)
		slices.SortFunc(m.Files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	}, item{name: name, data: []byte("x")})...)
}

func TestRefused(t *testing.T) {
	t.Parallel()
	manifest := func(change func(*Manifest)) []byte { return zipped(t, parts(t, change)...) }
	text := func(old, new string) []byte {
		items := parts(t, nil)
		items[0].data = bytes.Replace(items[0].data, []byte(old), []byte(new), 1)
		return zipped(t, items...)
	}
	good := manifest(nil)
	if _, err := whole(good); err != nil {
		t.Fatal(err)
	}
	patched := func(change func(b []byte, directory, end int)) []byte {
		b := slices.Clone(good)
		end := len(b) - endSize
		change(b, int(binary.LittleEndian.Uint32(b[end+16:])), end)
		return b
	}
	le := binary.LittleEndian
	for name, tt := range map[string]struct {
		data []byte
		want string
	}{
		"empty":              {nil, "not a pack: 0 bytes are too few"},
		"other file":         {bytes.Repeat([]byte("x"), 999), "not a pack, or cut off"},
		"something before":   {append([]byte("#!/bin/sh\n"), good...), "the zip directory isn't where it should be"},
		"something behind":   {append(slices.Clone(good), "more"...), "not a pack, or cut off"},
		"no manifest":        {zipped(t, item{name: "main.lua", data: []byte(mainSource)}), "no pack: it has no manifest.json"},
		"dot dot":            {with(t, "../evil.lua"), "a path that leaves its folder"},
		"dot dot inside":     {with(t, "a/../../evil.lua"), "a path that leaves its folder"},
		"absolute":           {with(t, "/etc/cron.d/evil"), "an absolute path"},
		"drive":              {with(t, "C:evil"), "a name with ':'"},
		"backslash":          {with(t, `..\evil`), `a path with '\'`},
		"stream":             {with(t, "a.txt:evil"), "a name with ':'"},
		"device":             {with(t, "lib/nul.lua"), "'nul.lua' is a device on Windows"},
		"device with digit":  {with(t, "COM1"), "'COM1' is a device on Windows"},
		"trailing dot":       {with(t, "main.lua."), "a name that ends in '.'"},
		"control character":  {with(t, "a\x1b[2J"), "a name with"},
		"not UTF-8":          {with(t, "a\xff"), "the name is not UTF-8"},
		"empty part":         {with(t, "a//b"), "a path that leaves its folder"},
		"upper and lower":    {with(t, "MAIN.lua"), "differs from"},
		"file and folder":    {with(t, "a.txt/b"), "is a"},
		"own name":           {with(t, "Manifest.json"), "differs from 'manifest.json' in upper and lower case only"},
		"folder":             {zipped(t, parts(t, nil, item{name: "sub/", mode: fs.ModeDir})...), "not a plain file"},
		"symbolic link":      {zipped(t, parts(t, nil, item{name: "link", data: []byte("/etc/passwd"), mode: fs.ModeSymlink})...), "link: not a plain file"},
		"device node":        {zipped(t, parts(t, nil, item{name: "zero", mode: fs.ModeDevice | fs.ModeCharDevice})...), "zero: not a plain file"},
		"twice":              {zipped(t, parts(t, nil, item{name: "a.txt", data: []byte("b")})...), "a.txt: comes twice"},
		"not listed":         {zipped(t, parts(t, nil, item{name: "b.txt", data: []byte("b")})...), "b.txt: is in the pack but not in its manifest"},
		"not there":          {zipped(t, parts(t, nil)[:2]...), "main.lua: is in the manifest but not in the pack"},
		"other content":      {zipped(t, append(parts(t, nil)[:1], item{name: "a.txt", data: []byte("b")}, item{name: "main.lua", data: []byte(mainSource)})...), "a.txt: altered: its SHA-256"},
		"other size":         {zipped(t, append(parts(t, nil)[:1], item{name: "a.txt", data: []byte("bb")}, item{name: "main.lua", data: []byte(mainSource)})...), "a.txt: has 2 bytes, its manifest says 1"},
		"more needs":         {manifest(func(m *Manifest) { m.Needs = append(m.Needs, "raw") }), "asks for 'raw', which the header of main.lua doesn't declare"},
		"flags":              {manifest(func(m *Manifest) { m.Flags = []string{"--allow-raw"} }), "asks for moonwire's flags, which only a built tool may"},
		"unknown key":        {text(`"title"`, `"tilte"`), `manifest.json: unknown field "tilte"`},
		"key twice":          {text(`"name": "demo"`, `"name": "other", "name": "demo"`), "not written as moonwire writes it"},
		"other letters":      {text(`"name"`, `"Name"`), "not written as moonwire writes it"},
		"newer":              {text(`"format": 1`, `"format": 2`), "format 2 is newer than this moonwire, which reads format 1"},
		"no format":          {text(`"format": 1`, `"format": 0`), "format 0 is none that this moonwire reads"},
		"no JSON":            {text(`{`, `[`), "not JSON as moonwire writes it"},
		"bad name":           {manifest(func(m *Manifest) { m.Name = "../x" }), "'../x' is no name for a recipe"},
		"bad version":        {manifest(func(m *Manifest) { m.Version = "1/2" }), "'1/2' is no version"},
		"escape in title":    {manifest(func(m *Manifest) { m.Title = "\x1b[2J" }), "a control character"},
		"main not there":     {manifest(func(m *Manifest) { m.Main = "other.lua" }), "its main file 'other.lua' is not among its files"},
		"negative size":      {manifest(func(m *Manifest) { m.Files[0].Size = -1 }), "-1 bytes"},
		"huge file":          {manifest(func(m *Manifest) { m.Files[0].Size = 1 << 40 }), "bytes are more than one may have"},
		"huge manifest":      {zipped(t, item{name: manifestName, data: make([]byte, maxManifest+1)}), "bytes are more than one may have"},
		"bad hash":           {manifest(func(m *Manifest) { m.Files[0].SHA256 = "x" }), "'x' is no SHA-256"},
		"no signature":       {zipped(t, parts(t, nil, item{name: signatureName, data: []byte("x")})...), "manifest.json.minisig: invalid signature"},
		"bad header":         {badHeader(t), "unknown header key 'titel'"},
		"too many files":     {patched(func(b []byte, _, end int) { le.PutUint16(b[end+8:], 0xffff); le.PutUint16(b[end+10:], 0xffff) }), "65535 files are more than a pack may have"},
		"other date":         {patched(func(b []byte, d, _ int) { b[d+14]++ }), notAsWritten},
		"local date":         {patched(func(b []byte, _, _ int) { b[12]++ }), "manifest.json: " + notAsWritten},
		"several volumes":    {patched(func(b []byte, _, end int) { b[end+4] = 1 }), "several volumes"},
		"encrypted":          {patched(func(b []byte, d, _ int) { b[d+8] |= 1 }), "encrypted"},
		"streamed":           {patched(func(b []byte, d, _ int) { b[d+8] |= 8 }), "streamed"},
		"other method":       {patched(func(b []byte, d, _ int) { b[d+10] = 14 }), "zip method 14"},
		"64-bit size":        {patched(func(b []byte, d, _ int) { le.PutUint32(b[d+24:], 0xffffffff) }), "its two sizes differ"},
		"64-bit offset":      {patched(func(b []byte, d, _ int) { le.PutUint32(b[d+42:], 0xffffffff) }), "hidden bytes lie before it"},
		"overlap":            {patched(overlap), "overlaps another file"},
		"two local names":    {patched(func(b []byte, _, _ int) { b[localSize] ^= 1 }), "contradict each other"},
		"two sizes":          {patched(func(b []byte, _, _ int) { b[22]++ }), "contradict each other"},
		"wrong checksum":     {patched(func(b []byte, d, _ int) { b[d+16]++; b[14]++ }), "its checksum is wrong"},
		"hidden before":      {hidden(t), "hidden bytes lie"},
		"bomb":               {bomb(t), "bytes would unpack to"},
		"lie about unpacked": {lie(t), "doesn't unpack to its"},
	} {
		_, err := whole(tt.data)
		if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.HasPrefix(err.Error(), "x.moon: ") {
			t.Errorf("%s:\ngot  %v\nwant %s", name, err, tt.want)
		}
	}
}

func badHeader(t *testing.T) []byte {
	main := []byte("-- titel: x\n")
	return zipped(t, append(parts(t, func(m *Manifest) { m.Files[1] = newFile("main.lua", main) })[:2], item{name: "main.lua", data: main})...)
}

// overlap lets the second entry begin where the first one does.
func overlap(b []byte, directory, _ int) {
	second := directory + directorySize + len(manifestName)
	binary.LittleEndian.PutUint32(b[second+42:], 0)
}

// hidden is a pack with bytes between its last file and its directory.
func hidden(t *testing.T) []byte {
	b := zipped(t, parts(t, nil)...)
	end := len(b) - endSize
	at := int(binary.LittleEndian.Uint32(b[end+16:]))
	binary.LittleEndian.PutUint32(b[end+16:], uint32(at+4))
	return slices.Insert(b, at, []byte("evil")...)
}

// bomb is a pack whose file is deflated better than Write would.
func bomb(t *testing.T) []byte {
	zeros := make([]byte, 32<<20)
	m, err := (&Recipe{Name: "bomb", Main: "main.lua", Files: map[string][]byte{"main.lua": nil, "zeros": zeros}}).manifest()
	if err != nil {
		t.Fatal(err)
	}
	packed := deflatedBytes(t, zeros)
	return rawZip(t, item{name: manifestName, data: m.encode()}, item{name: "main.lua"}, packed, zeros)
}

// lie is a pack whose directory says that a file unpacks to less than it does.
func lie(t *testing.T) []byte {
	zeros := make([]byte, 4096)
	m, err := (&Recipe{Name: "lie", Main: "main.lua", Files: map[string][]byte{"main.lua": nil, "zeros": zeros[:100]}}).manifest()
	if err != nil {
		t.Fatal(err)
	}
	return rawZip(t, item{name: manifestName, data: m.encode()}, item{name: "main.lua"}, deflatedBytes(t, zeros), zeros[:100])
}

// rawZip is a zip of two stored files and of one, "zeros", as it was deflated.
func rawZip(t *testing.T, a, b item, packed, said []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, h := range []struct {
		zip.FileHeader
		data []byte
	}{
		{zip.FileHeader{Name: a.name, CRC32: crc(a.data), CompressedSize64: uint64(len(a.data)), UncompressedSize64: uint64(len(a.data))}, a.data},
		{zip.FileHeader{Name: b.name}, nil},
		{zip.FileHeader{Name: "zeros", Method: zip.Deflate, CRC32: crc(said), CompressedSize64: uint64(len(packed)), UncompressedSize64: uint64(len(said))}, packed},
	} {
		h.SetMode(0o644)
		h.CreatorVersion, h.ReaderVersion = h.CreatorVersion|needed, needed
		h.ModifiedDate = firstDay
		w, err := z.CreateRaw(&h.FileHeader)
		if err == nil {
			_, err = w.Write(h.data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Files of one signed pack in another one are refused, each way round; and so is a signature of another pack.
func TestSwapped(t *testing.T) {
	t.Parallel()
	public, secret := newKey(t)
	content := func(text string) (string, []item) {
		r := &Recipe{Name: "demo", Main: "main.lua", Files: map[string][]byte{"main.lua": []byte(mainSource), "x": []byte(text)}}
		p, err := whole(written(t, r, &secret))
		if err != nil {
			t.Fatal(err)
		}
		return p.ID, []item{{name: manifestName, data: p.text}, {name: signatureName, data: p.Signature.text}, {name: "main.lua", data: []byte(mainSource)}, {name: "x", data: []byte(text)}}
	}
	_, one := content("1")
	_, two := content("2")
	for i := range one {
		swapped := slices.Clone(one)
		swapped[i] = two[i]
		p, err := whole(zipped(t, swapped...))
		switch {
		case bytes.Equal(one[i].data, two[i].data):
		case i == 1 && (err != nil || p.SignedBy(public)):
			t.Errorf("another's signature: %v", err)
		case i != 1 && err == nil:
			t.Errorf("another's %s was accepted", one[i].name)
		}
	}
}

// A pack inside a pack is data like any other.
func TestNested(t *testing.T) {
	t.Parallel()
	inner := written(t, demo(), nil)
	for range 10 {
		inner = written(t, &Recipe{Name: "nested", Main: "main.lua", Files: map[string][]byte{"main.lua": nil, "inner.moon": inner}}, nil)
	}
	if _, err := whole(inner); err != nil {
		t.Error(err)
	}
}

func TestWriteRefuses(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{"../x": "leaves its folder", "nul": "device", "manifest.json": "can't be one of the recipe", "MAIN.LUA": "upper and lower case"} {
		r := demo()
		r.Files[path] = []byte("x")
		if err := Write(&bytes.Buffer{}, r, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// What Read takes, another program's reader takes for the same files.
// A pack may ask for less than its header declares, and for no more.
func TestFewerNeeds(t *testing.T) {
	t.Parallel()
	for _, needs := range [][]string{{}, {"read /etc/hosts"}} {
		r := demo()
		r.Needs = needs
		p, err := whole(written(t, r, nil))
		if err != nil || !slices.Equal(p.Manifest.Needs, needs) {
			t.Errorf("%q: %v, %v", needs, p, err)
		}
	}
	r := demo()
	r.Needs = []string{"raw"}
	if err := Write(io.Discard, r, nil); err == nil || !strings.Contains(err.Error(), "asks for 'raw'") {
		t.Errorf("got %v", err)
	}
}

func FuzzRead(f *testing.F) {
	r := demo()
	delete(r.Files, "data/zeros")
	_, secret := newKey(f)
	f.Add(written(f, r, nil))
	f.Add(written(f, r, &secret))
	f.Add(zipped(f, parts(f, nil)...))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := whole(data)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "x.moon: ") {
				t.Errorf("%v names no pack", err)
			}
			return
		}
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range p.Files() {
			got, err := fs.ReadFile(p, path)
			want, errZip := fs.ReadFile(z, path)
			if err != nil || errZip != nil || !bytes.Equal(got, want) {
				t.Error(fmt.Errorf("%s: %d and %d bytes, %v, %v", path, len(got), len(want), err, errZip))
			}
		}
	})
}
