package io.mailroutes.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.SettableClock;
import io.mailroutes.testing.SigningKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningAccountTest {
    private static final SigningKeys KEYS = SigningKeys.at(new SettableClock().instant());
    private static final SigningKeys OTHERS = SigningKeys.at(new SettableClock().instant());

    @TempDir
    private Path directory;

    @BeforeEach
    void files() throws IOException {
        KEYS.keyFile(directory.resolve("key.pem"));
        KEYS.certificateFile(directory.resolve("certificate.pem"));
        SigningKeys.encryptedKeyFile(directory.resolve("sealed.pem"));
        KEYS.pkcs12File(directory.resolve("key.p12"), "canary-password");
        KEYS.serviceAccountFile(directory.resolve("robot.json"), "robot@example.com");
        OTHERS.certificateFile(directory.resolve("others.pem"));
        SigningKeys.closed(directory.resolve("assertion.jwt"), "a.b.c");
        SigningKeys.closed(
                directory.resolve("old.pem"), "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        SigningKeys.closed(
                directory.resolve("empty.pem"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        SigningKeys.closed(directory.resolve("text.pem"), "canary");
        SigningKeys.closed(
                directory.resolve("odd.pem"),
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
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

    private AssertionSource.KeyFile key(Given given) {
        return (AssertionSource.KeyFile) given.client().assertion().orElseThrow();
    }

    @Test
    void microsoftGetsPs256ForItsTokenEndpoint() {
        Given given = microsoft().account("private-key-file", "key.pem").account("certificate-file", "certificate.pem");

        assertThat(given.client().authentication()).isEqualTo(ClientAuthentication.PRIVATE_KEY_JWT);
        assertThat(key(given).algorithm()).isEqualTo(SignatureAlgorithm.PS256);
        assertThat(key(given).audience()).isEqualTo(AssertionAudience.TOKEN_ENDPOINT);
        assertThat(key(given.account("assertion-algorithm", "RS256")).algorithm())
                .isEqualTo(SignatureAlgorithm.RS256);
    }

    @Test
    void otherServersGetRs256ForTheIssuerWhereThereIsOne() {
        Given given = generic().account("private-key-file", "key.pem");

        assertThat(key(given).algorithm()).isEqualTo(SignatureAlgorithm.RS256);
        assertThat(key(given).audience()).isEqualTo(AssertionAudience.TOKEN_ENDPOINT);
        given.without("token-endpoint").account("issuer", "https://login.example.com");
        assertThat(key(given).audience()).isEqualTo(AssertionAudience.ISSUER);
        assertThat(key(given.account("assertion-audience", "token-endpoint")).audience())
                .isEqualTo(AssertionAudience.TOKEN_ENDPOINT);
    }

    @Test
    void anAudienceThatIsNotThereIsRefused() {
        assertThat(generic()
                        .account("private-key-file", "key.pem")
                        .account("assertion-audience", "issuer")
                        .problems())
                .containsExactly(
                        "assertion-audience: is issuer, but the account names none: set issuer, or use token-endpoint");
    }

    @Test
    void encryptedPemAndPkcs12AreOpenedByTheirPassword() {
        for (String file : List.of("sealed.pem", "key.p12")) {
            assertThat(generic()
                            .account("private-key-file", file)
                            .account("private-key-password", "canary-password")
                            .problems())
                    .isEmpty();
        }
    }

    @Test
    void thePkcs12FileHasItsCertificateWithIt() {
        assertThat(microsoft()
                        .account("private-key-file", "key.p12")
                        .account("private-key-password", "canary-password")
                        .problems())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sealed.pem | canary-no | private-key-password: does not open the key in private-key-file
            key.p12    | canary-no | private-key-password: is not the password of the PKCS#12 file in private-key-file
            key.pem    | canary-no | private-key-password: has no effect: the key is not encrypted. Delete the line
            sealed.pem |           | private-key-file: holds an encrypted key: give private-key-password
            key.p12    |           | private-key-file: is an encrypted PKCS#12 file: give private-key-password
            old.pem    |           | private-key-file: holds a key in the old form RSA PRIVATE KEY: convert it with openssl pkcs8 -topk8 -in OLD -out NEW
            empty.pem  |           | private-key-file: holds no RSA key, which RS256 and PS256 sign with
            odd.pem    | canary-no | private-key-file: is damaged, or encrypted in a way that Java does not know: use openssl pkcs8 -topk8 -v2 aes-256-cbc
            text.pem   |           | private-key-file: holds no private key in PEM form (-----BEGIN PRIVATE KEY-----)
            """)
    void aKeyThatCannotBeUsedIsRefusedInWords(String file, String password, String words) {
        Given given = generic().account("private-key-file", file);
        if (password != null) {
            given.account("private-key-password", password);
        }

        assertThat(given.problems()).containsExactly(words);
    }

    @ParameterizedTest
    @CsvSource({"rw-r-----,key.pem", "rw----r--,key.pem", "rw-rw----,key.p12"})
    void aKeyThatOthersCanReadIsRefused(String mode, String file) throws IOException {
        Files.setPosixFilePermissions(directory.resolve(file), PosixFilePermissions.fromString(mode));

        assertThat(generic().account("private-key-file", file).problems())
                .containsExactly("private-key-file: can be read by other users (" + mode
                        + "), and it holds a private key: run chmod 600 on it");
    }

    @Test
    void aServiceAccountThatOthersCanReadIsRefused() throws IOException {
        Files.setPosixFilePermissions(directory.resolve("robot.json"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(robot().problems()).hasSize(1).first().asString().contains("can be read by other users (rw-r--r--)");
    }

    @Test
    void theCertificateOfAnotherKeyIsRefused() {
        assertThat(microsoft()
                        .account("private-key-file", "key.pem")
                        .account("certificate-file", "others.pem")
                        .problems())
                .containsExactly("certificate-file: is not the certificate of the key in private-key-file: give the two"
                        + " that were made together");
    }

    @Test
    void microsoftFindsAKeyByItsCertificateOnly() {
        assertThat(microsoft().account("private-key-file", "key.pem").problems())
                .containsExactly("certificate-file: missing. microsoft finds the key by its certificate: give it in PEM"
                        + " form, or both in one PKCS#12 file as private-key-file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"private-key-password", "certificate-file", "key-id", "assertion-algorithm"})
    void whatBelongsToAKeyHasNoEffectWithoutOne(String key) {
        assertThat(Given.generic().account(key, "canary").problems())
                .containsExactly(key + ": has no effect without private-key-file: delete the line");
    }

    @Test
    void twoProofsAreOneTooMany() {
        assertThat(Given.generic()
                        .in(directory)
                        .account("private-key-file", "key.pem")
                        .problems())
                .containsExactly(
                        "private-key-file: a client proves itself in one way, and there is a client-secret too:"
                                + " delete one of the two");
    }

    @Test
    void googleKnowsClientsByASecretOnly() {
        assertThat(Given.google()
                        .in(directory)
                        .without("client-secret")
                        .account("private-key-file", "key.pem")
                        .problems())
                .containsExactly("private-key-file: google knows clients by a client-secret only: use that");
    }

    @Test
    void anAssertionFromAFileIsAProofToo() {
        OAuthClient client =
                generic().account("assertion-file", "assertion.jwt").client();

        assertThat(client.authentication()).isEqualTo(ClientAuthentication.PRIVATE_KEY_JWT);
        assertThat(client.assertion()).contains(new AssertionSource.TokenFile(directory.resolve("assertion.jwt")));
    }

    @Test
    void aServiceAccountAsksForItsUserUnlessToldOtherwise() {
        assertThat(robot().client().subject()).contains("support@example.com");
        assertThat(robot().account("subject", "box@example.com").client().subject())
                .contains("box@example.com");
        assertThat(robot().without("grant").support().grant()).isEqualTo(GrantType.SERVICE_ACCOUNT);
    }

    @Test
    void aServiceAccountHasAKeyAndAName() {
        Given given = robot().without("service-account-file");
        assertThat(given.problems()).hasSize(1).first().asString().startsWith("service-account-file: missing.");
        given.account("private-key-file", "key.pem");
        assertThat(given.problems())
                .containsExactly("client-id: missing. With private-key-file it is the service account's e-mail");
        assertThat(given.account("client-id", "robot@example.com").problems()).isEmpty();
    }

    @Test
    void whatTheFileOfAServiceAccountSaysIsNotSaidTwice() {
        assertThat(robot().account("client-id", "x").problems())
                .containsExactly("client-id: stands in service-account-file too: delete one of the two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"client-secret", "assertion-file", "refresh-token", "command", "password"})
    void keysOfOtherGrantsHaveNoEffectOnAServiceAccount(String key) {
        assertThat(robot().account(key, "canary").problems())
                .contains(key + ": has no effect with grant=service-account: delete the line");
    }
}
