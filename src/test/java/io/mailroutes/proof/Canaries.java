package io.mailroutes.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** Secrets that must be found nowhere, in any of the forms in which they go over a wire. */
public final class Canaries {
    private record Canary(String name, List<String> forms) {}

    private final List<Canary> canaries = new ArrayList<>();

    public Canaries add(String name, String secret) {
        List<String> forms = new ArrayList<>(List.of(secret, URLEncoder.encode(secret, UTF_8)));
        for (int offset = 0; offset < 3; offset++) {
            forms.add(base64(secret, offset));
        }
        canaries.add(new Canary(name, forms));
        return this;
    }

    /** What base64 makes of the secret somewhere inside a longer text: without the letters that the neighbours share. */
    private static String base64(String secret, int offset) {
        String encoded =
                Base64.getEncoder().withoutPadding().encodeToString((" ".repeat(offset) + secret).getBytes(UTF_8));
        return encoded.substring(offset == 0 ? 0 : 4, encoded.length() - 4);
    }

    public void assertNotIn(String place, String text) {
        for (Canary canary : canaries) {
            for (String form : canary.forms()) {
                int at = text.indexOf(form);
                assertThat(at)
                        .as(() -> canary.name() + " is in " + place + ": ..."
                                + text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 20)))
                        .isNegative();
            }
        }
    }

    /** Looks into every file below the directory, but for these. */
    void assertNotInFiles(Path directory, Path... allowed) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(directory)) {
            all = files.filter(Files::isRegularFile)
                    .filter(file -> !List.of(allowed).contains(file))
                    .toList();
        }
        assertThat(all).isNotEmpty();
        for (Path file : all) {
            assertNotIn(file.toString(), Files.readString(file, ISO_8859_1));
        }
    }
}
