package io.mailroutes.message;

import java.util.Optional;

/** A mailbox in an address header (RFC 5322 section 3.4): cleaned of control characters, but not to be believed. */
public record Address(Optional<String> name, String address) {}
