// Package mac is Lua's mac module: MAC addresses as text in every notation, as bytes, made up and explained.
package mac
