// Package clustertest starts, for tests, clusters as other people run them:
// their brokers have doors that want TLS, a password or a certificate. They
// are kfake's, or with ATELIER_APACHE=1 those of Apache Kafka itself: the same
// tests, the same claims. Only tests may import it.
package clustertest
