package io.mailroutes.proof;

/** Where in a refresh a process ends. */
enum KillPoint {
    BEFORE_SENDING,
    /** The server has done what was asked; killed by the test, while the answer is held back. */
    BEFORE_THE_ANSWER,
    BEFORE_SAVING,
    AFTER_SAVING
}
