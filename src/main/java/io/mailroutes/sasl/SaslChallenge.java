package io.mailroutes.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why a server refuses a token: the JSON of an error challenge (RFC 7628 section 3.2.2, and XOAUTH2's alike). What
 * cannot be read is empty. The values are the server's: never trusted, cut to 200 characters, without controls.
 *
 * @param status {@code 400}, {@code 401}, {@code invalid_token}, {@code insufficient_scope}, ...
 * @param scope the scope that a token needs here
 */
public record SaslChallenge(
        Optional<String> status,
        Optional<String> scope,
        Optional<String> schemes,
        Optional<String> openidConfiguration) {
    private static final int MAXIMUM = 16 * 1024;

    /** No challenge came, or one without anything to read. */
    public static final SaslChallenge NONE =
            new SaslChallenge(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Reads what follows {@code "+ "}; garbage gives {@link #NONE}. */
    public static SaslChallenge parse(String base64) {
        String trimmed = base64.strip();
        if (trimmed.length() > MAXIMUM) {
            return NONE;
        }
        try {
            String json = new String(Base64.getDecoder().decode(trimmed), UTF_8);
            return new SaslChallenge(
                    field(json, "status"),
                    field(json, "scope"),
                    field(json, "schemes"),
                    field(json, "openid-configuration"));
        } catch (IllegalArgumentException notBase64) {
            return NONE; // the tagged answer still says that the token was refused
        }
    }

    private static Optional<String> field(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\"\\s*:\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([0-9]{1,9}))")
                .matcher(json);
        if (!matcher.find()) {
            return Optional.empty();
        }
        @Nullable String quoted = matcher.group(1);
        String value = quoted == null ? matcher.group(2) : quoted.replaceAll("\\\\(.)", "$1");
        String clean = ServerText.clean(value);
        return clean.isEmpty() ? Optional.empty() : Optional.of(clean);
    }
}
