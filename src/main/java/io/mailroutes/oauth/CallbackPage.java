package io.mailroutes.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The page that a browser shows when it has brought the answer. Loads nothing, and takes the code out of the address. */
record CallbackPage(int status, String title, String text) {
    /** The address bar, and with it the history, forgets the query. */
    private static final String SCRIPT = "history.replaceState(null,'',location.pathname)";

    private static final String STYLE =
            "body{font:1.1em/1.5 system-ui,sans-serif;max-width:36em;margin:4em auto;padding:0 1em}";

    void answer(HttpExchange exchange) throws IOException {
        byte[] page = html().getBytes(UTF_8);
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "text/html; charset=utf-8");
        headers.set("Content-Security-Policy", policy());
        headers.set("Cache-Control", "no-store");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Connection", "close");
        boolean bodiless = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, bodiless ? -1 : page.length);
        if (!bodiless) {
            exchange.getResponseBody().write(page);
        }
    }

    private String html() {
        return "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Mailroutes: " + escaped(title)
                + "</title><style>" + STYLE + "</style></head><body><h1>" + escaped(title) + "</h1><p>" + escaped(text)
                + "</p><script>" + SCRIPT + "</script></body></html>\n";
    }

    private static String policy() {
        return "default-src 'none'; style-src 'sha256-" + digest(STYLE) + "'; script-src 'sha256-" + digest(SCRIPT)
                + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private static String digest(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (character < 0x80 && !Character.isLetterOrDigit(character) && character != ' ') {
                safe.append("&#").append(character).append(';');
            } else {
                safe.appendCodePoint(character);
            }
        });
        return safe.toString();
    }
}
