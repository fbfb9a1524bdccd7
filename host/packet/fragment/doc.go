// Package fragment cuts IP datagrams into fragments and puts fragments together again: version 4 as RFC 791 section 3.2
// says, version 6 as RFC 8200 section 4.5 does. Split also makes the fragments that a receiver should not see: out of
// order, overlapping, with a gap, too small, twice. A Reassembler works on a stream of frames and has several policies
// for overlapping fragments, since systems differ there; it tells of everything that it does with a fragment.
package fragment
