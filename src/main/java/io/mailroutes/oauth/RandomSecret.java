package io.mailroutes.oauth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.mailroutes.account.Secret;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** 256 bits that nobody guesses: {@code state}, and the verifiers of PKCE (RFC 7636 section 4.1). */
final class RandomSecret {
    private static final int BYTES = 32;

    private RandomSecret() {}

    static Secret of(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** The {@code code_challenge} of a verifier, by S256 (RFC 7636 section 4.2). */
    static String challenge(Secret verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(verifier.reveal().getBytes(US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
