package io.mailroutes.message;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the server that received the mail found out about its sender (RFC 8601), and nothing that anybody else claims.
 *
 * @param server the authserv-id that spoke; empty when none did, or when it names itself nowhere
 * @param domain of the one address in From, lower case, in its ASCII form; empty when there is not exactly one
 * @param spf of the envelope sender (RFC 7208); what it speaks of is seldom the From that a person sees
 * @param dkim {@link Outcome#PASS} when any signature is good, whoever's it is (RFC 6376)
 * @param dmarc whether SPF or DKIM speak for the domain in From (RFC 7489)
 * @param checks each result that was counted, in the order of the header
 */
public record SenderTrust(
        Verdict verdict,
        Optional<String> server,
        Optional<String> domain,
        Outcome spf,
        Outcome dkim,
        Outcome dmarc,
        List<Check> checks) {
    /** May it be believed that the domain in From has sent this mail? */
    public enum Verdict {
        /** Yes: DMARC passed, or without a DMARC result a signature or the envelope sender of that very domain did. */
        PASS,
        /** No: the domain in From disowns it (DMARC failed). */
        FAIL,
        /** Nobody vouches for it. */
        NONE,
        /** Nobody who is trusted has looked, or it is not configured whom to trust: see {@code authserv-id}. */
        UNKNOWN;

        /** As it is written, lower case. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A result of RFC 8601 section 2.7. */
    public enum Outcome {
        PASS,
        FAIL,
        SOFTFAIL,
        NEUTRAL,
        POLICY,
        /** There is nothing to check: no record, no signature. */
        NONE,
        TEMPERROR,
        /** Also where results of the same check contradict each other. */
        PERMERROR,
        /** Not among the results, or in a word that means nothing to us. */
        ABSENT;

        static Outcome of(String word) {
            return switch (word.toLowerCase(Locale.ROOT)) {
                case "pass" -> PASS;
                case "fail", "hardfail" -> FAIL;
                case "softfail" -> SOFTFAIL;
                case "neutral" -> NEUTRAL;
                case "policy" -> POLICY;
                // Yahoo writes unknown; Exchange writes bestguesspass where the domain has no DMARC record.
                case "none", "unknown", "bestguesspass" -> NONE;
                case "temperror" -> TEMPERROR;
                case "permerror" -> PERMERROR;
                default -> ABSENT;
            };
        }

        /** As it is written, lower case. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One result.
     *
     * @param method {@code spf}, {@code dkim}, {@code dmarc} or {@code arc}
     * @param domain that it speaks of: the envelope sender's, the signer's, that in From
     */
    public record Check(String method, Outcome outcome, Optional<String> domain) {}

    /** Nobody who is trusted has said anything. */
    public static final SenderTrust UNKNOWN = new SenderTrust(
            Verdict.UNKNOWN,
            Optional.empty(),
            Optional.empty(),
            Outcome.ABSENT,
            Outcome.ABSENT,
            Outcome.ABSENT,
            List.of());

    public SenderTrust {
        checks = List.copyOf(checks);
    }
}
