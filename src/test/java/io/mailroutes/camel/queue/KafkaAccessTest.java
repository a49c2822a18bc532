package io.mailroutes.camel.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.account.Secret;
import io.mailroutes.testing.KafkaBroker;
import io.mailroutes.testing.KafkaBroker.Wishes;
import io.mailroutes.testing.SelfSignedCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Logins, rights and TLS at a real broker. */
@Timeout(120)
class KafkaAccessTest {
    /** Every character that could end a quoted word early. */
    private static final String SECRET = "canary\\\"; evil='x' {}";

    private static final String JAAS = "org.apache.kafka.common.security.";

    @TempDir
    static Path directory;

    private static SelfSignedCertificate certificate;
    private static KafkaBroker broker;

    @BeforeAll
    static void startBroker() throws Exception {
        certificate = SelfSignedCertificate.write(directory);
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        lines.put("super.users", "User:ANONYMOUS;User:ann;User:bob;User:CN=localhost");
        String sasl = "listener.name.sasl_plaintext.";
        lines.put(sasl + "sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512");
        lines.put(
                sasl + "plain.sasl.jaas.config",
                JAAS + "plain.PlainLoginModule required user_ann=\"canary\\\\\\\"; evil='x' {}\" user_eve=\"e\";");
        lines.put(sasl + "scram-sha-256.sasl.jaas.config", JAAS + "scram.ScramLoginModule required;");
        lines.put(sasl + "scram-sha-512.sasl.jaas.config", JAAS + "scram.ScramLoginModule required;");
        Path pair = directory.resolve("pair.pem");
        Files.writeString(pair, Files.readString(certificate.key()) + Files.readString(certificate.certificate()));
        lines.put("listener.name.ssl.ssl.keystore.type", "PEM");
        lines.put("listener.name.ssl.ssl.keystore.location", pair.toString());
        lines.put("listener.name.ssl.ssl.truststore.type", "PEM");
        lines.put(
                "listener.name.ssl.ssl.truststore.location",
                certificate.certificate().toString());
        lines.put("listener.name.ssl.ssl.client.auth", "required");
        broker = KafkaBroker.start(
                directory.resolve("broker"),
                new Wishes(
                        List.of("SASL_PLAINTEXT", "SSL"),
                        List.of("SCRAM-SHA-512=[name=bob,password=builder]", "SCRAM-SHA-256=[name=bob,password=b256]"),
                        lines));
        broker.topic("mails", 1, Map.of());
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void plainAndScramLogIn() throws Exception {
        send(login("PLAIN", "ann", SECRET), "plain");
        send(login("SCRAM-SHA-512", "bob", "builder"), "scram-512");
        send(login("SCRAM-SHA-256", "bob", "b256"), "scram-256");
        assertThat(broker.records("mails"))
                .extracting(record -> record.key())
                .contains("plain", "scram-512", "scram-256");
    }

    @Test
    void aWrongPasswordIsTheSinksAndIsInNoMessage() {
        assertThatThrownBy(() -> send(login("PLAIN", "ann", "canary-wrong"), "x"))
                .isInstanceOf(KafkaAwayException.class)
                .hasMessageContaining("refused the login: check mechanism, user and secretRef")
                .satisfies(failure -> assertThat(failure.toString()).doesNotContain("canary"));
        assertThatThrownBy(() -> send(login("SCRAM-SHA-512", "bob", "canary-wrong"), "x"))
                .isInstanceOf(KafkaAwayException.class)
                .hasMessageContaining("refused the login");
    }

    @Test
    void aUserWithoutTheRightToWriteIsTheSinksFaultToo() {
        assertThatThrownBy(() -> send(login("PLAIN", "eve", "e"), "x"))
                .isInstanceOf(KafkaAwayException.class)
                .hasMessageContaining("may not write to the topic mails: grant WRITE and DESCRIBE");
        assertThat(broker.records("mails")).extracting(record -> record.key()).doesNotContain("x");
    }

    @Test
    void ourCertificateIsTheLogin() throws Exception {
        send(tls(Optional.of(certificate.certificate()), Optional.of(directory.resolve("pair.pem"))), "mutual");
        assertThat(broker.records("mails")).extracting(record -> record.key()).contains("mutual");
    }

    @Test
    void aCertificateThatNobodyTrustsGetsNoMail() {
        assertThatThrownBy(() -> send(tls(Optional.empty(), Optional.of(directory.resolve("pair.pem"))), "untrusted"))
                .isInstanceOf(KafkaAwayException.class)
                .hasMessageContainingAll("no TLS with", "caFile");
        assertThat(broker.records("mails")).extracting(record -> record.key()).doesNotContain("untrusted");
    }

    @Test
    void aClearTextListenerGetsNoMailByTls() {
        KafkaAccess access = new KafkaAccess(
                broker.address(), true, Optional.empty(), "", Optional.empty(), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> send(access, "clear"))
                .isInstanceOf(KafkaAwayException.class)
                .hasMessageContaining("security");
        assertThat(broker.records("mails")).extracting(record -> record.key()).doesNotContain("clear");
    }

    @Test
    void aSecretIsNotInTheText() {
        assertThat(login("PLAIN", "ann", SECRET).toString()).doesNotContain("canary");
    }

    private static KafkaAccess login(String mechanism, String user, String secret) {
        return new KafkaAccess(
                broker.address("SASL_PLAINTEXT"),
                false,
                Optional.of(mechanism),
                user,
                Optional.of(Secret.of(secret)),
                Optional.empty(),
                Optional.empty());
    }

    private static KafkaAccess tls(Optional<Path> authorities, Optional<Path> own) {
        return new KafkaAccess(broker.address("SSL"), true, Optional.empty(), "", Optional.empty(), authorities, own);
    }

    private static void send(KafkaAccess access, String key) throws Exception {
        Map<String, Object> lines = new LinkedHashMap<>(access.configuration());
        lines.put("enable.idempotence", true);
        lines.put("max.block.ms", 5_000);
        try (KafkaSender sender = new KafkaSender(lines, new KafkaFailures(access.brokers(), "mails", 5_000), 20_000)) {
            sender.open();
            sender.send(new ProducerRecord<>("mails", key, new byte[] {1}));
        }
    }
}
