package io.mailroutes.camel;

/** How the loop of a folder ended, when it was to end by itself ({@code run --once}). */
public enum LoopResult {
    /** Every mail that was there is delivered or in the dead letters. */
    DONE,
    /** A person has to change the configuration: no such folder, no mechanism that may be used. */
    CONFIGURATION,
    /** The account has no usable token or password. */
    NEEDS_LOGIN,
    /** The account or the sink stayed unreachable; mail is left on the server. */
    UNREACHABLE,
    /** The route was stopped from outside. */
    STOPPED
}
