package io.mailroutes.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to run.
 *
 * @param config the properties file; empty when {@code overrides} say it all
 * @param overrides properties that win over the file
 */
record RunRequest(
        Optional<Path> config,
        Map<String, String> overrides,
        List<Path> routes,
        boolean once,
        boolean dev,
        boolean acceptResync) {
    RunRequest {
        overrides = Map.copyOf(overrides);
        routes = List.copyOf(routes);
    }
}
