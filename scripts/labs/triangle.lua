-- title: three routers in a triangle, a host at each
-- about: there are two ways between any two hosts; the routes take the shorter one. Cut a link and see who is lost

return {"R1 -- R2 -- R3 -- R1", "h1 -- R1", "h2 -- R2", "h3 -- R3"}
