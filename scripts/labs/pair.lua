-- title: two hosts and a wire
return {"h1 -- h2"}
