package io.mailroutes.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;

/** The pages of the consent form. */
record ConsentPage(String title, String body) {
    private static final String STYLE = "html{color-scheme:light dark}"
            + "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:8vh auto 4rem;padding:0 1.25rem;"
            + "overflow-wrap:anywhere}"
            + "h1{font-size:1.5rem;line-height:1.2}fieldset{border:1px solid #8886;border-radius:.5rem;margin:1.5em 0}"
            + "label{display:block;padding:.35em 0}"
            + "button{font:inherit;padding:.5em 1.5em;margin:0 .5em .5em 0;border-radius:.5rem;border:1px solid #8888;"
            + "cursor:pointer}button[value=allow]{background:#1f7a38;color:#fff;border-color:#1f7a38}"
            + ".play{font-size:.9rem;opacity:.75}";

    /** @param hint who is chosen already, when it is one of the people */
    static ConsentPage question(String id, String client, String scope, List<String> people, String hint) {
        StringBuilder choices = new StringBuilder();
        for (String person : people) {
            choices.append("<label><input type=\"radio\" name=\"user\" required value=\"")
                    .append(escaped(person))
                    .append(person.equals(hint) ? "\" checked> " : "\"> ")
                    .append(escaped(person))
                    .append("</label>");
        }
        return new ConsentPage(
                escaped(client) + " asks for your mail",
                "<p>It asks for the scope <b>" + escaped(scope) + "</b></p>"
                        + "<form method=\"post\" action=\"/authorize\">"
                        + "<input type=\"hidden\" name=\"question\" value=\"" + escaped(id) + "\">"
                        + "<fieldset><legend>You are</legend>" + choices + "</fieldset>"
                        + "<button name=\"decision\" value=\"allow\">Allow</button>"
                        + "<button name=\"decision\" value=\"refuse\">Refuse</button></form>"
                        + "<p class=\"play\">This is the sandbox's own form: nobody signs in, and nothing real is given"
                        + " away. A provider's form comes here in real life.</p>");
    }

    static ConsentPage refusal(String reason) {
        return new ConsentPage("This request is not one", "<p>" + escaped(reason) + ".</p>");
    }

    void send(HttpExchange exchange, int status) throws IOException {
        byte[] page = ("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                        + "<meta name=\"viewport\" content=\"width=device-width\"><title>Sandbox: " + title
                        + "</title><style>" + STYLE + "</style></head><body><h1>" + title + "</h1>" + body
                        + "</body></html>\n")
                .getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        // No form-action: browsers apply it to the redirect after the form too, and its port is any.
        exchange.getResponseHeaders()
                .set(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.sendResponseHeaders(status, page.length);
        exchange.getResponseBody().write(page);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
