package packet

// readOnly names the layers that only gopacket knows: they can be decoded and shown, not built. A test holds the list.
const readOnly = "ah, asf, asf_pong, bfd, ctp, ctp_forward, ctp_reply, dot11, dot11_ack, dot11_action, dot11_action_noack, " +
	"dot11_aruba, dot11_assoc_req, dot11_assoc_resp, dot11_atim, dot11_auth, dot11_beacon, dot11_block_ack, " +
	"dot11_block_ack_req, dot11_cf_end, dot11_cf_end_ack, dot11_ctrl, dot11_cts, dot11_deauth, dot11_disassoc, dot11_ie, " +
	"dot11_pilot, dot11_probe_req, dot11_probe_resp, dot11_ps_poll, dot11_reassoc_req, dot11_reassoc_resp, dot11_rts, " +
	"dot11_wep, erspan2, esp, etherip, fddi, gtp, lcm, modbus, ndp, pflog, prism, radiotap, rmcp, rudp, sip, udplite, usb, " +
	"usb_bulk, usb_control, usb_interrupt, usb_setup"
