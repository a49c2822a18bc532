package io.mailroutes.token;

import io.mailroutes.account.GrantType;
import io.mailroutes.account.OAuthBehaviour;
import io.mailroutes.account.OAuthClient;
import io.mailroutes.oauth.AccessToken;
import io.mailroutes.token.Expiry.Urgency;
import io.mailroutes.token.Expiry.What;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What of an account will end and when, as far as it can be known without asking anybody. */
final class Forecast {
    /** A server that gives so short a life ends the refresh token with a session. */
    private static final Duration SESSION = Duration.ofHours(25);

    private final AccountFacts facts;
    private final Instant now;
    private final List<Expiry> found = new ArrayList<>();

    private Forecast(AccountFacts facts, Instant now) {
        this.facts = facts;
        this.now = now;
    }

    /** The soonest first. */
    static List<Expiry> of(AccountFacts facts, Instant now) {
        Forecast forecast = new Forecast(facts, now);
        forecast.accessToken();
        if (facts.hasRefreshToken()) {
            forecast.idleRefreshToken();
            forecast.refreshToken();
            forecast.consentInTesting();
        }
        forecast.client();
        return forecast.found.stream().sorted(Comparator.comparing(Expiry::at)).toList();
    }

    private void add(What what, Instant end, String advice) {
        found.add(new Expiry(facts.account().name(), what, end, Urgency.of(end, now), advice));
    }

    private void accessToken() {
        facts.accessToken()
                .map(AccessToken::expiresAt)
                .ifPresent(end -> found.add(new Expiry(
                        facts.account().name(), What.ACCESS_TOKEN, end, Urgency.FINE, "It is replaced by itself.")));
    }

    private void idleRefreshToken() {
        Optional<Instant> end = facts.history().usedAt().flatMap(used -> facts.behaviour()
                .flatMap(OAuthBehaviour::refreshTokenIdle)
                .map(idle -> used.atZone(ZoneOffset.UTC).plus(idle).toInstant()));
        end.ifPresent(then -> add(
                What.UNUSED_REFRESH_TOKEN,
                then,
                "It ends when it is not used: `mailroutes run` uses it every week. Once it has ended, "
                        + anotherConsent() + "."));
    }

    private void refreshToken() {
        Optional<Instant> told = facts.history().endsAt();
        boolean calendar =
                facts.behaviour().flatMap(OAuthBehaviour::refreshEvery).isPresent();
        if (told.isPresent() && !isTesting(told.get())) {
            add(What.REFRESH_TOKEN, told.get(), toldAdvice(told.get()));
        } else if (told.isEmpty() && calendar) {
            facts.accessToken()
                    .map(AccessToken::expiresAt)
                    .ifPresent(end -> add(
                            What.REFRESH_TOKEN,
                            end,
                            "It ends with the access token: `mailroutes run` renews both by the provider's calendar."));
        }
    }

    private String toldAdvice(Instant end) {
        boolean session = facts.history()
                .usedAt()
                .filter(used -> Duration.between(used, end).compareTo(SESSION) <= 0)
                .isPresent();
        if (!session) {
            return "The server has told that it ends then: before that, " + anotherConsent() + ".";
        }
        String provider = facts.account().provider();
        return provider.startsWith("microsoft") || provider.equals("outlook")
                ? "The redirect address is probably registered as a single-page application (SPA): register it for"
                        + " mobile and desktop applications, then " + anotherConsent() + "."
                : "It ends with a session: if the server knows the scope offline_access, ask for it, then "
                        + anotherConsent() + ".";
    }

    private void consentInTesting() {
        Optional<Instant> told = facts.history().endsAt().filter(this::isTesting);
        if (told.isPresent()) {
            add(What.CONSENT_IN_TESTING, told.get(), TestingConsent.ADVICE);
            return;
        }
        boolean lastOne = facts.row()
                .consentLived()
                .filter(lived -> TestingConsent.isSeen(facts.account().provider(), lived))
                .isPresent();
        facts.history()
                .consentedAt()
                .filter(consent -> lastOne && TestingConsent.mayStillEnd(Duration.between(consent, now)))
                .ifPresent(consent -> add(
                        What.CONSENT_IN_TESTING,
                        consent.plus(TestingConsent.LIFE),
                        "The consent before this one ended after 7 days. " + TestingConsent.ADVICE));
    }

    /** Whether a consent that ends then is one of those. */
    private boolean isTesting(Instant end) {
        return facts.history()
                .consentedAt()
                .filter(consent -> TestingConsent.isSeen(facts.account().provider(), Duration.between(consent, end)))
                .isPresent();
    }

    private void client() {
        facts.certificateEnds()
                .ifPresent(end -> add(
                        What.CERTIFICATE,
                        end,
                        "Make another key and certificate, make the certificate known at the provider, and replace the"
                                + " files: they are read again for each token."));
        facts.account()
                .oauth()
                .flatMap(OAuthClient::clientSecretExpires)
                .map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant())
                .ifPresent(end -> add(
                        What.CLIENT_SECRET,
                        end,
                        "Make another secret at the provider, then change client-secret and client-secret-expires."));
    }

    private String anotherConsent() {
        String name = facts.account().name();
        return facts.account().grant() == GrantType.REFRESH_TOKEN
                ? "put a new one in mailroutes.accounts." + name + ".refresh-token"
                : "log in again: mailroutes login " + name;
    }
}
