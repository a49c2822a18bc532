package io.mailroutes.sandbox;

/** A token request that is answered with an error of RFC 6749 section 5.2. */
final class TokenRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String code;

    TokenRefusal(String code, String description) {
        super(description);
        this.code = code;
    }

    TokenAnswer answer() {
        return TokenAnswer.refused(code, String.valueOf(getMessage()));
    }
}
