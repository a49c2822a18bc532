package io.mailroutes.oauth;

import java.io.IOException;

/** The answer went past the cap and was cut off. */
final class AnswerTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    AnswerTooLargeException(int limit) {
        super("the answer is larger than " + limit / 1024 + " KiB");
    }
}
