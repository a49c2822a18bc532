package io.mailroutes.bench;

/** A mailbox and how far away it seems. */
record Distance(MailSet set, int roundTripMillis) {}
