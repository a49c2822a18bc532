package io.mailroutes.message;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** What {@link HostileMails} are made of. */
final class HostilePieces {
    private static final int LONGEST_REPETITION = 20_000;

    private HostilePieces() {}

    /** Pieces in a row, or one of them very often. */
    static Arbitrary<String> junk() {
        Arbitrary<String> piece = Arbitraries.of(
                "\0",
                "\n ",
                "\n\t",
                "\n",
                "(",
                ")",
                "((",
                "\"",
                "\\",
                "<",
                ">",
                ",",
                ";",
                ":",
                "=",
                "@",
                "/",
                "*0*=",
                "*",
                "=?",
                "?=",
                "=?utf-8?B?",
                "=?x?q?",
                "utf-8''%",
                "%",
                "%00",
                "%ED%A0%80",
                "a",
                " ",
                "--b",
                "--b--",
                "--",
                "boundary=b",
                "charset=",
                "\u00E9",
                "\u00FF",
                "\u00C3",
                "\u001B$B",
                "+2AA-",
                "${x}",
                "<!--",
                "<div>",
                "&#xD800;",
                "BEGIN:VEVENT\n",
                "END:VEVENT\n",
                "dkim=pass header.d=x;",
                "[",
                "]",
                "\u0080",
                "\u007F",
                "=\n",
                "=ZZ");
        Arbitrary<String> row = piece.list().ofMaxSize(30).map(pieces -> String.join("", pieces));
        Arbitrary<String> bomb = Combinators.combine(
                        piece, Arbitraries.integers().between(1, LONGEST_REPETITION))
                .as((one, length) -> one.repeat(length / one.length()));
        return Arbitraries.frequencyOf(Tuple.of(9, row), Tuple.of(1, bomb));
    }

    /** What stands in a part. */
    static Arbitrary<String> content() {
        return Arbitraries.oneOf(
                junk(),
                junk().map(junk -> "AAEC" + junk + "===="),
                junk().map(junk -> "begin 644 x\nM" + junk + "\n`\nend\n"),
                junk().map(junk -> "<table><b>" + junk + "</p>&#0;" + junk),
                HostileMails.lines(report(), 20),
                event());
    }

    /** A calendar with one event, nearly. */
    static Arbitrary<String> event() {
        return HostileMails.lines(calendar(), 20)
                .map(lines -> "BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + lines + "END:VEVENT\n");
    }

    /** A field of a report. */
    static Arbitrary<String> report() {
        return Combinators.combine(
                        Arbitraries.of(
                                "Final-Recipient: rfc822;",
                                "Action:",
                                "Status: 5.",
                                "Diagnostic-Code: smtp;",
                                "Reporting-MTA:",
                                "",
                                "Original-Message-ID: <",
                                "Disposition:"),
                        junk())
                .as((field, junk) -> field + junk);
    }

    private static Arbitrary<String> calendar() {
        return Combinators.combine(
                        Arbitraries.of(
                                "DTSTART:2026",
                                "DTSTART;TZID=",
                                "DTEND:99991231T235959Z",
                                "DURATION:PT",
                                "SUMMARY:",
                                "UID:",
                                "SEQUENCE:",
                                "ATTENDEE;CN=\"",
                                "ORGANIZER:mailto:",
                                "BEGIN:VEVENT",
                                "END:VEVENT",
                                "BEGIN:VALARM",
                                " ",
                                "METHOD:",
                                "STATUS;X=^n^^^':"),
                        junk())
                .as((name, junk) -> name + junk);
    }
}
