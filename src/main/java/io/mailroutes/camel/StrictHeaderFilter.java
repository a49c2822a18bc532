package io.mailroutes.camel;

import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/**
 * Lets nothing in that a sender wrote: camel-mail would make every MIME header of a stranger's mail a Camel header, and
 * producers obey those (CVE-2026-33454). An allow-list, for three filters by prefix have been incomplete.
 */
final class StrictHeaderFilter implements HeaderFilterStrategy {
    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return true;
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return true;
    }
}
