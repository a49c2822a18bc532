package io.mailroutes.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Generates mails that nobody means well with: made of pieces that mean something to a parser, in places where they
 * should not be, torn and repeated. Each character is one byte.
 */
final class HostileMails {
    private HostileMails() {}

    /** The head and the content of a mail or of a part. */
    private record Entity(String head, String content) {
        String text() {
            return head + "\n" + content;
        }
    }

    static Arbitrary<byte[]> mails() {
        Arbitrary<String> headers = lines(header(), 12);
        Arbitrary<String> end = Arbitraries.frequencyOf(
                Tuple.of(20, Arbitraries.of("\r\n")), Tuple.of(1, Arbitraries.of("", "\n", "\r", "\r\n\r\n")));
        return Combinators.combine(headers, entity(4), end, Arbitraries.of(true, true, false))
                .as((head, body, newline, structureFirst) -> structureFirst
                        ? (body.head() + head + "\n" + body.content()).replace("\n", newline)
                        : (head + body.text()).replace("\n", newline))
                .map(mail -> mail.getBytes(ISO_8859_1));
    }

    /** So many lines of a kind at most. */
    static Arbitrary<String> lines(Arbitrary<String> line, int most) {
        return line.list().ofMaxSize(most).map(lines -> String.join("\n", lines) + "\n");
    }

    private static Arbitrary<String> header() {
        return Combinators.combine(name(), Arbitraries.of(":", ": ", " :", "", ":\n "), value())
                .as((name, colon, value) -> name + colon + value);
    }

    private static Arbitrary<String> name() {
        return Arbitraries.of(
                "From",
                "To",
                "Cc",
                "Bcc",
                "Sender",
                "Reply-To",
                "Subject",
                "Date",
                "References",
                "In-Reply-To",
                "Message-ID",
                "Authentication-Results",
                "Received",
                "Auto-Submitted",
                "Precedence",
                "List-Id",
                "List-Unsubscribe",
                "From ",
                "Content-Description",
                "X\0",
                "",
                "\t",
                "subJECT",
                "\u00E9",
                "a".repeat(2000));
    }

    private static Arbitrary<String> value() {
        return Arbitraries.oneOf(
                HostilePieces.junk(),
                HostilePieces.junk().map(junk -> "mx.example.com; dmarc=pass " + junk + "; spf=fail smtp.mailfrom=a@b"),
                HostilePieces.junk().map(junk -> "from x (" + junk + ") by mx.example.com; Tue"),
                HostilePieces.junk().map(junk -> "\"" + junk + "\" <a@b>, c: d@e;"),
                HostilePieces.junk().map(junk -> "Fri, 2 Jan 2026 04:04:05 +0100" + junk),
                HostilePieces.junk().map(junk -> "=?utf-8?q?" + junk + "?= =?iso-2022-jp?b?" + junk + "?="),
                HostilePieces.junk().map(junk -> "<" + junk + "@x> <" + junk + ">"));
    }

    private static Arbitrary<Entity> entity(int depth) {
        return depth == 0
                ? leaf()
                : Arbitraries.frequencyOf(Tuple.of(2, leaf()), Tuple.of(3, Arbitraries.lazy(() -> multipart(depth))));
    }

    /** Of any type with any content, or of a type with what it should have, or nearly so. */
    private static Arbitrary<Entity> leaf() {
        Arbitrary<Entity> any = Combinators.combine(typeHeader(), encodingHeader(), HostilePieces.content())
                .as((type, encoding, content) -> new Entity(type + encoding, content));
        Arbitrary<String> delivery = Arbitraries.of("message/delivery-status", "message/disposition-notification");
        return Arbitraries.frequencyOf(
                Tuple.of(4, any),
                Tuple.of(1, of(delivery, lines(HostilePieces.report(), 20))),
                Tuple.of(1, of(Arbitraries.of("text/calendar", "application/ics"), HostilePieces.event())),
                Tuple.of(1, of(Arbitraries.of("text/html"), HostilePieces.junk().map(junk -> "<p>x" + junk))),
                Tuple.of(1, of(charset().map(charset -> "text/plain; " + charset), HostilePieces.junk())));
    }

    private static Arbitrary<Entity> of(Arbitrary<String> type, Arbitrary<String> content) {
        return Combinators.combine(type, content)
                .as((kind, inside) -> new Entity("Content-Type: " + kind + "\n", inside));
    }

    private static Arbitrary<Entity> multipart(int depth) {
        Arbitrary<String> kind = Arbitraries.of("mixed", "alternative", "report", "digest");
        Arbitrary<String> boundary = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.of("; boundary=b" + depth)),
                Tuple.of(
                        1,
                        Arbitraries.of(
                                "",
                                "; boundary=b",
                                "; boundary*0=b; boundary*1=" + depth,
                                "; boundary=b; boundary=c",
                                "; boundary=\"" + "b".repeat(9000))));
        Arbitrary<String> delimiter = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.of("--b" + depth)),
                Tuple.of(1, Arbitraries.of("--b", "--b ", "--b--", "---b", "--", "--b\0", "--b" + depth + "--")));
        Arbitrary<List<String>> parts = Combinators.combine(delimiter, entity(depth - 1))
                .as((line, part) -> line + "\n" + part.text() + "\n")
                .list()
                .ofMaxSize(4);
        return Combinators.combine(
                        kind,
                        boundary,
                        HostilePieces.junk(),
                        parts,
                        Arbitraries.of("--b--\n", "", "--b" + depth + "--"))
                .as((type, parameter, preamble, inside, close) -> new Entity(
                        "Content-Type: multipart/" + type + parameter + "\n",
                        preamble + "\n" + String.join("", inside) + close));
    }

    private static Arbitrary<String> charset() {
        return Arbitraries.of(
                "charset=utf-8",
                "charset=iso-2022-jp",
                "charset=gb18030",
                "charset=utf-7",
                "charset=utf-16",
                "charset=klingon",
                "charset=\"",
                "charset=windows-1252",
                "charset=shift_jis",
                "charset=us-ascii");
    }

    private static Arbitrary<String> typeHeader() {
        Arbitrary<String> type = Arbitraries.of(
                "text/plain",
                "text/html",
                "text/calendar",
                "message/delivery-status",
                "message/disposition-notification",
                "message/rfc822",
                "text/rfc822-headers",
                "application/octet-stream",
                "TEXT/PLAIN",
                "text",
                "a/b/c",
                "",
                ";");
        Arbitrary<String> parameter = Arbitraries.oneOf(
                charset(),
                Arbitraries.of(
                        "name=\"../../etc/passwd\"", "name=CON", "name*=utf-8''%2e%2e%2f", "name=\"=?utf-8?b?Li4v?=\""),
                Arbitraries.integers().between(0, 2000).map(HostileMails::continuations),
                HostilePieces.junk().map(junk -> "name=" + junk),
                HostilePieces.junk());
        return Combinators.combine(type, parameter.list().ofMaxSize(3), disposition())
                .as((kind, parameters, disposition) ->
                        "Content-Type: " + kind + "; " + String.join("; ", parameters) + "\n" + disposition);
    }

    private static String continuations(int count) {
        StringBuilder all = new StringBuilder();
        for (int i = count; i > 0; i--) {
            all.append("name*").append(i).append("*=%FF%2F;\n ");
        }
        return all.append("name*0*=x'y'z").toString();
    }

    private static Arbitrary<String> disposition() {
        return Arbitraries.oneOf(
                Arbitraries.of("", "Content-Disposition: inline\n", "Content-ID: <\0>\n", "Content-ID: <<>\n"),
                HostilePieces.junk().map(junk -> "Content-Disposition: attachment; filename=\"" + junk + "\"\n"));
    }

    private static Arbitrary<String> encodingHeader() {
        return Arbitraries.of(
                        "",
                        "",
                        "",
                        "",
                        "base64",
                        "quoted-printable",
                        "x-uuencode",
                        "8bit",
                        "(",
                        "x-none",
                        "base64, base64")
                .map(encoding -> "Content-Transfer-Encoding: " + encoding + "\n");
    }
}
