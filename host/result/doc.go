// Package result is what a script returns, as data: read once from Lua, then written as JSON, as CSV or for people.
//
// A result is made of nil, bool, float64, uint64, string, List and Record. What Lua holds as an object (an address, a packet, a
// variable of SNMP) is an Object: its text, and its data where it has some. What is no data at all is a Foreign.
package result
