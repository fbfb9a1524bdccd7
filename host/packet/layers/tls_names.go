package layers

import "moonwire/host/packet"

// Names of TLS (RFC 8446 appendix B, IANA's TLS registries).
var (
	tlsTypes = packet.Named(map[uint64]string{
		20: "change_cipher_spec", 21: "alert", 22: "handshake", 23: "application_data", 24: "heartbeat",
	})
	tlsVersions = packet.HexNamed(map[uint64]string{0x300: "SSLv3", 0x301: "TLS 1.0", 0x302: "TLS 1.1", 0x303: "TLS 1.2", 0x304: "TLS 1.3"})
	tlsMessages = packet.Named(map[uint64]string{
		0: "hello_request", 1: "client_hello", 2: "server_hello", 4: "session_ticket", 5: "end_of_early_data",
		8: "encrypted_extensions", 11: "certificate", 12: "server_key_exchange", 13: "certificate_request",
		14: "server_hello_done", 15: "certificate_verify", 16: "client_key_exchange", 20: "finished",
		22: "certificate_status", 24: "key_update",
	})
	tlsLevels       = packet.Named(map[uint64]string{1: "warning", 2: "fatal"})
	tlsDescriptions = packet.Named(map[uint64]string{
		0: "close_notify", 10: "unexpected_message", 20: "bad_record_mac", 22: "record_overflow", 40: "handshake_failure",
		42: "bad_certificate", 43: "unsupported_certificate", 44: "certificate_revoked", 45: "certificate_expired",
		46: "certificate_unknown", 47: "illegal_parameter", 48: "unknown_ca", 49: "access_denied", 50: "decode_error",
		51: "decrypt_error", 70: "protocol_version", 71: "insufficient_security", 80: "internal_error",
		86: "inappropriate_fallback", 90: "user_canceled", 109: "missing_extension", 110: "unsupported_extension",
		112: "unrecognized_name", 113: "bad_certificate_status_response", 115: "unknown_psk_identity",
		116: "certificate_required", 120: "no_application_protocol",
	})
	tlsExtensions = packet.Named(map[uint64]string{
		0: "server_name", 1: "max_fragment_length", 5: "status_request", 10: "supported_groups", 11: "ec_point_formats",
		13: "signature_algorithms", 14: "use_srtp", 15: "heartbeat", 16: "application_layer_protocol_negotiation",
		18: "signed_certificate_timestamp", 21: "padding", 22: "encrypt_then_mac", 23: "extended_master_secret",
		27: "compress_certificate", 28: "record_size_limit", 35: "session_ticket", 41: "pre_shared_key", 42: "early_data",
		43: "supported_versions", 44: "cookie", 45: "psk_key_exchange_modes", 47: "certificate_authorities",
		48: "oid_filters", 49: "post_handshake_auth", 50: "signature_algorithms_cert", 51: "key_share",
		65281: "renegotiation_info",
	})
)
