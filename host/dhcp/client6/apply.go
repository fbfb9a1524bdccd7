package client6

type applied struct{}
