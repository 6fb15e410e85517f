package access

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/pbkdf2"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509/pkix"
	"encoding/asn1"
	"hash"

	"atelier/assets/words"
)

// What openssl pkcs8 -topk8 writes: PBES2 with PBKDF2 and AES in CBC mode
// (RFC 8018). Go's library opens no encrypted keys.
var (
	oidPBES2  = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 5, 13}
	oidPBKDF2 = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 5, 12}
	oidAES    = map[string]int{ // key length
		"2.16.840.1.101.3.4.1.2": 16, "2.16.840.1.101.3.4.1.22": 24, "2.16.840.1.101.3.4.1.42": 32,
	}
	oidHMAC = map[string]func() hash.Hash{
		"": sha1.New, "1.2.840.113549.2.7": sha1.New, "1.2.840.113549.2.9": sha256.New, "1.2.840.113549.2.11": sha512.New,
	}
)

type encryptedKey struct {
	Algorithm pkix.AlgorithmIdentifier
	Data      []byte
}

type pbes2 struct{ KDF, Cipher pkix.AlgorithmIdentifier }

type pbkdf2Params struct {
	Salt       []byte
	Iterations int
	KeyLength  int                      `asn1:"optional"`
	PRF        pkix.AlgorithmIdentifier `asn1:"optional"`
}

// maxIterations bounds the work that a key file can ask for.
const maxIterations = 10_000_000

// decryptPKCS8 opens an encrypted key.
func decryptPKCS8(der []byte, password string) ([]byte, error) {
	unknown := words.Errorf(
		"this key is encrypted in a way that is not known here: convert it with openssl pkcs8 -topk8 -v2 aes256",
		"cette clé est chiffrée d’une façon inconnue ici : convertissez-la avec openssl pkcs8 -topk8 -v2 aes256")
	var key encryptedKey
	var scheme pbes2
	var kdf pbkdf2Params
	var iv []byte
	if _, err := asn1.Unmarshal(der, &key); err != nil || !key.Algorithm.Algorithm.Equal(oidPBES2) {
		return nil, unknown
	}
	if _, err := asn1.Unmarshal(key.Algorithm.Parameters.FullBytes, &scheme); err != nil || !scheme.KDF.Algorithm.Equal(oidPBKDF2) {
		return nil, unknown
	}
	if _, err := asn1.Unmarshal(scheme.KDF.Parameters.FullBytes, &kdf); err != nil {
		return nil, unknown
	}
	if _, err := asn1.Unmarshal(scheme.Cipher.Parameters.FullBytes, &iv); err != nil {
		return nil, unknown
	}
	length, prf := oidAES[scheme.Cipher.Algorithm.String()], oidHMAC[kdf.PRF.Algorithm.String()]
	if length == 0 || prf == nil || len(iv) != aes.BlockSize || kdf.Iterations < 1 || kdf.Iterations > maxIterations ||
		len(key.Data) == 0 || len(key.Data)%aes.BlockSize != 0 {
		return nil, unknown
	}
	secret, err := pbkdf2.Key(prf, password, kdf.Salt, kdf.Iterations, length)
	if err != nil {
		return nil, unknown
	}
	block, err := aes.NewCipher(secret)
	if err != nil {
		return nil, unknown
	}
	plain := make([]byte, len(key.Data))
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(plain, key.Data)
	padding := int(plain[len(plain)-1])
	var inner asn1.RawValue
	if padding < 1 || padding > aes.BlockSize {
		return nil, errKeyPassword
	}
	plain = plain[:len(plain)-padding]
	if rest, err := asn1.Unmarshal(plain, &inner); err != nil || len(rest) > 0 {
		return nil, errKeyPassword
	}
	return plain, nil
}

var errKeyPassword = words.Errorf("ssl.key.password does not open this key", "ssl.key.password n’ouvre pas cette clé")
