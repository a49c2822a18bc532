package io.mailroutes.store;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A hidden name beside a target: {@code .NAME.RANDOM.tmp} while it is written, {@code .NAME.RANDOM.old} for what it
 * replaces. NAME stands whole in it, so that a crash in between can be mended; it may be 240 bytes long.
 */
record TemporaryName(String target, Kind kind) {
    private static final Pattern PATTERN = Pattern.compile("\\.(.+)\\.[0-9a-f]{8}\\.(tmp|old)");

    enum Kind {
        TMP,
        OLD
    }

    static Path beside(Path target, Kind kind) {
        String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        return target.resolveSibling("." + target.getFileName() + "." + random + (kind == Kind.TMP ? ".tmp" : ".old"));
    }

    static Optional<TemporaryName> parse(Path path) {
        Matcher matcher = PATTERN.matcher(String.valueOf(path.getFileName()));
        return matcher.matches()
                ? Optional.of(
                        new TemporaryName(matcher.group(1), matcher.group(2).equals("tmp") ? Kind.TMP : Kind.OLD))
                : Optional.empty();
    }
}
