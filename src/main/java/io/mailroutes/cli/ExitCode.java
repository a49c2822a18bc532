package io.mailroutes.cli;

import io.mailroutes.camel.LoopResult;

/** The exit codes of every command: documented in the README, and stable. */
public enum ExitCode {
    /** Everything asked for is done. */
    OK(0),
    /** A mail went to the dead letters. */
    DEAD_LETTER(1),
    /** The configuration, a route or an argument is wrong. */
    CONFIGURATION(2),
    /** An account needs a person to log in. */
    NEEDS_LOGIN(3),
    /** An account or a sink stayed unreachable, and mail was left on the server. */
    UNREACHABLE(4),
    /** Java ran out of memory or failed inside: the program ended at once, and what it had not written down comes again. */
    JAVA_FAILED(5);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** The one that counts of two: 5 before 2 before 3 before 4 before 1 before 0. */
    ExitCode or(ExitCode other) {
        return weight() >= other.weight() ? this : other;
    }

    static ExitCode of(LoopResult result) {
        return switch (result) {
            case DONE, STOPPED -> OK;
            case CONFIGURATION -> CONFIGURATION;
            case NEEDS_LOGIN -> NEEDS_LOGIN;
            case UNREACHABLE -> UNREACHABLE;
        };
    }

    private int weight() {
        return switch (this) {
            case OK -> 0;
            case DEAD_LETTER -> 1;
            case UNREACHABLE -> 2;
            case NEEDS_LOGIN -> 3;
            case CONFIGURATION -> 4;
            case JAVA_FAILED -> 5;
        };
    }
}
