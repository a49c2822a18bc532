package io.mailroutes.camel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;

/** Which accounts routes read, and the removal of routes on accounts that are not configured. */
public final class RouteAccounts {
    private static final Pattern MAILBOX = Pattern.compile("mailbox:(?://)?([^?]+).*");
    private static final Pattern KAMELET = Pattern.compile("kamelet:mailbox-source\\b.*[?&]account=([^&]+).*");

    /** A route that starts with one of these waits to be called by another. */
    private static final Pattern CALLED = Pattern.compile("(?:direct|seda):.*");

    private RouteAccounts() {}

    /** A route that is not started because its account is not configured. */
    public record Skipped(String route, String account) {}

    /** Removes, before the context starts, the routes on accounts that are not configured. */
    public static List<Skipped> removeUnconfigured(CamelContext context, Set<String> accounts) throws Exception {
        ModelCamelContext model = (ModelCamelContext) context;
        List<Skipped> skipped = new ArrayList<>();
        for (RouteDefinition route : List.copyOf(model.getRouteDefinitions())) {
            Optional<String> account = account(context, route);
            if (account.isPresent() && !accounts.contains(account.get())) {
                skipped.add(new Skipped(String.valueOf(route.getId()), account.get()));
                model.removeRouteDefinition(route);
            }
        }
        return skipped;
    }

    /** How many routes there are that do something by themselves: not those that others call. */
    public static long count(CamelContext context) {
        return ((ModelCamelContext) context)
                .getRouteDefinitions().stream()
                        .filter(route -> route.getInput() != null)
                        .map(route -> String.valueOf(route.getInput().getEndpointUri()))
                        .filter(uri -> !CALLED.matcher(uri).matches())
                        .count();
    }

    private static Optional<String> account(CamelContext context, RouteDefinition route) {
        if (route.getInput() == null || route.getInput().getEndpointUri() == null) {
            return Optional.empty();
        }
        return account(context.resolvePropertyPlaceholders(route.getInput().getEndpointUri()));
    }

    static Optional<String> account(String uri) {
        for (Pattern pattern : List.of(MAILBOX, KAMELET)) {
            Matcher matcher = pattern.matcher(uri);
            if (matcher.matches()) {
                return Optional.of(matcher.group(1));
            }
        }
        return Optional.empty();
    }
}
