package io.mailroutes.message;

import io.mailroutes.message.AuthenticationResults.Result;
import io.mailroutes.message.SenderTrust.Check;
import io.mailroutes.message.SenderTrust.Outcome;
import io.mailroutes.message.SenderTrust.Verdict;
import java.net.IDN;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts the trusted results of a mail together. Of a method only the topmost field that speaks of it counts, so that
 * nothing further down, which may have come with the mail, can add to it.
 */
final class SenderCheck implements Trace.Findings {
    private static final Set<String> METHODS = Set.of("spf", "dkim", "dmarc", "arc");
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63}){1,20}");

    private final List<Check> checks = new ArrayList<>();
    private final Set<String> known = new HashSet<>();
    private @Nullable AuthenticationResults first;

    private SenderCheck() {}

    static SenderTrust of(Trace trace, Envelope envelope, TrustedServers trusted) {
        SenderCheck check = new SenderCheck();
        trace.read(trusted, check);
        return check.trust(envelope);
    }

    @Override
    public void add(AuthenticationResults results) {
        AuthenticationResults topmost = first == null ? results : first;
        first = topmost;
        if (!topmost.server().equals(results.server())) {
            return;
        }
        Set<String> said = new HashSet<>();
        for (Result result : results.results()) {
            if (METHODS.contains(result.method()) && !known.contains(result.method())) {
                said.add(result.method());
                checks.add(new Check(result.method(), Outcome.of(result.word()), domain(result)));
            }
        }
        known.addAll(said);
    }

    private SenderTrust trust(Envelope envelope) {
        if (first == null) {
            return SenderTrust.UNKNOWN;
        }
        Optional<String> from = fromDomain(envelope);
        Outcome dmarc = single("dmarc");
        return new SenderTrust(verdict(from, dmarc), first.server(), from, single("spf"), dkim(), dmarc, checks);
    }

    private Verdict verdict(Optional<String> from, Outcome dmarc) {
        if (dmarc == Outcome.FAIL) {
            return Verdict.FAIL;
        }
        boolean unasked = dmarc == Outcome.NONE || dmarc == Outcome.ABSENT;
        boolean vouched =
                from.isPresent() && (dmarc == Outcome.PASS && dmarcMeans(from.get()) || unasked && aligned(from.get()));
        return vouched ? Verdict.PASS : Verdict.NONE;
    }

    /** With two From fields the server may have judged the other one. */
    private boolean dmarcMeans(String from) {
        return of("dmarc").allMatch(check -> check.domain()
                .filter(domain -> !from.equals(domain) && !from.endsWith("." + domain))
                .isEmpty());
    }

    /** Only the very domain: which of those above it belong to the same owner cannot be told without a list. */
    private boolean aligned(String from) {
        return single("spf") == Outcome.PASS && of("spf").anyMatch(check -> passes(check, from))
                || of("dkim").anyMatch(check -> passes(check, from));
    }

    private static boolean passes(Check check, String from) {
        return check.outcome() == Outcome.PASS
                && check.domain().filter(from::equals).isPresent();
    }

    private Stream<Check> of(String method) {
        return checks.stream().filter(check -> check.method().equals(method));
    }

    private Outcome single(String method) {
        List<Outcome> all = of(method).map(Check::outcome).distinct().toList();
        return all.isEmpty() ? Outcome.ABSENT : all.size() == 1 ? all.get(0) : Outcome.PERMERROR;
    }

    private Outcome dkim() {
        return of("dkim").anyMatch(check -> check.outcome() == Outcome.PASS)
                ? Outcome.PASS
                : of("dkim").map(Check::outcome).findFirst().orElse(Outcome.ABSENT);
    }

    private static Optional<String> fromDomain(Envelope envelope) {
        long fields = envelope.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase("From"))
                .count();
        return fields == 1 && envelope.from().size() == 1
                ? domain(envelope.from().get(0).address())
                : Optional.empty();
    }

    private static Optional<String> domain(Result result) {
        return switch (result.method()) {
            case "spf" ->
                result.property("smtp.mailfrom")
                        .or(() -> result.property("smtp.mail"))
                        .flatMap(SenderCheck::domain);
            case "dkim" ->
                result.property("header.d")
                        .or(() -> result.property("header.i"))
                        .flatMap(SenderCheck::domain);
            case "dmarc" -> result.property("header.from").flatMap(SenderCheck::domain);
            default -> Optional.empty();
        };
    }

    /** Of an address or a domain; empty when it is none that could be looked up. */
    private static Optional<String> domain(String address) {
        String name = address.substring(address.lastIndexOf('@') + 1);
        try {
            String ascii = IDN.toASCII(CleanText.cut(name, 253)).toLowerCase(Locale.ROOT);
            String bare = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
            return Optional.of(bare).filter(text -> DOMAIN.matcher(text).matches());
        } catch (IllegalArgumentException e) { // not a domain, so nothing can be said of it
            return Optional.empty();
        }
    }
}
