/**
 * What the Kamelets do that stand between the mailbox and a sink: attachments one by one, a filter, CloudEvents.
 */
@NullMarked
package io.mailroutes.camel.action;

import org.jspecify.annotations.NullMarked;
