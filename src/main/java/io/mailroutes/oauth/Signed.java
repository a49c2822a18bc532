package io.mailroutes.oauth;

/** What an assertion of a request stands for: it decides what a refusal means. */
enum Signed {
    NOTHING,
    /** The client's proof (RFC 7523 section 2.2). */
    CLIENT,
    /** The grant itself (RFC 7523 section 2.1). */
    GRANT
}
