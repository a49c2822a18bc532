package io.mailroutes.account;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code mailroutes.queue.*} says: where {@code kamelet:mail-queue-sink} puts mail.
 *
 * @param embedded whether the broker is our own: {@code mailroutes.queue.embedded} (default true), unless a URL is given
 * @param url {@code mailroutes.queue.url}: another broker, as its client takes it, without a password
 * @param login {@code mailroutes.queue.user} and {@code mailroutes.queue.password}: what we log in with, and what readers
 *     of the embedded broker need
 * @param listen {@code mailroutes.queue.listen}: where the embedded broker is read from outside; empty (the default)
 *     means nowhere
 * @param maximumSize {@code mailroutes.queue.maximum-size}: the most bytes on disk of the embedded broker
 */
public record QueueSettings(
        boolean embedded, Optional<String> url, Optional<Login> login, Optional<Listen> listen, long maximumSize) {
    /** {@code mailroutes.queue.maximum-size} unless set: 10 GiB. */
    public static final long DEFAULT_MAXIMUM_SIZE = 10L << 30;

    /** What nothing configured means. */
    public static final QueueSettings DEFAULT =
            new QueueSettings(true, Optional.empty(), Optional.empty(), Optional.empty(), DEFAULT_MAXIMUM_SIZE);

    /** Who logs in. */
    public record Login(String user, Secret password) {
        public Login {
            requireNonNull(user, "user");
            requireNonNull(password, "password");
        }
    }

    /**
     * Where a broker listens.
     *
     * @param host a name or an address; an IPv6 address without brackets
     * @param port 0 means any that is free
     * @param certificate with it the broker speaks TLS and nothing else
     */
    public record Listen(String host, int port, Optional<Certificate> certificate) {
        public Listen {
            requireNonNull(host, "host");
            requireNonNull(certificate, "certificate");
        }
    }

    /**
     * Who the embedded broker proves to be.
     *
     * @param keyStore {@code mailroutes.queue.key-store}: PKCS#12 (RFC 7292) with the certificate, its chain and its key
     * @param password {@code mailroutes.queue.key-store-password}
     */
    public record Certificate(Path keyStore, Secret password) {
        public Certificate {
            requireNonNull(keyStore, "keyStore");
            requireNonNull(password, "password");
        }
    }

    public QueueSettings {
        requireNonNull(url, "url");
        requireNonNull(login, "login");
        requireNonNull(listen, "listen");
    }
}
