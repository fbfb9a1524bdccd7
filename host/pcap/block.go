package pcap

// Types of blocks.
const (
	blockInterface  = 1
	blockPacketOld  = 2
	blockSimple     = 3
	blockNames      = 4
	blockStatistics = 5
	blockPacket     = 6
	blockJournal    = 9
	blockSecrets    = 10
	blockCustom     = 0x00000bad
	blockCustomOnce = 0x40000bad // not to be copied
	blockSection    = 0x0a0d0d0a
)

const (
	minBlock       = 12
	maxBlock       = 128<<20 + 128<<10 // the longest packet (D-Bus) with a head and options
	byteOrderMagic = 0x1a2b3c4d
)

// A Block is one block of a pcapng file as it stands there.
type Block struct {
	Type uint32
	Raw  []byte // with type and both lengths
	Big  bool   // its byte order
}

// Body is the block without its type and lengths.
func (b Block) Body() []byte { return b.Raw[8 : len(b.Raw)-4] }

// Name is what the type is called; "" for those that nobody knows.
func (b Block) Name() string {
	return map[uint32]string{
		blockSection: "section header", blockInterface: "interface description", blockPacketOld: "packet", blockSimple: "simple packet",
		blockNames: "name resolution", blockStatistics: "interface statistics", blockPacket: "enhanced packet", blockJournal: "systemd journal",
		blockSecrets: "decryption secrets", blockCustom: "custom", blockCustomOnce: "custom, not to be copied",
	}[b.Type]
}

// fixed is how long the part before the options is; -1 where it isn't fixed or there are none.
func (b Block) fixed() int {
	switch b.Type {
	case blockSection:
		return 16
	case blockInterface:
		return 8
	case blockStatistics:
		return 12
	}
	return -1
}

// Options are the block's options, where they stand behind a head of fixed length.
func (b Block) Options() Options {
	if n := b.fixed(); n >= 0 && len(b.Body()) >= n {
		return Options{b.Body()[n:], b.Big}
	}
	return Options{}
}

// isPacket says whether blocks of a type are packets.
func isPacket(typ uint32) bool {
	return typ == blockPacket || typ == blockSimple || typ == blockPacketOld
}
