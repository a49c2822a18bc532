package io.mailroutes.oauth;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Optional;

/** An answer, whole. A class and not a record: its body holds tokens and must not come out of {@code toString}. */
final class HttpAnswer {
    private final int status;
    private final Optional<String> contentType;
    private final Optional<String> retryAfter;
    private final Optional<String> date;
    private final Optional<String> age;
    private final Optional<String> location;
    private final byte[] body;

    private HttpAnswer(HttpResponse<byte[]> response) {
        HttpHeaders headers = response.headers();
        this.status = response.statusCode();
        this.contentType = headers.firstValue("Content-Type");
        this.retryAfter = headers.firstValue("Retry-After");
        this.date = headers.firstValue("Date");
        this.age = headers.firstValue("Age");
        this.location = headers.firstValue("Location");
        this.body = response.body();
    }

    static HttpAnswer of(HttpResponse<byte[]> response) {
        return new HttpAnswer(response);
    }

    int status() {
        return status;
    }

    boolean succeeded() {
        return status / 100 == 2;
    }

    Optional<String> retryAfter() {
        return retryAfter;
    }

    /** When the server says that it answered. */
    Optional<String> date() {
        return date;
    }

    /** For how many seconds a cache has kept it. */
    Optional<String> age() {
        return age;
    }

    /** Where it sends the client; empty when it is no redirect. */
    Optional<String> redirect() {
        return status / 100 == 3 ? location : Optional.empty();
    }

    /** The bytes themselves, not a copy. */
    byte[] body() {
        return body;
    }

    /** {@code application/json} or a {@code +json} type (RFC 6839), whatever the parameters. */
    boolean isJson() {
        return mediaType().equals("application/json") || mediaType().endsWith("+json");
    }

    boolean isHtml() {
        return mediaType().equals("text/html") || mediaType().equals("application/xhtml+xml");
    }

    /** In lower case, without parameters; empty when the server named none. */
    String mediaType() {
        String value = contentType.orElse("");
        int parameters = value.indexOf(';');
        return (parameters < 0 ? value : value.substring(0, parameters)).trim().toLowerCase(Locale.ROOT);
    }
}
