// Package record keeps a run of a script in one file: the script, what it was given, and what the world outside answered
// to it, call by call. Package tape makes records and plays them.
//
// A record is a zip that any archiver opens:
//
//	record.json   what was run, where and when (Header)
//	script.lua    the script
//	modules/      what it required from files
//	events.jsonl  the calls and their answers, one Event a line, in the order in which they happened
//	stdout.txt    what it printed
//	captures/     pcapng files: what labs carried, what links of the real network sent and received, what --capture wrote
//	end.json      how the run ended (End)
//
// While the run goes on, all this is appended to a journal beside it, NAME.part: lines that each carry a checksum. The
// zip replaces it at the end, by a rename. A run that was killed leaves its journal, which is read up to its last whole
// line.
package record
