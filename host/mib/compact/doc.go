// Package compact keeps MIB modules in one string of bytes that is searched as it is: nothing is parsed before it is asked
// for, so a table of tens of thousands of nodes is ready at once.
//
// The form is a row of columns, each an array of numbers of one width in little-endian order or a blob that an array of
// offsets parts. Places, the OIDs of the tree, stand level by level, so that the children of a place are neighbours and
// are found by binary search; names stand in order and are found likewise. What a node says beside its name, kind and
// access stands in blobs of variable-length integers and is read once, when the node is asked for.
package compact

// Columns, in the order in which they stand.
const (
	nameAt    = iota // offset of each name in names, one more than names: uint32
	names            // all names, in order
	nameFirst        // first entry of each name in nameDefs, one more than names: uint16
	nameDefs         // definitions by name: uint16

	placeSub    // last number of each place's OID: uint32
	placeParent // uint16
	placeChild  // first child of each place, one more than places: uint16
	placeFirst  // first definition of each place, one more than places: uint16

	defName   // uint16
	defPlace  // uint16
	defModule // uint16
	defKind   // uint8
	defAccess // access and, times 8, status: uint8
	defSyntax // entry of syntaxes, 0: none: uint16
	defExtra  // entry of extras, 0: none: uint16

	syntaxAt // offset of each syntax in syntaxes, one more than syntaxes: uint32
	syntaxes
	extraAt // likewise
	extras
	moduleAt // likewise
	modules

	columns
)

// most is how many names, places or definitions a table can have.
const most = 1 << 16
