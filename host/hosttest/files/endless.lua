-- Goes on for ever.
while true do end
