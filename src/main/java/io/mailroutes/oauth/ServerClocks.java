package io.mailroutes.oauth;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far our clock is from those of the servers that answered; a wrong one is logged once for each server. */
final class ServerClocks {
    private static final Logger LOG = LoggerFactory.getLogger(ServerClocks.class);

    private final Map<String, Duration> wrong = new ConcurrentHashMap<>();
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    void compare(URI address, HttpAnswer answer, Clock clock) {
        if (ClockSkew.serverTime(answer).isEmpty()) {
            return;
        }
        String server = address.getRawAuthority();
        Optional<Duration> ahead = ClockSkew.of(answer, clock);
        ahead.ifPresentOrElse(skew -> wrong.put(server, skew), () -> wrong.remove(server));
        if (ahead.isPresent() && told.add(server)) {
            LOG.warn(
                    "The clock of this machine is {} that of {}: signed requests can be refused, and tokens end earlier or"
                            + " later than they seem to. Set the clock (NTP).",
                    ClockSkew.words(ahead.get()),
                    server);
        }
    }

    Optional<Duration> ahead(URI address) {
        return Optional.ofNullable(wrong.get(address.getRawAuthority()));
    }
}
