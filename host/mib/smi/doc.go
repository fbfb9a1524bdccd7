// Package smi reads MIB files: modules of SMIv2 (RFC 2578 to 2580) and of SMIv1 (RFC 1155, RFC 1212, RFC 1215), any number
// in a file, whatever the file's name. Every definition gets its OID, type and index, across modules and files, or else a
// Problem that names file, line and column, the missing module, and the remedy.
//
// Reading is strict where a fault can change a meaning: the definition is left out. Permissive reading keeps what is plainly
// meant in spite of vendors' common faults: underscores, wrong case, missing commas and braces, odd quotes, wrong words.
// Either way reading goes on at the next definition.
//
// Load lists the files, reads them on all processors (lexer, parser), and then resolves names (resolver): first OIDs, then
// types, then indices.
package smi
