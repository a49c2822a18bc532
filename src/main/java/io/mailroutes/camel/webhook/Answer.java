package io.mailroutes.camel.webhook;

import io.mailroutes.camel.SinkException;
import io.mailroutes.camel.SinkFailure.Kind;
import java.time.Duration;

/**
 * What the receiver said: its status, and how long it wants to be left alone. Nothing else of an answer is looked at.
 *
 * @param retryAfter zero when it did not say
 */
record Answer(int status, Duration retryAfter) {
    /** A receiver that is gone is asked so rarely. */
    private static final Duration GONE = Duration.ofHours(1);

    boolean isTaken() {
        return status >= 200 && status < 300;
    }

    boolean isUnauthorized() {
        return status == 401;
    }

    /** Whether the same request may be taken a little later. */
    boolean isWorthAnotherTry() {
        return switch (status) {
            case 408, 409, 425, 429 -> true;
            case 501, 505 -> false;
            default -> status >= 500;
        };
    }

    /**
     * 400, 413 and 422 speak of this one request. 3xx, 401, 407, 410 cannot, nor can 408, 425, 429, 503, which ask for
     * patience. Any other refusal may be of all mails or of this one: it counts as the mail's when the receiver takes
     * others (RFC 9110 section 15, RFC 6585, RFC 8470; Standard Webhooks 1.0.0 for 3xx and 410).
     */
    Kind kind() {
        return switch (status) {
            case 400, 413, 422 -> Kind.MAIL;
            case 401, 407, 408, 410, 425, 429, 503 -> Kind.SINK;
            default -> status < 400 ? Kind.SINK : Kind.SINK_OR_MAIL;
        };
    }

    /** @param where the receiver, without what may be secret of its URL */
    SinkException failure(Target where) {
        Duration pause = status == 410 ? GONE : retryAfter;
        return new SinkException(
                kind(), "mail-webhook-sink: " + where + " answered " + status + ": " + words(), pause, null);
    }

    private String words() {
        if (status >= 300 && status < 400) {
            return "a redirect, which is not followed, for who answers could name any address: set url to where the"
                    + " receiver is now";
        }
        return switch (status) {
            case 400, 422 -> "it does not take this mail; its log should say why";
            case 401 -> "our credentials were not taken: see to bearerAccount or headerSecretRef";
            case 403 -> "it forbids the request: see to the credentials and to the rules before the receiver";
            case 404 -> "there is nothing at the path of url";
            case 407 -> "something in between wants a login";
            case 409 -> "it is still busy with the same delivery, or has another one of this key";
            case 410 ->
                "it wants no webhooks any more. It is asked once an hour from now on: take the step out of the"
                        + " route, or set url to where the receiver is now";
            case 413 -> "the mail is too large for it: set maxBodySize to what it takes";
            case 415 -> "it does not take this format";
            case 408, 425, 429, 503 -> "it is busy" + asked();
            default -> status >= 500 ? "it has a trouble of its own" + asked() : "it does not take the request";
        };
    }

    private String asked() {
        return retryAfter.isZero() ? "" : ", and asks for " + retryAfter.toSeconds() + " s";
    }
}
