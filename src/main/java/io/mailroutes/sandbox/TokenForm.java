package io.mailroutes.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The parameters of a token request (RFC 6749 appendix B); each may stand once (section 3.2). */
record TokenForm(Map<String, String> parameters) {
    static TokenForm parse(String body) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : body.isEmpty() ? new String[0] : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (parameters.put(name, value) != null) {
                throw new TokenRefusal("invalid_request", "a parameter stands twice");
            }
        }
        return new TokenForm(parameters);
    }

    /** A parameter without a value counts as absent (section 3.2). */
    Optional<String> get(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    String require(String name) {
        return get(name).orElseThrow(() -> new TokenRefusal("invalid_request", name + " is missing"));
    }

    static String decode(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            throw new TokenRefusal("invalid_request", "the percent encoding is broken");
        }
    }
}
