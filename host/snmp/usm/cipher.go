package usm

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"crypto/subtle"
	"encoding/binary"
	"errors"
)

// saltSize is the length of msgPrivacyParameters under every cipher here.
const saltSize = 8

// errSalt and errBlocks are why a cipher text can't be decrypted at all.
var (
	errSalt   = errors.New("msgPrivacyParameters does not have 8 bytes")
	errBlocks = errors.New("the encrypted PDU is not made of whole blocks")
)

// salt is the msgPrivacyParameters of a message: what makes its initialisation vector its own. n is never the same
// twice for a key.
func (k *Keys) salt(boots int32, n uint64) []byte {
	s := make([]byte, saltSize)
	switch k.Priv {
	case DES, TripleDES: // boots and a counter (RFC 3414 section 8.1.1.1)
		binary.BigEndian.PutUint32(s, uint32(boots))
		binary.BigEndian.PutUint32(s[4:], uint32(n))
	default: // RFC 3826 section 3.1.2.1
		binary.BigEndian.PutUint64(s, n)
	}
	if k.Priv == TripleDES { // hashed to spread its bits (draft-reeder-snmpv3-usm-3desede section 5.1.1.1.2)
		h := auths[k.Auth].hash.New()
		h.Write(s)
		s = h.Sum(nil)[:saltSize]
	}
	return s
}

// crypter is the cipher of k for one message and its initialisation vector.
func (k *Keys) crypter(boots, time int32, salt []byte) (cipher.Block, []byte, error) {
	if len(salt) != saltSize {
		return nil, nil, errSalt
	}
	switch k.Priv {
	case DES:
		b, err := des.NewCipher(k.PrivKey[:8])
		return b, xored(salt, k.PrivKey[8:16]), err
	case TripleDES:
		b, err := des.NewTripleDESCipher(k.PrivKey[:24])
		return b, xored(salt, k.PrivKey[24:32]), err
	}
	b, err := aes.NewCipher(k.PrivKey)
	iv := make([]byte, 0, aes.BlockSize) // RFC 3826 section 3.1.2.1
	iv = binary.BigEndian.AppendUint32(iv, uint32(boots))
	iv = binary.BigEndian.AppendUint32(iv, uint32(time))
	return b, append(iv, salt...), err
}

func xored(a, b []byte) []byte {
	x := make([]byte, saltSize)
	subtle.XORBytes(x, a, b)
	return x
}

// encrypt is plain encrypted, and the salt to send with it.
func (k *Keys) encrypt(plain []byte, boots, time int32, n uint64) (encrypted, salt []byte, err error) {
	salt = k.salt(boots, n)
	block, iv, err := k.crypter(boots, time, salt)
	if err != nil {
		return nil, nil, err
	}
	size := k.Priv.Block()
	encrypted = make([]byte, (len(plain)+size-1)/size*size)
	copy(encrypted, plain)
	if size > 1 {
		cipher.NewCBCEncrypter(block, iv).CryptBlocks(encrypted, encrypted)
		return encrypted, salt, nil
	}
	feedBack(block, iv, encrypted, encrypted)
	return encrypted, salt, nil
}

// decrypt is the plain text of encrypted, with whatever padding it had.
func (k *Keys) decrypt(encrypted, salt []byte, boots, time int32) ([]byte, error) {
	block, iv, err := k.crypter(boots, time, salt)
	if err != nil {
		return nil, err
	}
	plain := make([]byte, len(encrypted))
	if size := k.Priv.Block(); size > 1 {
		if len(encrypted)%size != 0 {
			return nil, errBlocks
		}
		cipher.NewCBCDecrypter(block, iv).CryptBlocks(plain, encrypted)
		return plain, nil
	}
	copy(plain, encrypted)
	feedBack(block, iv, plain, encrypted)
	return plain, nil
}

// feedBack runs a cipher in CFB mode with feedback of whole blocks (RFC 3826 section 3.1.3) over data in place; the
// blocks fed back are those of encrypted: data itself when it is being encrypted, a copy when it is being decrypted.
func feedBack(block cipher.Block, iv, data, encrypted []byte) {
	size := block.BlockSize()
	stream := make([]byte, size)
	for at := 0; at < len(data); at += size {
		block.Encrypt(stream, iv)
		end := min(at+size, len(data))
		subtle.XORBytes(data[at:end], data[at:end], stream)
		iv = encrypted[at:end]
	}
}
