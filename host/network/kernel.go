package network

// Kernel is this machine's own network.
func Kernel() Network { panic("network: the kernel's network is not built yet") }
