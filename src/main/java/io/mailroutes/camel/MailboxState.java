package io.mailroutes.camel;

/** How a mailbox is doing. */
public enum MailboxState {
    /** No connection yet, or a new one is being made. */
    CONNECTING,
    /** Connected, authenticated, the folder is open. */
    LIVE,
    /** The server asked for a pause. */
    THROTTLED,
    /** The route's sink cannot be reached: no mail is taken until it can. */
    SINK_DOWN,
    /** UIDVALIDITY has changed: mails are compared with what was delivered. */
    RESYNC,
    /** The account has no usable token or password: a person has to log in or correct the configuration. */
    NEEDS_LOGIN,
    /** Something a person has to look at: TLS, a missing folder, the state on disk. */
    BROKEN
}
