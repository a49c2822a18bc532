package io.mailroutes.camel.webhook;

import io.mailroutes.account.Account;
import io.mailroutes.account.Configuration;
import io.mailroutes.account.GrantType;
import io.mailroutes.account.Secret;
import io.mailroutes.camel.Installation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The options of the sink as they were given, and what they mean. Every refusal is in words and comes at the start. */
final class Options {
    String url = "";
    String urlRef = "";
    String secretRef = "";
    String format = "json";
    long maxBodySize = 10 * 1024 * 1024;
    String attachmentsDirectory = "";
    String caFile = "";
    String bearerAccount = "";
    String headerName = Credentials.AUTHORIZATION;
    String headerSecretRef = "";
    boolean allowHttp;
    long connectTimeout = 5_000;
    long responseTimeout = 30_000;
    long totalTimeout = 60_000;
    int connections = 5;
    int retries = 3;
    long retryDelay = 1_000;
    long longestRetryDelay = 10_000;

    Target target(Configuration configuration) {
        if (url.isBlank() == urlRef.isBlank()) {
            throw bad("one of url and urlRef is needed: url is the address itself, urlRef the NAME of"
                    + " mailroutes.secrets.NAME that holds it");
        }
        String text = urlRef.isBlank()
                ? url
                : secret(configuration, "urlRef", urlRef.strip()).reveal();
        return Target.of(text, allowHttp);
    }

    Signatures signatures(Configuration configuration) {
        List<Signatures.Named> named = Arrays.stream(secretRef.split("[,\\s]+"))
                .filter(name -> !name.isEmpty())
                .map(name -> new Signatures.Named(name, secret(configuration, "secretRef", name)))
                .toList();
        return Signatures.of(named);
    }

    Credentials credentials(Installation installation, Target target) {
        if (bearerAccount.isBlank() && headerSecretRef.isBlank()) {
            return Credentials.none();
        }
        if (!bearerAccount.isBlank() && !headerSecretRef.isBlank()) {
            throw bad("bearerAccount and headerSecretRef are two credentials: keep one of them");
        }
        if (target.isReadableOnTheWay()) {
            throw bad("url is http://, so that everybody on the way could read the credential: use https://");
        }
        if (bearerAccount.isBlank()) {
            return Credentials.fixed(
                    headerName.strip(),
                    secret(installation.configuration(), "headerSecretRef", headerSecretRef.strip()));
        }
        Account account = installation.configuration().accounts().get(bearerAccount.strip());
        if (account != null && account.grant() == GrantType.PASSWORD) {
            throw bad("bearerAccount=" + account.name() + " has a password and no token: use headerSecretRef");
        }
        return new BearerToken(installation.tokens(bearerAccount.strip()), installation.clock());
    }

    /** The names of all headers that go out, but for those of HTTP itself. */
    Set<String> headers() {
        Set<String> names =
                new HashSet<>(Set.of("webhook-id", "webhook-timestamp", "webhook-signature", "Idempotency-Key"));
        names.add(headerSecretRef.isBlank() ? Credentials.AUTHORIZATION : headerName.strip());
        return names;
    }

    Bodies.Format format() {
        try {
            return Bodies.Format.valueOf(format.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw bad("format=" + format + " is not known: use json, raw or multipart");
        }
    }

    Limits limits() {
        return new Limits(
                atLeast("connectTimeout", connectTimeout, 1),
                atLeast("responseTimeout", responseTimeout, 1),
                atLeast("totalTimeout", totalTimeout, 1),
                (int) number("connections", connections, 1, 1_000));
    }

    Duration retryDelay() {
        return atLeast("retryDelay", retryDelay, 1);
    }

    Duration longestRetryDelay() {
        return atLeast("longestRetryDelay", longestRetryDelay, 1);
    }

    int retries() {
        return (int) number("retries", retries, 0, 100);
    }

    long maxBodySize() {
        return number("maxBodySize", maxBodySize, 0, Long.MAX_VALUE);
    }

    Optional<Path> attachmentsDirectory() {
        return path(attachmentsDirectory);
    }

    Optional<Path> caFile() {
        return path(caFile);
    }

    private static Optional<Path> path(String text) {
        return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text.strip()));
    }

    private static Duration atLeast(String option, long millis, long least) {
        return Duration.ofMillis(
                number(option, millis, least, Duration.ofDays(1).toMillis()));
    }

    private static long number(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw bad(option + "=" + value + " is not a number from " + least + " to " + most);
        }
        return value;
    }

    private static Secret secret(Configuration configuration, String option, String name) {
        Secret secret = configuration.settings().secrets().get(name);
        if (secret == null) {
            throw bad(option + "=" + name + ": mailroutes.secrets." + name + " is not set; set are "
                    + String.join(
                            ", ",
                            new TreeSet<>(configuration.settings().secrets().keySet())));
        }
        return secret;
    }

    private static IllegalArgumentException bad(String words) {
        return new IllegalArgumentException("mail-webhook-sink: " + words);
    }
}
