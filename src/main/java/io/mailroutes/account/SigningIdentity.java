package io.mailroutes.account;

import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Optional;

/** A private key with its certificate, if it has one; they belong together. */
public record SigningIdentity(RSAPrivateKey key, Optional<X509Certificate> certificate) {
    /** Nimbus, OpenSSL and the providers all refuse less. */
    private static final int LEAST_BITS = 2048;

    /**
     * Reads the files afresh, so that a key can be renewed while the program runs.
     *
     * @throws KeyFileException when they cannot be read, are open to others, or do not fit together
     */
    public static SigningIdentity load(AssertionSource.KeyFile source) throws KeyFileException {
        SigningIdentity found = PrivateKeyFile.read(source.file(), source.password());
        SigningIdentity identity = source.certificateFile().isEmpty()
                ? found
                : new SigningIdentity(
                        found.key(),
                        Optional.of(
                                CertificateFile.read(source.certificateFile().get())));
        identity.check();
        return identity;
    }

    /** When servers stop accepting it; empty without a certificate. */
    public Optional<Instant> certificateEnd() {
        return certificate.map(present -> present.getNotAfter().toInstant());
    }

    /** @param name the account key that names the file */
    static void requireLength(String name, RSAPrivateKey key) throws KeyFileException {
        if (key.getModulus().bitLength() < LEAST_BITS) {
            throw new KeyFileException(
                    name, "holds a key of less than 2048 bits, which servers refuse: make a longer one");
        }
    }

    private void check() throws KeyFileException {
        requireLength("private-key-file", key);
        if (certificate.isPresent() && !belongs(certificate.get())) {
            throw new KeyFileException(
                    "certificate-file",
                    "is not the certificate of the key in private-key-file: give the two that were made together");
        }
    }

    private boolean belongs(X509Certificate present) {
        return present.getPublicKey() instanceof RSAPublicKey open
                && open.getModulus().equals(key.getModulus());
    }

    @Override
    public String toString() {
        return "SigningIdentity[***]";
    }
}
