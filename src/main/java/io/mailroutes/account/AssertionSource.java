package io.mailroutes.account;

import java.nio.file.Path;
import java.util.Optional;

/** Where the assertion comes from that takes the place of a client secret (RFC 7521, RFC 7523). */
public sealed interface AssertionSource {
    /**
     * Signed here, with a private key.
     *
     * @param file PKCS#8 PEM or PKCS#12
     * @param password of an encrypted file
     * @param certificateFile PEM; its digest goes into the header {@code x5t#S256}
     * @param keyId the header {@code kid}
     */
    record KeyFile(
            Path file,
            Optional<Secret> password,
            Optional<Path> certificateFile,
            Optional<String> keyId,
            SignatureAlgorithm algorithm,
            AssertionAudience audience)
            implements AssertionSource {}

    /** Signed here, with the key in Google's JSON file, for the address in it. */
    record ServiceAccountFile(Path file) implements AssertionSource {}

    /** Signed elsewhere, and put into a file by a platform that renews it (workload identity federation). */
    record TokenFile(Path file) implements AssertionSource {}
}
