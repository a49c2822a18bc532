package io.mailroutes.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.account.Account;
import io.mailroutes.account.Configuration;
import io.mailroutes.account.ConfigurationSource;
import io.mailroutes.account.GrantType;
import io.mailroutes.account.ProviderTable;
import io.mailroutes.account.Secret;
import io.mailroutes.oauth.AccessToken;
import io.mailroutes.oauth.TokenResponse;
import io.mailroutes.testing.Accounts;
import io.mailroutes.testing.FakeAnswer;
import io.mailroutes.testing.MemoryTokenStore;
import io.mailroutes.testing.SettableClock;
import io.mailroutes.testing.SigningKeys;
import io.mailroutes.token.Expiry.Urgency;
import io.mailroutes.token.Expiry.What;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForecastTest {
    private static final Instant NOW = new SettableClock().instant();
    private static final ProviderTable PROVIDERS = ProviderTable.load();

    @TempDir
    private Path directory;

    private final MemoryTokenStore store = new MemoryTokenStore();

    private Account account(String provider, String... more) {
        Map<String, String> keys = new HashMap<>(Map.of("provider", provider, "user", "joe@example.com"));
        for (int i = 0; i < more.length; i += 2) {
            keys.put(more[i], more[i + 1]);
        }
        Map<String, String> properties = new HashMap<>();
        keys.forEach((key, value) -> properties.put("mailroutes.accounts.support." + key, value));
        return Configuration.read(
                        ConfigurationSource.of(properties, directory).withClock(Clock.fixed(NOW, ZoneOffset.UTC)))
                .accounts()
                .get("support");
    }

    private Account person(String provider) {
        return account(
                provider,
                "grant",
                "refresh-token",
                "refresh-token",
                "r",
                "client-id",
                "app",
                "client-secret",
                "s",
                "client-authentication",
                "auto");
    }

    private List<Expiry> forecast(Account account, Optional<Duration> age, Optional<Duration> toldLife) {
        GrantPlan plan = GrantPlan.of(account).orElseThrow();
        AccessToken token = new AccessToken(Secret.of("at"), NOW, NOW.plusSeconds(3600), Optional.empty());
        TokenHistory history =
                new TokenHistory(age.map(NOW::minus), Optional.of(NOW), toldLife.map(NOW::plus), Optional.empty());
        StoredTokens fitting =
                plan.toStore(Optional.empty(), new TokenResponse(token, Optional.of(Secret.of("r2"))), NOW);
        store.save(
                "support",
                new StoredTokens(
                        fitting.accessToken(), fitting.refreshToken(), fitting.seed(), fitting.request(), history));
        return Forecast.of(AccountFacts.gather(account, store.storage(), PROVIDERS), NOW);
    }

    private static Optional<Expiry> find(List<Expiry> all, What what) {
        return all.stream().filter(expiry -> expiry.what() == what).findFirst();
    }

    @ParameterizedTest
    @CsvSource({"google, 2026-09-01T10:00:00Z", "microsoft, 2026-05-30T10:00:00Z"})
    void anUnusedRefreshTokenEndsByTheProvidersLimit(String provider, Instant end) {
        List<Expiry> all = forecast(person(provider), Optional.empty(), Optional.empty());

        assertThat(find(all, What.UNUSED_REFRESH_TOKEN).orElseThrow().at()).isEqualTo(end);
        assertThat(all).extracting(Expiry::urgency).containsOnly(Urgency.FINE);
        assertThat(all).extracting(Expiry::what).containsExactly(What.ACCESS_TOKEN, What.UNUSED_REFRESH_TOKEN);
    }

    @Test
    void aToldEndWithinFourteenDaysIsSoonAndNamesTheKey() {
        List<Expiry> all = forecast(person("google"), Optional.empty(), Optional.of(Duration.ofDays(13)));

        Expiry end = find(all, What.REFRESH_TOKEN).orElseThrow();
        assertThat(end.urgency()).isEqualTo(Urgency.SOON);
        assertThat(end.advice()).contains("mailroutes.accounts.support.refresh-token");
    }

    @ParameterizedTest
    @CsvSource({"microsoft, single-page application", "google, offline_access"})
    void aRefreshTokenOfADayIsExplained(String provider, String advice) {
        List<Expiry> all = forecast(person(provider), Optional.empty(), Optional.of(Duration.ofHours(24)));

        assertThat(find(all, What.REFRESH_TOKEN).orElseThrow().advice()).contains(advice);
    }

    @Test
    void aConsentOfSevenDaysAtGoogleIsSeenFromWhatTheServerTells() {
        List<Expiry> google =
                forecast(person("google"), Optional.of(Duration.ofDays(2)), Optional.of(Duration.ofDays(5)));
        List<Expiry> other =
                forecast(person("microsoft"), Optional.of(Duration.ofDays(2)), Optional.of(Duration.ofDays(5)));

        assertThat(find(google, What.CONSENT_IN_TESTING).orElseThrow().advice()).contains("still in Testing");
        assertThat(find(google, What.REFRESH_TOKEN)).isEmpty();
        assertThat(find(other, What.CONSENT_IN_TESTING)).isEmpty();
    }

    @Test
    void aConsentOfSevenDaysAtGoogleIsSeenFromTheOneBefore() {
        store.consentEnded("support", Duration.ofDays(7).plusHours(1));
        List<Expiry> young = forecast(person("google"), Optional.of(Duration.ofDays(2)), Optional.empty());
        List<Expiry> old = forecast(person("google"), Optional.of(Duration.ofDays(9)), Optional.empty());

        Expiry end = find(young, What.CONSENT_IN_TESTING).orElseThrow();
        assertThat(end.at()).isEqualTo(NOW.plus(Duration.ofDays(5)));
        assertThat(end.urgency()).isEqualTo(Urgency.SOON);
        assertThat(find(old, What.CONSENT_IN_TESTING)).isEmpty();
    }

    @Test
    void anotherEndOfTheLastConsentForecastsNothing() {
        store.consentEnded("support", Duration.ofDays(30));

        assertThat(find(
                        forecast(person("google"), Optional.of(Duration.ofDays(2)), Optional.empty()),
                        What.CONSENT_IN_TESTING))
                .isEmpty();
    }

    @Test
    void atYandexTheRefreshTokenEndsWithTheAccessToken() {
        List<Expiry> all = forecast(person("yandex"), Optional.empty(), Optional.empty());

        assertThat(find(all, What.REFRESH_TOKEN).orElseThrow().at()).isEqualTo(NOW.plusSeconds(3600));
    }

    @ParameterizedTest
    @CsvSource({"2026-03-15, SOON", "2026-03-16, FINE", "2026-03-01, OVER"})
    void aClientSecretEndsOnItsDay(String day, Urgency urgency) {
        Account account = account(
                "microsoft",
                "grant",
                "client-credentials",
                "tenant",
                "contoso.example",
                "client-id",
                "app",
                "client-secret",
                "s",
                "client-secret-expires",
                day);
        List<Expiry> all = Forecast.of(AccountFacts.gather(account, store.storage(), PROVIDERS), NOW);

        assertThat(all).hasSize(1);
        assertThat(all.get(0).what()).isEqualTo(What.CLIENT_SECRET);
        assertThat(all.get(0).urgency()).isEqualTo(urgency);
    }

    @Test
    void theCertificateOfAKeyEndsWhetherItIsPemOrPkcs12() throws Exception {
        SigningKeys keys = SigningKeys.at(NOW.minus(Duration.ofDays(20)));
        keys.keyFile(directory.resolve("key.pem"));
        keys.certificateFile(directory.resolve("cert.pem"));
        keys.pkcs12File(directory.resolve("key.p12"), "pw");
        String[] common = {"grant", "client-credentials", "tenant", "contoso.example", "client-id", "app"};
        Account pem = account("microsoft", with(common, "private-key-file", "key.pem", "certificate-file", "cert.pem"));
        Account p12 = account("microsoft", with(common, "private-key-file", "key.p12", "private-key-password", "pw"));

        for (Account account : List.of(pem, p12)) {
            List<Expiry> all = Forecast.of(AccountFacts.gather(account, store.storage(), PROVIDERS), NOW);
            Expiry end = find(all, What.CERTIFICATE).orElseThrow();
            assertThat(end.at()).isEqualTo(NOW.plus(Duration.ofDays(10)));
            assertThat(end.urgency()).isEqualTo(Urgency.SOON);
        }
    }

    private static String[] with(String[] first, String... more) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(String[]::new);
    }

    @Test
    void aConsentThatDiesAfterSevenDaysAtGoogleIsExplainedAndRemembered() {
        try (SourceFixture given = new SourceFixture()) {
            Account google = Accounts.like(given.account.account(), "google", GrantType.AUTHORIZATION_CODE);
            AccessToken token = new AccessToken(Secret.of("at"), NOW, NOW.plusSeconds(3600), Optional.empty());
            given.store.save(
                    "support",
                    new GrantPlan(google, given.account.oauth())
                            .toStore(new TokenResponse(token, Optional.of(Secret.of("dead"))), given.clock.instant()));
            given.clock.advance(Duration.ofDays(7));
            given.server.nextToken(FakeAnswer.json(400, "{\"error\":\"invalid_grant\"}"));

            assertThatThrownBy(given.source(google, given.account.oauth())::token)
                    .isInstanceOf(NeedsLoginException.class)
                    .hasMessageContaining("still in Testing");
            assertThat(given.store.of("support").consentLived()).contains(Duration.ofDays(7));
            assertThat(given.store.of("support").refusal().orElseThrow().reason())
                    .contains("still in Testing");
        }
    }
}
