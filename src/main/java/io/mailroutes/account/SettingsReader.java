package io.mailroutes.account;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The keys of {@code mailroutes.*} that are about no account. */
final class SettingsReader {
    private static final String DATA = "mailroutes.data-directory";
    private static final String STORE_URL = "mailroutes.store.url";
    private static final String KEY_FILE = "mailroutes.store.key-file";
    private static final String SQLITE = "jdbc:sqlite:";
    private static final int KEY_BYTES = 32;

    private final Map<String, String> usable;
    private final Map<String, String> secrets;
    private final ConfigurationSource source;
    private final FileRule files;
    private final Problems problems;

    /**
     * @param usable the values of known keys, by full key
     * @param secrets the values of {@code mailroutes.secrets.NAME}, by NAME
     */
    SettingsReader(
            Map<String, String> usable, Map<String, String> secrets, ConfigurationSource source, Problems problems) {
        this.usable = usable;
        this.secrets = secrets;
        this.source = source;
        this.files = new FileRule(source.baseDirectory());
        this.problems = problems;
    }

    Settings read() {
        Path data = files.path(usable.getOrDefault(DATA, "data"), report(DATA)).orElse(source.baseDirectory());
        if (Files.isRegularFile(data)) {
            problems.add(DATA, Problems.quote(data.toString()) + " is a file: give a directory");
        }
        Map<String, Secret> named = new LinkedHashMap<>();
        secrets.forEach((name, value) -> named.put(name, Secret.of(value)));
        QueueSettings queue = new QueueReader(usable, files, problems).read();
        return new Settings(data, storeUrl(), storeKeyFile(), storeKey(), storeKeyOld(), queue, named);
    }

    /** A URL is never shown: it may hold a password. */
    private String storeUrl() {
        String url = usable.getOrDefault(STORE_URL, "");
        if (!url.isEmpty() && !url.startsWith(SQLITE)) {
            problems.add(
                    STORE_URL,
                    "not in this version: only SQLite, jdbc:sqlite:PATH; delete the line for a file in the data"
                            + " directory");
        } else if (url.equals(SQLITE) || url.contains(":memory:") || url.contains("mode=memory")) {
            problems.add(
                    STORE_URL, "names no file, and what has been delivered must survive a restart: jdbc:sqlite:PATH");
        }
        return url;
    }

    /** What is in it is the store's affair, which makes one when there is none. */
    private Optional<Path> storeKeyFile() {
        Optional<Path> file =
                Optional.ofNullable(usable.get(KEY_FILE)).flatMap(text -> files.path(text, report(KEY_FILE)));
        file.filter(Files::isDirectory)
                .ifPresent(path ->
                        problems.add(KEY_FILE, Problems.quote(path.toString()) + " is a directory: name a file"));
        if (file.isPresent() && source.storeKey().isPresent()) {
            problems.add(
                    KEY_FILE,
                    "the environment variable " + Settings.STORE_KEY_VARIABLE + " is set too: keep one of the two");
        }
        return file;
    }

    private Optional<Secret> storeKey() {
        return key(source.storeKey(), Settings.STORE_KEY_VARIABLE);
    }

    private Optional<Secret> storeKeyOld() {
        return key(source.storeKeyOld(), Settings.STORE_KEY_OLD_VARIABLE);
    }

    private Optional<Secret> key(Optional<Secret> value, String variable) {
        Optional<Secret> key = value.map(secret -> Secret.of(secret.reveal().strip()));
        key.filter(secret -> !isKey(secret))
                .ifPresent(secret ->
                        problems.add(variable, "must be 32 bytes in base64; 'openssl rand -base64 32' makes them"));
        return key;
    }

    private static boolean isKey(Secret secret) {
        try {
            return Base64.getDecoder().decode(secret.reveal()).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private Consumer<String> report(String key) {
        return text -> problems.add(key, text);
    }
}
