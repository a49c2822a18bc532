package io.mailroutes.camel;

/** Which mails of a folder a route gets: the values of the {@code select} option. */
public enum Select {
    /** What is unseen at the first start, then everything that arrives, read or not. */
    NEW,
    /** The server's \Seen flag alone decides; needs an {@code onDelivered} that sets it or takes the mail away. */
    UNSEEN,
    /** Every mail in the folder, then as {@link #NEW}. */
    ALL
}
