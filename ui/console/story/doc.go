// Package story tells what happened to one message: a sequence diagram of
// producer, proxy and broker with each arrow drawn as far as it came, and the
// same in sentences. It says nothing that the ledger does not say.
package story
