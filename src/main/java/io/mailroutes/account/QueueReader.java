package io.mailroutes.account;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys of {@code mailroutes.queue.*}. */
final class QueueReader {
    static final String EMBEDDED = "mailroutes.queue.embedded";
    static final String URL = "mailroutes.queue.url";
    static final String USER = "mailroutes.queue.user";
    static final String PASSWORD = "mailroutes.queue.password";
    static final String LISTEN = "mailroutes.queue.listen";
    static final String KEY_STORE = "mailroutes.queue.key-store";
    static final String KEY_STORE_PASSWORD = "mailroutes.queue.key-store-password";
    static final String MAXIMUM_SIZE = "mailroutes.queue.maximum-size";
    static final List<String> KEYS =
            List.of(EMBEDDED, URL, USER, PASSWORD, LISTEN, KEY_STORE, KEY_STORE_PASSWORD, MAXIMUM_SIZE);

    private static final Pattern ADDRESS = Pattern.compile("(?:(\\[[^]]+]|[^:\\[\\]]*):)?(\\d{1,5})");
    private static final int LARGEST_PORT = 65_535;

    /** Less does not hold a journal and one large mail. */
    private static final long LEAST_SIZE = 64L << 20;

    private final Map<String, String> usable;
    private final FileRule files;
    private final Problems problems;

    /** @param usable the values of known keys, by full key */
    QueueReader(Map<String, String> usable, FileRule files, Problems problems) {
        this.usable = usable;
        this.files = files;
        this.problems = problems;
    }

    QueueSettings read() {
        Optional<String> url = url();
        Optional<QueueSettings.Login> login = login();
        Optional<QueueSettings.Listen> listen = listen(login);
        boolean embedded = embedded() && !usable.containsKey(URL);
        if (!embedded) {
            warnOfUnused(listen);
        }
        return new QueueSettings(embedded, url, login, listen, maximumSize());
    }

    private boolean embedded() {
        String text = usable.getOrDefault(EMBEDDED, "true");
        if (!Set.of("true", "false").contains(text)) {
            problems.add(EMBEDDED, Problems.quote(text) + " is neither true nor false");
        }
        return !text.equals("false");
    }

    private void warnOfUnused(Optional<QueueSettings.Listen> listen) {
        listen.ifPresent(given -> problems.warn(
                LISTEN,
                "without effect: it is about the embedded broker, and there is none when mailroutes.queue.url is set or"
                        + " mailroutes.queue.embedded is false"));
    }

    private Optional<String> url() {
        Optional<String> url = Optional.ofNullable(usable.get(URL));
        Optional<String> objection = url.flatMap(BrokerUrlRule::objection);
        objection.ifPresent(words -> problems.add(URL, words));
        if (objection.isPresent()) {
            return Optional.empty();
        }
        url.map(BrokerUrlRule::hostsInClear)
                .filter(hosts -> !hosts.isEmpty())
                .ifPresent(hosts -> problems.warn(
                        URL,
                        "mails, and the password if there is one, travel to " + Problems.quote(String.join(", ", hosts))
                                + " without encryption: use tcp://HOST:PORT?sslEnabled=true or amqps://HOST"));
        return url;
    }

    private Optional<QueueSettings.Login> login() {
        Optional<String> user = Optional.ofNullable(usable.get(USER));
        Optional<String> password = Optional.ofNullable(usable.get(PASSWORD));
        if (user.isPresent() != password.isPresent()) {
            problems.add(
                    user.isPresent() ? USER : PASSWORD,
                    "needs " + (user.isPresent() ? PASSWORD : USER) + " too: set both or none");
        }
        return user.flatMap(name -> password.map(text -> new QueueSettings.Login(name, Secret.of(text))));
    }

    private Optional<QueueSettings.Listen> listen(Optional<QueueSettings.Login> login) {
        Optional<QueueSettings.Certificate> certificate = certificate();
        String text = usable.get(LISTEN);
        if (text == null) {
            return Optional.empty();
        }
        Matcher address = ADDRESS.matcher(text);
        if (!address.matches() || Integer.parseInt(address.group(2)) > LARGEST_PORT) {
            problems.add(LISTEN, Problems.quote(text) + " is not HOST:PORT, such as 127.0.0.1:61616");
            return Optional.empty();
        }
        String host = address.group(1) == null ? "127.0.0.1" : address.group(1);
        if (host.isEmpty()) {
            problems.add(
                    LISTEN, "names no host: write 127.0.0.1" + text + " for this machine, or the address to serve");
            return Optional.empty();
        }
        requireGuard(host, login, certificate);
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return Optional.of(new QueueSettings.Listen(bare, Integer.parseInt(address.group(2)), certificate));
    }

    /** Beyond this machine nobody reads mail without a password, and nothing travels in clear. */
    private void requireGuard(
            String host, Optional<QueueSettings.Login> login, Optional<QueueSettings.Certificate> certificate) {
        if (Loopback.is(host)) {
            if (login.isEmpty()) {
                problems.warn(
                        LISTEN,
                        "every user of this machine can read and delete the mails of the queues: set " + USER + " and "
                                + PASSWORD);
            }
            return;
        }
        if (login.isEmpty() || certificate.isEmpty()) {
            problems.add(
                    LISTEN,
                    Problems.quote(host) + " is not this machine alone, so readers need a password and TLS: set "
                            + String.join(", ", USER, PASSWORD, KEY_STORE) + " and " + KEY_STORE_PASSWORD
                            + ", or listen at 127.0.0.1");
        }
    }

    private Optional<QueueSettings.Certificate> certificate() {
        String file = usable.get(KEY_STORE);
        String password = usable.get(KEY_STORE_PASSWORD);
        if (file == null && password == null) {
            return Optional.empty();
        }
        if (file == null || password == null) {
            problems.add(
                    file == null ? KEY_STORE_PASSWORD : KEY_STORE,
                    "needs " + (file == null ? KEY_STORE : KEY_STORE_PASSWORD) + " too: set both or none");
            return Optional.empty();
        }
        Optional<Path> keyStore = files.readable(file, report(KEY_STORE));
        return keyStore.map(path -> new QueueSettings.Certificate(path, Secret.of(password)));
    }

    private long maximumSize() {
        String text = usable.getOrDefault(MAXIMUM_SIZE, Long.toString(QueueSettings.DEFAULT_MAXIMUM_SIZE));
        if (!text.matches("\\d{1,18}") || Long.parseLong(text) < LEAST_SIZE) {
            problems.add(
                    MAXIMUM_SIZE,
                    Problems.quote(text) + " is not a number of bytes of at least " + LEAST_SIZE + " (64 MiB)");
            return QueueSettings.DEFAULT_MAXIMUM_SIZE;
        }
        return Long.parseLong(text);
    }

    private Consumer<String> report(String key) {
        return text -> problems.add(key, text);
    }
}
