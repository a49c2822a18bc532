package io.mailroutes.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The body of a refusal (RFC 6749 section 5.2), as far as there is one.
 *
 * @param error the code; empty when the body was not such an object
 * @param detail {@code suberror} of Microsoft, {@code error_subtype} of Google
 * @param numbers the AADSTS numbers of Microsoft, the first one first
 */
record ServerError(String error, String description, String detail, List<Integer> numbers) {
    static final ServerError NONE = new ServerError("", "", "", List.of());

    private static final ServerError WEB_PAGE = new ServerError("", "a web page (HTML) and no reason", "", List.of());
    private static final Pattern AADSTS = Pattern.compile("AADSTS(\\d{4,8})\\b");
    private static final int MOST_NUMBERS = 10;

    ServerError {
        numbers = List.copyOf(numbers);
    }

    static ServerError of(HttpAnswer answer) {
        return StrictJson.object(answer.body())
                .map(ServerError::of)
                .or(() -> answer.redirect().map(ServerError::redirected))
                .orElse(answer.isHtml() ? WEB_PAGE : NONE);
    }

    /** Where to, so that a person can judge the place; its query may be private. */
    private static ServerError redirected(String location) {
        int query = location.indexOf('?');
        return new ServerError(
                "", "a redirect to " + (query < 0 ? location : location.substring(0, query)), "", List.of());
    }

    /** As a browser brings it (RFC 6749 section 4.1.2.1). */
    static ServerError ofRedirect(String error, String description, String subtype) {
        return new ServerError(error, description, subtype, quoted(description));
    }

    static ServerError of(ObjectNode body) {
        String description = StrictJson.text(body, "error_description").orElse("");
        String detail = StrictJson.text(body, "suberror")
                .or(() -> StrictJson.text(body, "error_subtype"))
                .orElse("");
        return new ServerError(
                StrictJson.text(body, "error").orElse(""), description, detail, numbers(body, description));
    }

    private static List<Integer> numbers(ObjectNode body, String description) {
        List<Integer> numbers = new ArrayList<>();
        for (JsonNode number : Optional.ofNullable(body.get("error_codes")).orElse(body.missingNode())) {
            if (number.canConvertToInt() && numbers.size() < MOST_NUMBERS) {
                numbers.add(number.intValue());
            }
        }
        return numbers.isEmpty() ? quoted(description) : numbers;
    }

    private static List<Integer> quoted(String description) {
        Matcher number = AADSTS.matcher(description);
        return number.find() ? List.of(Integer.valueOf(number.group(1))) : List.of();
    }

    /** {@code invalid_grant (bad_token): AADSTS70000: ...}; empty when the server gave no reason. */
    String words() {
        if (error.isEmpty()) {
            return description;
        }
        return error
                + (detail.isEmpty() ? "" : " (" + detail + ")")
                + (description.isEmpty() ? "" : ": " + description);
    }
}
