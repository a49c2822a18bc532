package io.mailroutes.message;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Mails of our own in {@code src/test/resources}, with the line ends of files: they become CRLF. */
final class Fixtures {
    private Fixtures() {}

    static List<Path> all() {
        try (Stream<Path> files = Files.list(Path.of(
                Objects.requireNonNull(Fixtures.class.getResource("mails")).toURI()))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    static Mail mail(String name) throws IOException {
        Path file = all().stream()
                .filter(path -> path.endsWith(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no fixture " + name));
        return Mails.mail(Files.readString(file));
    }
}
