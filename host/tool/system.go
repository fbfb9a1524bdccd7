package tool

import (
	"bytes"
	"debug/elf"
	"debug/macho"
	"debug/pe"
	"errors"
	"fmt"
)

// A System is what an executable runs on, in Go's words.
type System struct{ OS, Machine string }

func (s System) String() string { return s.OS + "/" + s.Machine }

// systemOf reads the head of an executable, and finds out whether all that it tells of is there.
func systemOf(data []byte) (s System, err error) {
	defer func() {
		if recover() != nil { // package debug's readers trust some numbers
			err = errors.New("its headers are broken")
		}
	}()
	switch {
	case bytes.HasPrefix(data, []byte(elf.ELFMAG)):
		return elfSystem(data)
	case bytes.HasPrefix(data, []byte("MZ")):
		return peSystem(data)
	case bytes.HasPrefix(data, []byte{0xcf, 0xfa, 0xed, 0xfe}):
		return machoSystem(data)
	case bytes.HasPrefix(data, []byte{0xca, 0xfe, 0xba, 0xbe}):
		return System{}, errors.New("it is for several machines at once (lipo -thin parts them)")
	case bytes.HasPrefix(data, []byte("PK")):
		return System{}, errors.New("it is an archive: unpack it first")
	case bytes.HasPrefix(data, []byte{0x1f, 0x8b}):
		return System{}, errors.New("it is compressed: unpack it first")
	}
	return System{}, errors.New("it is no program of Linux, macOS or Windows")
}

var errCut = errors.New("it is cut off")

// within refuses an executable that tells of more bytes than there are.
func within(data []byte, offset, size uint64) error {
	if offset > uint64(len(data)) || size > uint64(len(data))-offset {
		return errCut
	}
	return nil
}

func elfSystem(data []byte) (System, error) {
	f, err := elf.NewFile(bytes.NewReader(data))
	if err != nil {
		return System{}, errCut
	}
	if f.Type != elf.ET_EXEC && f.Type != elf.ET_DYN {
		return System{}, errors.New("it is no program")
	}
	for _, p := range f.Progs {
		if err := within(data, p.Off, p.Filesz); err != nil {
			return System{}, err
		}
	}
	for _, s := range f.Sections {
		if s.Type == elf.SHT_NOBITS || s.Type == elf.SHT_NULL {
			continue
		}
		if err := within(data, s.Offset, s.FileSize); err != nil {
			return System{}, err
		}
	}
	machine, ok := map[elf.Machine]string{elf.EM_X86_64: "amd64", elf.EM_AARCH64: "arm64", elf.EM_386: "386", elf.EM_ARM: "arm", elf.EM_RISCV: "riscv64"}[f.Machine]
	if !ok {
		machine = f.Machine.String()
	}
	system, ok := map[elf.OSABI]string{elf.ELFOSABI_NONE: "linux", elf.ELFOSABI_LINUX: "linux", elf.ELFOSABI_FREEBSD: "freebsd", elf.ELFOSABI_NETBSD: "netbsd", elf.ELFOSABI_OPENBSD: "openbsd"}[f.OSABI]
	if !ok {
		system = f.OSABI.String()
	}
	return System{system, machine}, nil
}

func peSystem(data []byte) (System, error) {
	f, err := pe.NewFile(bytes.NewReader(data))
	if err != nil {
		return System{}, errCut
	}
	if f.Characteristics&pe.IMAGE_FILE_EXECUTABLE_IMAGE == 0 || f.Characteristics&pe.IMAGE_FILE_DLL != 0 {
		return System{}, errors.New("it is no program")
	}
	for _, s := range f.Sections {
		if err := within(data, uint64(s.Offset), uint64(s.Size)); err != nil {
			return System{}, err
		}
	}
	if err := unsignedPE(f); err != nil {
		return System{}, err
	}
	machine, ok := map[uint16]string{pe.IMAGE_FILE_MACHINE_AMD64: "amd64", pe.IMAGE_FILE_MACHINE_ARM64: "arm64", pe.IMAGE_FILE_MACHINE_I386: "386"}[f.Machine]
	if !ok {
		machine = fmt.Sprintf("%#x", f.Machine)
	}
	return System{"windows", machine}, nil
}

// unsignedPE refuses a program with a certificate (PE format, attribute certificate table): whatever is changed in it or put
// behind it makes the signature wrong.
func unsignedPE(f *pe.File) error {
	var table pe.DataDirectory
	switch h := f.OptionalHeader.(type) {
	case *pe.OptionalHeader64:
		table = h.DataDirectory[pe.IMAGE_DIRECTORY_ENTRY_SECURITY]
	case *pe.OptionalHeader32:
		table = h.DataDirectory[pe.IMAGE_DIRECTORY_ENTRY_SECURITY]
	}
	if table.Size == 0 {
		return nil
	}
	return errSigned
}

// errSigned is said of a base whose signature would be wrong afterwards.
var errSigned = errors.New("it is signed by a certificate: take one that isn't, and sign the tool")

func machoSystem(data []byte) (System, error) {
	f, err := macho.NewFile(bytes.NewReader(data))
	if err != nil {
		return System{}, errCut
	}
	if f.Type != macho.TypeExec {
		return System{}, errors.New("it is no program")
	}
	for _, l := range f.Loads {
		if s, ok := l.(*macho.Segment); ok {
			if err := within(data, s.Offset, s.Filesz); err != nil {
				return System{}, err
			}
		}
	}
	machine, ok := map[macho.Cpu]string{macho.CpuAmd64: "amd64", macho.CpuArm64: "arm64"}[f.Cpu]
	if !ok {
		machine = f.Cpu.String()
	}
	return System{"darwin", machine}, nil
}
