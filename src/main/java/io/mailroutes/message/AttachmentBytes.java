package io.mailroutes.message;

import java.io.IOException;

/** Decides what the {@linkplain MailJson JSON form} says of the bytes of each attachment. */
@FunctionalInterface
public interface AttachmentBytes {
    /** Nothing is said of them. */
    AttachmentBytes LEFT_OUT = (number, attachment) -> Nothing.INSTANCE;

    /**
     * Asked once for each attachment, in the order of the mail.
     *
     * @param number from 1
     * @throws IOException as the writing of the JSON then does
     */
    Answer of(int number, Attachment attachment) throws IOException;

    /** What is said. */
    sealed interface Answer {}

    /** Nothing is. */
    enum Nothing implements Answer {
        INSTANCE
    }

    /** All of them, in base64: field {@code base64}. */
    enum Whole implements Answer {
        INSTANCE
    }

    /** Where they are: field {@code file}. */
    record Reference(String file) implements Answer {}

    /**
     * Why they are not there: field {@code omitted}.
     *
     * @param why in words of our own
     */
    record Omitted(String why) implements Answer {}
}
