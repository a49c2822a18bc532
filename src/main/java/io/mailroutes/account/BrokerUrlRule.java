package io.mailroutes.account;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the URL of a message broker must be. Its options are the client's affair. A URL is never shown: it may hold a
 * password, though it must not.
 */
final class BrokerUrlRule {
    private static final Set<String> SCHEMES = Set.of("tcp", "amqp", "amqps", "amqpws", "amqpwss", "failover");
    private static final Set<String> CLEAR = Set.of("tcp", "amqp", "amqpws");
    private static final Pattern SERVER = Pattern.compile("([a-z]+)://((?:[^/?#,;()@]*@)?)(\\[[^]]*]|[^/?#,;():]*)");
    private static final Pattern FIRST = Pattern.compile("\\(*([A-Za-z][A-Za-z0-9+.-]*):");
    private static final Pattern PASSWORD =
            Pattern.compile("(?i)[?&;](jms\\.)?(user|username|password)=", Pattern.UNICODE_CASE);

    private BrokerUrlRule() {}

    /** Why the URL cannot be used; empty when it can. */
    static Optional<String> objection(String url) {
        Matcher first = FIRST.matcher(url);
        String scheme = first.lookingAt() ? first.group(1) : "";
        if (scheme.equals("vm")) {
            return Optional.of("no broker in this program is reached by a URL: delete the line for the embedded one");
        }
        if (!SCHEMES.contains(scheme)) {
            return Optional.of(
                    "must begin with tcp:// (ActiveMQ Artemis; with TLS: tcp://HOST:61617?sslEnabled=true) or"
                            + " with amqps:// or amqp:// (any broker that speaks AMQP 1.0)");
        }
        Matcher server = SERVER.matcher(url);
        boolean any = false;
        while (server.find()) {
            any = true;
            if (!server.group(2).isEmpty()) {
                return Optional.of(noPassword());
            }
            if (server.group(3).isEmpty()) {
                return Optional.of("names no host: write something like tcp://broker.example.com:61616");
            }
        }
        if (!any) {
            return Optional.of("names no host: write something like tcp://broker.example.com:61616");
        }
        return PASSWORD.matcher(url).find() ? Optional.of(noPassword()) : Optional.empty();
    }

    private static String noPassword() {
        return "must not hold a user name or a password: use mailroutes.queue.user and mailroutes.queue.password";
    }

    /** The hosts, other than this machine, that are reached without TLS. */
    static Set<String> hostsInClear(String url) {
        Set<String> hosts = new TreeSet<>();
        if (url.contains("sslEnabled=true")) {
            return hosts;
        }
        SERVER.matcher(url)
                .results()
                .filter(server -> CLEAR.contains(server.group(1)) && !Loopback.is(server.group(3)))
                .forEach(server -> hosts.add(server.group(3)));
        return hosts;
    }
}
