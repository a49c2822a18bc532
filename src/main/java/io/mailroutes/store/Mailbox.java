package io.mailroutes.store;

/** A folder under one numbering (RFC 3501 section 2.3.1.1). Rows of another numbering are never touched through it. */
public record Mailbox(long id, long uidValidity) {}
