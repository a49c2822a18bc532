package io.mailroutes.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mailroutes.store.TokenRows.Row;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one process has of a store: a connection and keys in a memory of its own. */
final class StoreProcess implements AutoCloseable {
    final Store store;
    final StoreKeys keys;
    final SealedTokens tokens;
    final KeyRotation rotation;

    private StoreProcess(Path directory, StoreKeys keys) {
        this.store = Store.open(directory.resolve("data"), "", Clock.systemUTC());
        this.keys = keys;
        this.tokens = new SealedTokens(store, keys);
        this.rotation = new KeyRotation(store, keys);
    }

    /** The processes on one store, closed together. */
    static final class Several implements AutoCloseable {
        private final List<StoreProcess> open = new ArrayList<>();
        private final Path directory;

        Several(Path directory) {
            this.directory = directory;
        }

        Path file() {
            return directory.resolve("store.key");
        }

        StoreProcess start() {
            return start(file());
        }

        StoreProcess start(Path keyFile) {
            StoreProcess process = new StoreProcess(directory, StoreKeys.inFile(keyFile, Optional.empty()));
            open.add(process);
            return process;
        }

        @Override
        public void close() {
            open.forEach(StoreProcess::close);
        }
    }

    StoreProcess save(String account, String text) {
        tokens.save(account, text.getBytes(UTF_8), Instant.EPOCH);
        return this;
    }

    String load(String account) {
        return new String(tokens.load(account).orElseThrow(), UTF_8);
    }

    Row row(String account) {
        return store.inTransaction(c -> new TokenRows(c).find(account)).orElseThrow();
    }

    void put(String account, Row row) {
        store.inTransaction(c -> {
            new TokenRows(c).put(account, row, Instant.EPOCH);
            return account;
        });
    }

    void begin() {
        rotation.begin(keys.file().orElseThrow());
    }

    KeyRotation.Keys finish() {
        return rotation.finish(keys.file().orElseThrow());
    }

    @Override
    public void close() {
        store.close();
    }
}
