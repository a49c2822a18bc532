package io.mailroutes.camel;

/** How long the folders of an instance are read. */
public enum RunMode {
    /** Until somebody stops the route. */
    CONTINUOUS,
    /** Until the mails that were there at the start are delivered or in the dead letters. */
    ONCE
}
