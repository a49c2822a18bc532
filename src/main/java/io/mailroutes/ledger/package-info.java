/**
 * What has been delivered, tried and acknowledged, by account, mailbox, UIDVALIDITY and UID.
 */
@NullMarked
package io.mailroutes.ledger;

import org.jspecify.annotations.NullMarked;
