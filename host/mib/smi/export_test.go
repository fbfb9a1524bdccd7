package smi

// Forget empties the memory of texts.
func Forget() { cache.kept, cache.size = make(map[digest]*parsed), 0 }
