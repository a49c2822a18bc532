/**
 * The main job on embedded servers: authorization server, IMAP server and sample mail.
 */
@NullMarked
package io.mailroutes.sandbox;

import org.jspecify.annotations.NullMarked;
