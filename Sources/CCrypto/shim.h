// The functions that OpenSSL 3 calls deprecated are the ones that do without its providers, which are 4 MB of ciphers and
// are made ready at the first use.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>
#include <openssl/evp.h>
