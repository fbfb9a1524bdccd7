// Package diagnose finds out why an agent does not answer a user of version 3, by asking it step by step: is it there, what
// is its engine, does it know the user, is the digest right, is the cipher. Where an answer says no, others are tried: the
// other digests, the other way to lengthen keys, the other ciphers, the passwords in each other's place.
//
// Some agents say nothing where RFC 3414 wants a report: net-snmp's does not answer a request that it could not decrypt.
// What makes it answer is the finding.
package diagnose
