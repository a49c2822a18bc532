package io.mailroutes.message;

import java.util.List;
import java.util.Optional;

/**
 * The fields from which it can be told which Authentication-Results the receiving server has written: Received and
 * Authentication-Results, in the order of the mail, whole and undecoded.
 */
record Trace(List<HeaderBlock.Field> fields) {
    static final Trace EMPTY = new Trace(List.of());

    private static final String RECEIVED = "Received";
    private static final String RESULTS = "Authentication-Results";

    Trace {
        fields = List.copyOf(fields);
    }

    static Trace of(HeaderBlock block) {
        return new Trace(block.fields().stream()
                .filter(field ->
                        field.name().equalsIgnoreCase(RECEIVED) || field.name().equalsIgnoreCase(RESULTS))
                .toList());
    }

    /**
     * Hands over the trusted fields, topmost first. A server writes above what it has received, or right below its own
     * Received: from the next Received on, everything was in the mail when it came from another machine. Where no
     * Received is by the trusted server, that cannot be told, and all fields in its name count.
     */
    void read(TrustedServers trusted, Findings findings) {
        Optional<AuthenticationResults> unnamed = Optional.empty();
        boolean received = false;
        boolean topmost = true;
        for (HeaderBlock.Field field : fields) {
            if (field.name().equalsIgnoreCase(RECEIVED)) {
                Hop hop = Hop.of(field.value());
                unnamed.filter(results -> trusted.isUnnamedHost(hop.by())).ifPresent(findings::add);
                unnamed = Optional.empty();
                if (received) {
                    return;
                }
                received = trusted.isHost(hop.by()) && !hop.isLocal();
            } else {
                AuthenticationResults results = AuthenticationResults.parse(field.value());
                if (results.server().filter(trusted::isTrusted).isPresent()) {
                    findings.add(results);
                }
                unnamed = topmost && !received && results.server().isEmpty() ? Optional.of(results) : Optional.empty();
                topmost = false;
            }
        }
    }

    /** Takes the trusted fields. */
    interface Findings {
        void add(AuthenticationResults results);
    }
}
