package io.mailroutes.imap;

/**
 * A selected folder (RFC 3501 section 6.3.1).
 *
 * @param uidNext 0 when the server does not say
 * @param readOnly whether the server answered READ-ONLY
 */
public record SelectedFolder(String name, long uidValidity, long uidNext, long exists, boolean readOnly) {}
