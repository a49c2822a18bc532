package io.mailroutes.oauth;

import static io.mailroutes.oauth.PermanentOAuthException.Kind.RECONSENT;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Asks again and again whether a person has consented elsewhere, as slowly as the server wants (RFC 8628 section 3.5). */
public final class DevicePolling {
    private static final Duration SLOWER = Duration.ofSeconds(5);
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);

    /** Waiting, as a seam: tests wait for nothing. */
    @FunctionalInterface
    public interface Pause {
        void pause(Duration duration) throws InterruptedException;
    }

    private final ConsentRefusal refusal;
    private final TokenEndpoint endpoint;
    private final Pause pause;

    public DevicePolling(String account, TokenEndpoint endpoint, Pause pause) {
        this.refusal = new ConsentRefusal(account);
        this.endpoint = endpoint;
        this.pause = pause;
    }

    /**
     * @param limit how long to ask at most
     * @return empty when nobody consented in time
     * @throws OAuthException when nobody ever will
     */
    public Optional<TokenResponse> await(DeviceAuthorization device, Duration limit) throws InterruptedException {
        Duration interval = device.interval();
        Duration most = limit.compareTo(device.life()) < 0 ? limit : device.life();
        Duration waited = Duration.ZERO;
        while (waited.plus(interval).compareTo(most) <= 0) {
            pause.pause(interval);
            waited = waited.plus(interval);
            try {
                return Optional.of(endpoint.exchange(device.grant()));
            } catch (OAuthException e) {
                interval = next(interval, e);
            }
        }
        return Optional.empty();
    }

    /** How long to wait after this, if waiting helps. */
    private Duration next(Duration interval, OAuthException e) {
        return switch (e.serverError()) {
            case "authorization_pending" -> interval;
            case "slow_down" -> interval.plus(SLOWER);
            // The second one is Microsoft's word.
            case "access_denied", "authorization_declined" ->
                throw refusal.byServer(ServerError.ofRedirect(e.serverError(), "", ""), List.of());
            case "expired_token", "bad_verification_code" ->
                throw refusal.of(
                        RECONSENT,
                        "the code has expired or is not known any more (" + e.serverError() + "). Nothing was stored. "
                                + Advice.BEGIN_ANEW);
            default -> unanswered(interval, e);
        };
    }

    /** RFC 8628 section 3.5: after a time-out ask more slowly. */
    private static Duration unanswered(Duration interval, OAuthException e) {
        if (e instanceof TransientOAuthException) {
            Duration doubled = interval.multipliedBy(2);
            return doubled.compareTo(LONGEST_INTERVAL) < 0 ? doubled : LONGEST_INTERVAL;
        }
        throw e;
    }
}
