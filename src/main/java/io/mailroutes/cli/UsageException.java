package io.mailroutes.cli;

/** The command line, a file it names or the configuration is wrong: ends with {@link ExitCode#CONFIGURATION}. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
