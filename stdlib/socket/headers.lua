--- Header field names as their RFCs spell them. Programs use them in lower case; canonic[name] is the spelling for the
--- wire, nil for a name that is not known here.
local headers = {canonic = {}}

local names = {
  -- RFC 9110, 9111, 9112 and 2616: HTTP
  "Accept", "Accept-Charset", "Accept-Encoding", "Accept-Language", "Accept-Ranges", "Age", "Allow", "Authorization",
  "Cache-Control", "Connection", "Content-Encoding", "Content-Language", "Content-Length", "Content-Location",
  "Content-MD5", "Content-Range", "Content-Type", "Date", "ETag", "Expect", "Expires", "From", "Host", "If-Match",
  "If-Modified-Since", "If-None-Match", "If-Range", "If-Unmodified-Since", "Last-Modified", "Location",
  "Max-Forwards", "Pragma", "Proxy-Authenticate", "Proxy-Authorization", "Range", "Referer", "Retry-After", "Server",
  "TE", "Trailer", "Transfer-Encoding", "Upgrade", "User-Agent", "Vary", "Via", "WWW-Authenticate", "Warning",
  -- RFC 6265: cookies
  "Cookie",
  -- RFC 2045 and 2183: MIME
  "Content-Description", "Content-Disposition", "Content-ID", "Content-Transfer-Encoding", "MIME-Version",
  -- RFC 5322: mail
  "Bcc", "Cc", "Comments", "In-Reply-To", "Keywords", "Message-ID", "Received", "References", "Reply-To",
  "Resent-Bcc", "Resent-Cc", "Resent-Date", "Resent-From", "Resent-Message-ID", "Resent-Reply-To", "Resent-Sender",
  "Resent-To", "Return-Path", "Sender", "Subject", "To", "X-Mailer",
  -- RFC 3464: delivery reports
  "Action", "Alternate-Recipient", "Arrival-Date", "DSN-Gateway", "Diagnostic-Code", "Final-Log-ID",
  "Final-Recipient", "Last-Attempt-Date", "Original-Envelope-ID", "Original-Recipient", "Received-From-MTA",
  "Remote-MTA", "Reporting-MTA", "SMTP-Remote-Recipient", "Status", "Will-Retry-Until",
}

for _, name in ipairs(names) do
  headers.canonic[name:lower()] = name
end

return headers
