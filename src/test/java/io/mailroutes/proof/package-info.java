/** Must-not-lose tests of the whole program: its jar as a process of its own, against a real Dovecot. */
@org.jspecify.annotations.NullMarked
package io.mailroutes.proof;
