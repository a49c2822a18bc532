package io.mailroutes.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An empty directory for one measurement; removed with all that is in it. */
record Scratch(Path path) implements AutoCloseable {
    static Scratch below(Path directory) throws IOException {
        return new Scratch(Files.createTempDirectory(directory, "scratch"));
    }

    Path directory(String name) throws IOException {
        return Files.createDirectory(path.resolve(name));
    }

    @Override
    public void close() {
        Written.delete(path);
    }
}
