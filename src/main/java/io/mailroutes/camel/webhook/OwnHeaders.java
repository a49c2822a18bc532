package io.mailroutes.camel.webhook;

import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/** Lets out the headers that the sink set, by name, and in the one that is read of an answer. */
final class OwnHeaders implements HeaderFilterStrategy {
    static final String RETRY_AFTER = "Retry-After";

    private final Set<String> names;

    OwnHeaders(Set<String> names) {
        this.names = Set.copyOf(names);
    }

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return !names.contains(name);
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return !RETRY_AFTER.equalsIgnoreCase(name);
    }
}
