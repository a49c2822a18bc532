package io.mailroutes.proof;

import java.net.URI;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The beginnings and ends of routes in YAML. */
final class Routes {
    /** Ends a route with .eml files under {@code OUT}. */
    static final String FILES = """
                  - to:
                      uri: kamelet:mail-file-sink
                      parameters:
                        directory: OUT
                        format: eml
                        fsync: false
            """;

    private Routes() {}

    /** The begin of a route on the account {@code box}. @param parameters each {@code name: value} */
    static String mailbox(String... parameters) {
        String head = """
                - route:
                    id: proof
                    from:
                      uri: mailbox:box
                      parameters:
                """;
        String lines =
                Stream.of(parameters).map(line -> "        " + line + "\n").collect(Collectors.joining());
        return head + (lines.isEmpty() ? "        folderName: INBOX\n" : lines) + "      steps:\n";
    }

    /** A step that posts the raw mail to an HTTP sink, as one would write it who has not read much. */
    static String post(URI address) {
        return "      - to: '" + address + "'\n";
    }
}
