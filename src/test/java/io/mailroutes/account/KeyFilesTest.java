package io.mailroutes.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.SettableClock;
import io.mailroutes.testing.SigningKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files are read, and public clients recognised, when the configuration is read. */
class KeyFilesTest {
    private static final SigningKeys KEYS = SigningKeys.at(new SettableClock().instant());

    @TempDir
    private Path directory;

    @BeforeEach
    void files() throws IOException {
        KEYS.keyFile(directory.resolve("key.pem"));
        KEYS.certificateFile(directory.resolve("certificate.pem"));
        KEYS.pkcs12File(directory.resolve("key.p12"), "canary-password");
        KEYS.serviceAccountFile(directory.resolve("robot.json"), "robot@example.com");
        SigningKeys.closed(directory.resolve("assertion.jwt"), "a.b.c");
    }

    private Given microsoft() {
        return Given.microsoft().in(directory).without("client-secret");
    }

    private Given generic() {
        return Given.generic().in(directory).without("client-secret");
    }

    private Given robot() {
        return Given.google()
                .in(directory)
                .without("client-id")
                .without("client-secret")
                .without("refresh-token")
                .account("grant", "service-account")
                .account("service-account-file", "robot.json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            []                                                                  | is not the JSON file of a service account
            {"type": "service_account"                                          | is not the JSON file of a service account
            {"type": "service_account"} x                                       | is not the JSON file of a service account
            {"type": "service_account", "type": "service_account"}              | is not the JSON file of a service account
            {"type": "service_account", "x": tru}                               | is not the JSON file of a service account
            {"type": "service_account", "x": [1, {"y": "\\q"}]}                  | is not the JSON file of a service account
            {"type": {"a": "b"}}                                                | is not the key of a service account ("type": "service_account"): make one in Google Cloud, under IAM, Service accounts, Keys
            {"installed": {"client_secret": "canary", "redirect_uris": ["http://localhost"]}} | is not the key of a service account ("type": "service_account"): make one in Google Cloud, under IAM, Service accounts, Keys
            {"type": "service_account", "n": -1.5e3, "l": [], "o": {}}          | has no private_key
            {"type": "service_account", "private_key": "canary"}                | holds no private key in PEM form (-----BEGIN PRIVATE KEY-----)
            """)
    void theFileOfAServiceAccountIsReadBeforeItIsNeeded(String content, String words) throws IOException {
        SigningKeys.closed(directory.resolve("robot.json"), content);

        assertThat(robot().problems()).containsExactly("service-account-file: " + words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"client_email", "private_key_id", "token_uri"})
    void aServiceAccountWithoutAMemberIsRefused(String member) throws IOException {
        Path file = directory.resolve("robot.json");
        SigningKeys.closed(file, Files.readString(file).replace(member, "other"));

        assertThat(robot().problems()).containsExactly("service-account-file: has no " + member);
    }

    @Test
    void aServiceAccountThatIsNotThereIsRefused() {
        assertThat(robot().account("service-account-file", "none.json").problems())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("service-account-file: 'none.json' does not exist");
    }

    @Test
    void aCertificateThatHasEndedIsRefused() {
        Instant end = KEYS.certificate().getNotAfter().toInstant();

        assertThat(certified().later(Duration.ofDays(31)).problems())
                .containsExactly("certificate-file: holds a certificate that ended at " + end
                        + ": make a new one with its key, and register it where the client is registered");
        assertThat(generic()
                        .account("private-key-file", "key.p12")
                        .account("private-key-password", "canary-password")
                        .later(Duration.ofDays(31))
                        .problems())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("private-key-file: holds a certificate that ended at ");
    }

    @Test
    void aCertificateThatEndsWithinThirtyDaysIsAnnounced() {
        Instant end = KEYS.certificate().getNotAfter().toInstant();
        Configuration soon = certified().later(Duration.ofDays(2)).read();

        assertThat(soon.warnings())
                .containsExactly(new Problem(
                        "mailroutes.accounts.support.certificate-file",
                        "holds a certificate that ends at " + end
                                + ": make a new one with its key, and register it beside the old one before that"));
        assertThat(soon.accounts().get("support").oauth().orElseThrow().certificateEnd())
                .contains(end);
        assertThat(certified().later(Duration.ofDays(-2)).read().warnings()).isEmpty();
    }

    @Test
    void whereThereIsNoCertificateNothingEnds() throws IOException {
        OAuthClient client = generic().account("private-key-file", "key.pem").client();
        OAuthClient vanishing = certified().client();
        Files.delete(directory.resolve("certificate.pem"));

        assertThat(client.certificateEnd()).isEmpty();
        assertThat(vanishing.certificateEnd()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"client-secret", "private-key-file", "assertion-file"})
    void aProviderOfPublicClientsTakesNoProof(String key) {
        Given fastmail = fastmail();
        assertThat(fastmail.client().authentication()).isEqualTo(ClientAuthentication.NONE);

        fastmail.account(key, key.equals("assertion-file") ? "assertion.jwt" : "key.pem");
        assertThat(fastmail.problems())
                .containsExactly(key + ": fastmail has public clients only, which have no secret and sign nothing:"
                        + " delete the line");
    }

    @ParameterizedTest
    @ValueSource(strings = {"basic", "post", "private-key-jwt"})
    void aProviderOfPublicClientsHasNoWayToProveThem(String how) {
        assertThat(fastmail().account("client-authentication", how).problems())
                .containsExactly("client-authentication: fastmail has public clients only, which have no secret and"
                        + " sign nothing: delete the line");
        assertThat(fastmail().account("client-authentication", "none").problems())
                .isEmpty();
    }

    @Test
    void googleAndFastmailPromiseToNameThemselvesWhereTheyAreAsked() {
        assertThat(fastmail().client().consent().issuerPromised()).isTrue();
        assertThat(Given.google().client().consent().issuerPromised()).isTrue();
        assertThat(Given.microsoft().client().consent().issuerPromised()).isFalse();
        assertThat(fastmail()
                        .account("authorization-endpoint", "https://login.example.com/authorize")
                        .client()
                        .consent()
                        .issuerPromised())
                .isFalse();
    }

    private Given certified() {
        return microsoft().account("private-key-file", "key.pem").account("certificate-file", "certificate.pem");
    }

    private Given fastmail() {
        return Given.nothing()
                .in(directory)
                .account("provider", "fastmail")
                .account("user", "joe@example.com")
                .account("grant", "authorization-code")
                .account("client-id", "app");
    }
}
