package io.mailroutes.account;

import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a provider's authorization server beside its addresses. What is empty is not known, or differs.
 *
 * @param registration who gets a client id
 * @param publicClients whether clients have no secret
 * @param redirects where the browser may be sent after consent, best first
 * @param issuerInResponse whether the answer after consent carries {@code iss} (RFC 9207)
 * @param rotation what a refresh does to the refresh token
 * @param accessTokenLife how long an access token usually lives; {@code expires_in} of the answer is what counts
 * @param refreshTokenIdle how long a refresh token lives without being used
 * @param refreshEvery refresh by the calendar, however long the access token still lives
 */
public record OAuthBehaviour(
        Optional<Registration> registration,
        boolean publicClients,
        List<Redirect> redirects,
        boolean issuerInResponse,
        Optional<Rotation> rotation,
        Optional<Duration> accessTokenLife,
        Optional<Period> refreshTokenIdle,
        Optional<Period> refreshEvery) {
    public OAuthBehaviour {
        redirects = List.copyOf(redirects);
    }

    /** Who gets a client id of the provider. */
    public enum Registration {
        /** Anybody, on a page. */
        OPEN,
        /** By a request that a person answers. */
        ON_REQUEST,
        /** Only those who have a contract. */
        CLOSED
    }

    /** A form of redirect URI. */
    public enum Redirect {
        /** {@code http://127.0.0.1:PORT} (RFC 8252 section 7.3). */
        LOOPBACK_IP,
        /** {@code http://localhost:PORT}. */
        LOOPBACK_NAME,
        /** A registered {@code https:} URI, from which a person copies the address back. */
        HTTPS,
        /** A page of the provider that shows the code. */
        OUT_OF_BAND
    }

    /** What a refresh does to the refresh token. */
    public enum Rotation {
        /** It stays. */
        NONE,
        /** There is a new one, and the old one still works. */
        OLD_STAYS_VALID,
        /** There is a new one in its place. */
        REPLACED,
        /** There is a new one, and using the old one again ends the consent. */
        REPLAY_REVOKES
    }

    static OAuthBehaviour read(BlockLines lines) {
        return new OAuthBehaviour(
                lines.choice("registration", Registration.values(), TableWord::of),
                lines.says("client-secret", "none"),
                lines.choices("redirect", Redirect.values(), TableWord::of),
                lines.says("iss-in-response", "yes"),
                lines.choice("rotation", Rotation.values(), TableWord::of),
                lines.line("access-token-life").map(Duration::parse),
                lines.line("refresh-token-idle").map(Period::parse),
                lines.line("refresh-every").map(Period::parse));
    }
}
