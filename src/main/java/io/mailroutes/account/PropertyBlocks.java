package io.mailroutes.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;

/** A table of the jar: properties whose keys are {@code BLOCK.LINE}. */
final class PropertyBlocks {
    private PropertyBlocks() {}

    /** The lines of each block of a resource beside this class. */
    static Map<String, Map<String, String>> read(String resource) {
        try (InputStream in = Objects.requireNonNull(PropertyBlocks.class.getResourceAsStream(resource), resource)) {
            Properties lines = new Properties();
            lines.load(new InputStreamReader(in, UTF_8));
            return blocks(lines);
        } catch (IOException e) {
            throw new UncheckedIOException("The table " + resource + " inside the jar cannot be read", e);
        }
    }

    private static Map<String, Map<String, String>> blocks(Properties lines) {
        Map<String, Map<String, String>> blocks = new TreeMap<>();
        for (String key : lines.stringPropertyNames()) {
            int dot = key.indexOf('.');
            blocks.computeIfAbsent(key.substring(0, dot), name -> new TreeMap<>())
                    .put(key.substring(dot + 1), lines.getProperty(key));
        }
        return blocks;
    }
}
