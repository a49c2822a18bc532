package io.mailroutes.store;

/** Neighbouring UIDs, both ends included (RFC 3501 section 2.3.1.1: from 1 to 2^32-1). */
public record UidRange(long first, long last) {}
