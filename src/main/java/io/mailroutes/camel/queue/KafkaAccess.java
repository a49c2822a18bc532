package io.mailroutes.camel.queue;

import io.mailroutes.account.Loopback;
import io.mailroutes.account.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the brokers are reached and who we are there. Refuses in words what cannot work or would show a password.
 *
 * @param brokers {@code HOST:PORT}, several separated by commas
 * @param tls false only when the engineer says {@code security=none}
 * @param mechanism {@code PLAIN}, {@code SCRAM-SHA-256} or {@code SCRAM-SHA-512}; without one there is no login
 * @param caFile authorities besides those of Java, PEM
 * @param certificateFile our own certificate and its key, PEM in one file
 */
record KafkaAccess(
        String brokers,
        boolean tls,
        Optional<String> mechanism,
        String user,
        Optional<Secret> password,
        Optional<Path> caFile,
        Optional<Path> certificateFile) {
    private static final Pattern BROKER = Pattern.compile("(\\[[0-9a-fA-F:]+]|[A-Za-z0-9._-]+):[0-9]{1,5}");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    KafkaAccess {
        brokers = brokers.replaceAll("\\s+", "");
        refuse(brokers.isEmpty(), "brokers is not set: HOST:PORT, several separated by commas");
        for (String broker : brokers.split(",", -1)) {
            refuse(!BROKER.matcher(broker).matches(), "brokers=" + broker + " is not HOST:PORT");
        }
        checkLogin(brokers, tls, mechanism, user, password);
        caFile.ifPresent(file -> checkFile("caFile", file, tls));
        certificateFile.ifPresent(file -> checkFile("certificateFile", file, tls));
    }

    private static void checkLogin(
            String brokers, boolean tls, Optional<String> mechanism, String user, Optional<Secret> password) {
        if (mechanism.isEmpty()) {
            refuse(
                    !user.isEmpty() || password.isPresent(),
                    "user and secretRef want a mechanism: plain, scram-sha-256" + " or scram-sha-512");
            return;
        }
        refuse(user.isEmpty() || password.isEmpty(), "mechanism wants user and secretRef");
        refuse(CONTROL.matcher(user).find(), "user has a control character");
        refuse(
                !tls && !Arrays.stream(brokers.split(",")).allMatch(KafkaAccess::isLoopback),
                "security=none would show the password to the network: only a broker on this machine may have that");
    }

    private static boolean isLoopback(String broker) {
        return Loopback.is(broker.substring(0, broker.lastIndexOf(':')));
    }

    private static void checkFile(String option, Path file, boolean tls) {
        refuse(!tls, option + " wants security=tls");
        refuse(!Files.isReadable(file) || Files.isDirectory(file), option + "=" + file + " cannot be read");
    }

    static void refuse(boolean bad, String words) {
        if (bad) {
            throw new IllegalArgumentException("mail-kafka-sink: " + words);
        }
    }

    /** The words of Kafka's own configuration for this. */
    Map<String, Object> configuration() {
        Map<String, Object> lines = new LinkedHashMap<>();
        lines.put("bootstrap.servers", brokers);
        lines.put("security.protocol", (mechanism.isPresent() ? "SASL_" : "") + (tls ? "SSL" : "PLAINTEXT"));
        lines.put("ssl.endpoint.identification.algorithm", "https");
        caFile.ifPresent(file -> {
            lines.put("ssl.truststore.type", "PEM");
            lines.put("ssl.truststore.location", file.toString());
        });
        certificateFile.ifPresent(file -> {
            lines.put("ssl.keystore.type", "PEM");
            lines.put("ssl.keystore.location", file.toString());
        });
        mechanism.ifPresent(name -> {
            lines.put("sasl.mechanism", name);
            lines.put("sasl.jaas.config", login(name));
        });
        return lines;
    }

    private String login(String name) {
        String module = name.equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
        return "org.apache.kafka.common.security." + module + " required username=" + quoted(user) + " password="
                + quoted(password.orElseThrow().reveal()) + ";";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** @throws IllegalArgumentException in words */
    static Optional<String> mechanism(String name) {
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "", "none" -> Optional.empty();
            case "plain" -> Optional.of("PLAIN");
            case "scram-sha-256" -> Optional.of("SCRAM-SHA-256");
            case "scram-sha-512" -> Optional.of("SCRAM-SHA-512");
            default ->
                throw new IllegalArgumentException("mail-kafka-sink: mechanism=" + name
                        + " is not known: use none, plain, scram-sha-256 or scram-sha-512");
        };
    }

    @Override
    public String toString() {
        return brokers;
    }
}
