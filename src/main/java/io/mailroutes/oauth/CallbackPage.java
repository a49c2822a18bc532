package io.mailroutes.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * What the browser shows when it has brought the answer: how the login ended and what to do now. Loads nothing, runs
 * nothing, is kept nowhere.
 *
 * @param text what happened, a paragraph a line
 * @param next what the person does now
 */
record CallbackPage(int status, String title, String text, String next) {
    private static final String STYLE = "html{color-scheme:light dark}"
            + "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:12vh auto 4rem;padding:0 1.25rem;"
            + "overflow-wrap:anywhere}"
            + "header{font-size:.9rem;opacity:.75}"
            + "h1{font-size:1.6rem;line-height:1.2;margin:.2em 0 .6em;padding-left:.6rem;border-left:.35rem solid}"
            + ".good h1{border-color:#2a9d4a}.bad h1{border-color:#d33a2c}"
            + ".next{margin-top:1.5em;padding-top:1em;border-top:1px solid #8886}";

    void answer(HttpExchange exchange) throws IOException {
        byte[] page = html().getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        harden(exchange.getResponseHeaders());
        boolean bodiless = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, bodiless ? -1 : page.length);
        if (!bodiless) {
            exchange.getResponseBody().write(page);
        }
    }

    /** Sends the browser on to an address without the code: the address bar and the history do not keep it. */
    static void redirect(HttpExchange exchange, String path) throws IOException {
        harden(exchange.getResponseHeaders());
        exchange.getResponseHeaders().set("Location", path);
        exchange.sendResponseHeaders(303, -1);
    }

    private static void harden(Headers headers) {
        headers.set("Content-Security-Policy", policy());
        headers.set("Cache-Control", "no-store");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Connection", "close");
    }

    private String html() {
        StringBuilder paragraphs = new StringBuilder();
        text.lines()
                .forEach(line -> paragraphs.append("<p>").append(escaped(line)).append("</p>"));
        return "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\">"
                + "<title>Mailroutes: " + escaped(title) + "</title><style>" + STYLE + "</style></head>"
                + "<body class=\"" + (status < 400 ? "good" : "bad") + "\"><header>Mailroutes</header><main><h1>"
                + escaped(title) + "</h1>" + paragraphs + "<p class=\"next\">" + escaped(next)
                + "</p></main></body></html>\n";
    }

    private static String policy() {
        return "default-src 'none'; style-src 'sha256-" + digest(STYLE)
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

    /** Everything but letters, digits, blanks and harmless punctuation: what is shown may be a stranger's text. */
    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(character -> {
            boolean plain =
                    character >= 0x80 || Character.isLetterOrDigit(character) || " .,:;()-_".indexOf(character) >= 0;
            if (plain) {
                safe.appendCodePoint(character);
            } else {
                safe.append("&#").append(character).append(';');
            }
        });
        return safe.toString();
    }
}
