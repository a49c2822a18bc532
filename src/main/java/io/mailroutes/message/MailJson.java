package io.mailroutes.message;

/** The JSON form of a mail. */
public final class MailJson {
    /** Written as {@code version}; adding a field does not change it. */
    public static final int VERSION = 1;

    private MailJson() {}

    /** UTF-8 JSON, one object, without the bytes of attachments. */
    public static byte[] of(Mail mail) {
        throw new UnsupportedOperationException("skeleton" + mail.key());
    }
}
