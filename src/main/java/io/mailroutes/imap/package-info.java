/**
 * One authenticated IMAP connection: notice, fetch, mark, all by UID (RFC 3501, RFC 9051).
 */
@NullMarked
package io.mailroutes.imap;

import org.jspecify.annotations.NullMarked;
