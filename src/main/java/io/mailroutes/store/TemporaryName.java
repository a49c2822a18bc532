package io.mailroutes.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A hidden name beside a target: {@code .NAME.RANDOM.tmp} while it is written, {@code .NAME.RANDOM.old} for what it
 * replaces. NAME stands whole in it, so that a crash in between can be mended; it has at most {@link #LIMIT} bytes.
 */
record TemporaryName(String target, Kind kind) {
    /** The longest target, in bytes: what is left of 255. */
    static final int LIMIT = 255 - "..01234567.tmp".length();

    private static final Pattern PATTERN = Pattern.compile("\\.(.+)\\.[0-9a-f]{8}\\.(tmp|old)");

    enum Kind {
        TMP,
        OLD
    }

    static Path beside(Path target, Kind kind) throws NameTooLongException {
        int length = String.valueOf(target.getFileName()).getBytes(UTF_8).length;
        if (length > LIMIT) {
            throw new NameTooLongException(target.toString(), length);
        }
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
