package io.mailroutes.oauth;

import io.mailroutes.oauth.PermanentOAuthException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one place that decides whether a failure passes by itself or needs a person, and which. */
final class OAuthErrors {
    private static final Pattern KEY = Pattern.compile("KEY\\(([^)]+)\\)");
    private static final Pattern TIME =
            Pattern.compile("(?i)expired|not yet valid|not active|clock|\\b(iat|nbf|exp)\\b");

    private OAuthErrors() {}

    /** The exception to throw. Anything of the server's own words in it is cleaned. */
    static OAuthException classify(Attempt attempt, Failure failure) {
        Verdict verdict = verdict(failure);
        String happened = ownWords(failure)
                .map(words -> named(attempt, words))
                .orElseGet(() -> withoutFullStop(attempt.clean(what(failure))));
        String message = attempt.subject() + " " + happened + ". " + clock(failure) + named(attempt, verdict.advice())
                + pause(verdict, failure);
        String code =
                failure instanceof Failure.Refused refused ? refused.error().error() : "";
        boolean lost = LostAnswer.in(failure);
        return verdict.kind()
                .<OAuthException>map(kind -> new PermanentOAuthException(kind, message, code, lost))
                .orElseGet(() -> new TransientOAuthException(message, retryAfter(failure), code, lost));
    }

    private static Optional<String> ownWords(Failure failure) {
        if (failure instanceof Failure.Unusable unusable) {
            return Optional.of(unusable.problem());
        }
        if (failure instanceof Failure.BadOutput output) {
            return Optional.of("gave no token: " + output.problem());
        }
        return failure instanceof Failure.NotReady missing ? Optional.of(missing.problem()) : Optional.empty();
    }

    /** Puts the account's names in for the placeholders of {@link Advice}. */
    static String named(Attempt attempt, String text) {
        return KEY.matcher(text)
                .replaceAll(key -> Matcher.quoteReplacement(attempt.key(key.group(1))))
                .replace("login ACCOUNT", "login " + attempt.account());
    }

    /** Said where a wrong clock can be the reason: whoever reads it should not ask for a new consent first. */
    private static String clock(Failure failure) {
        return failure instanceof Failure.Refused refused && ofTime(refused)
                ? refused.skew()
                        .map(ahead -> "The clock of this machine is " + ClockSkew.words(ahead)
                                + " the server's, which can be the reason: set it (NTP). ")
                        .orElse("")
                : "";
    }

    private static boolean ofTime(Failure.Refused refused) {
        return refused.signed() != Signed.NOTHING
                || refused.error().error().equals("invalid_grant")
                || TIME.matcher(refused.error().description()).find();
    }

    static String withoutFullStop(String text) {
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    /** So that nobody wonders why nothing happens. */
    private static String pause(Verdict verdict, Failure failure) {
        Duration asked = retryAfter(failure);
        return verdict.kind().isPresent() || asked.isZero()
                ? ""
                : " The server asked to be left alone for " + ClockSkew.amount(asked) + ".";
    }

    private static Duration retryAfter(Failure failure) {
        return failure instanceof Failure.Refused refused ? refused.retryAfter() : Duration.ZERO;
    }

    private static Verdict verdict(Failure failure) {
        if (failure instanceof Failure.Unreachable unreachable) {
            return unreachable(unreachable.reason());
        }
        if (failure instanceof Failure.Refused refused) {
            return refused(refused);
        }
        if (failure instanceof Failure.Narrowed narrowed) {
            return narrowed(narrowed);
        }
        if (failure instanceof Failure.Unusable) {
            return Verdict.permanent(Kind.CONFIGURATION, "Nothing was sent: correct the account's properties.");
        }
        if (failure instanceof Failure.BadOutput) {
            return Verdict.permanent(
                    Kind.CONFIGURATION,
                    "Its standard output must be the token alone, or JSON with access_token: correct KEY(command).");
        }
        if (failure instanceof Failure.NotReady) {
            return Verdict.later(Advice.AGAIN);
        }
        if (failure instanceof Failure.NotJson) {
            // A maintenance page or a captive portal passes, and must not stop a mailbox for good.
            return Verdict.later("It will be tried again; if it stays so, check KEY(token-endpoint) or KEY(issuer), and"
                    + " any proxy in between.");
        }
        return Verdict.permanent(
                Kind.PROTOCOL,
                "Is the address right? Check KEY(token-endpoint) or KEY(issuer), and any proxy in between.");
    }

    private static Verdict unreachable(IOException reason) {
        if (reason instanceof CaFileException) {
            return Verdict.permanent(Kind.CONFIGURATION, "Nothing was sent: correct KEY(ca-file).");
        }
        if (reason instanceof AnswerTooLargeException) {
            return Verdict.permanent(Kind.PROTOCOL, "Is the address right? Check KEY(token-endpoint) or KEY(issuer).");
        }
        return Verdict.later(
                "It will be tried again; if it stays so, check the network, KEY(token-endpoint), KEY(issuer) "
                        + "and, for a private authority, KEY(ca-file).");
    }

    /** 408 and 429 (RFC 9110, RFC 6585) and every 5xx pass; otherwise the provider's number, then the code, decides. */
    private static Verdict refused(Failure.Refused refused) {
        int status = refused.status();
        if (status == 408 || status == 425 || status == 429 || status >= 500) {
            return Verdict.later(Advice.AGAIN);
        }
        return AssertionErrors.verdict(refused)
                .or(() -> MicrosoftCodes.verdict(refused.error()))
                .or(() -> ErrorTexts.verdict(refused.error()))
                .or(() -> ErrorCodes.verdict(refused.error()))
                .orElseGet(() -> byStatus(status));
    }

    private static Verdict byStatus(int status) {
        if (status / 100 == 3) {
            return Verdict.permanent(
                    Kind.CONFIGURATION,
                    "Redirects are not followed, because they would hand over the secret: set KEY(token-endpoint) or "
                            + "KEY(issuer) to the final address.");
        }
        return switch (status) {
            case 401 ->
                Verdict.permanent(
                        Kind.CONFIGURATION,
                        "The client was not recognised: check KEY(client-id), KEY(client-secret) and KEY(client-authentication).");
            case 403 ->
                Verdict.permanent(
                        Kind.ADMINISTRATOR,
                        "Access is forbidden: a firewall or a policy stands in the way. Ask whoever runs this network or the mail domain.");
            case 404, 405, 410 ->
                Verdict.permanent(
                        Kind.CONFIGURATION,
                        "The address is wrong: check KEY(token-endpoint), KEY(issuer) or KEY(tenant).");
            default ->
                Verdict.permanent(
                        Kind.PROTOCOL,
                        "The server gives no reason that is known here: ask whoever runs it, and check KEY(token-endpoint) or KEY(issuer).");
        };
    }

    private static Verdict narrowed(Failure.Narrowed narrowed) {
        return narrowed.byUser()
                ? Verdict.permanent(
                        Kind.RECONSENT,
                        "The mailbox owner has to consent again and leave every box ticked: " + Advice.LOGIN
                                + ". Or KEY(scope) asks for too much.")
                : Verdict.permanent(
                        Kind.ADMINISTRATOR, "The client has to be given this scope, or KEY(scope) asks for too much.");
    }

    private static String what(Failure failure) {
        if (failure instanceof Failure.Unreachable unreachable) {
            return "failed: " + reason(unreachable.reason());
        }
        if (failure instanceof Failure.Refused refused) {
            String words = refused.error().words();
            return "was answered with HTTP " + refused.status() + (words.isEmpty() ? "" : ", " + words);
        }
        if (failure instanceof Failure.Malformed malformed) {
            return "was answered wrongly: " + malformed.problem();
        }
        if (failure instanceof Failure.NotJson notJson) {
            return "was answered wrongly: " + notJson.problem();
        }
        return "gave a token without the scope " + ((Failure.Narrowed) failure).missingScope();
    }

    private static String reason(IOException failure) {
        return failure instanceof CaFileException || failure instanceof AnswerTooLargeException
                ? String.valueOf(failure.getMessage())
                : NetworkWords.of(failure);
    }
}
