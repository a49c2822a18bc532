package io.mailroutes.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServersTest {
    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "99999999999", "-1", "imaps", "993 ", "9 9"})
    void whatIsNoPortIsRefused(String port) {
        assertThat(Given.generic().account("port", port + "x").problems())
                .containsExactly("port: '" + port + "x' is not a port: a number from 1 to 65535");
        assertThat(Given.generic()
                        .account("smtp-host", "h")
                        .account("smtp-port", "0")
                        .problems())
                .containsExactly("smtp-port: '0' is not a port: a number from 1 to 65535");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "imaps://imap.example.com",
                "imap.example.com:993",
                "imap.example.com/INBOX",
                "imap example",
                "-imap.example.com",
                "imap..example.com",
                "user@imap.example.com",
                "[::1",
            })
    void whatIsNoHostNameIsRefused(String host) {
        assertThat(Given.generic().account("host", host).problems())
                .containsExactly(
                        "host: '" + host + "' is not a host name: give the name or the address alone, without a"
                                + " scheme such as imaps://, and the port as port");
    }

    @ParameterizedTest
    @CsvSource({
        "imap.example.com, imap.example.com",
        "192.0.2.1, 192.0.2.1",
        "[2001:db8::1], 2001:db8::1",
        "dovecot_1, dovecot_1"
    })
    void namesAndAddressesAreHosts(String written, String host) {
        assertThat(Given.generic().account("host", written).support().imap().host())
                .isEqualTo(host);
    }

    @ParameterizedTest
    @CsvSource({"tls, 993, 465", "starttls, 143, 587"})
    void thePortFollowsFromTheSecurity(String security, int imap, int smtp) {
        Account account = Given.generic()
                .account("security", security)
                .account("smtp-host", "smtp.example.com")
                .account("smtp-security", security)
                .support();

        assertThat(account.imap().port()).isEqualTo(imap);
        assertThat(account.smtp().orElseThrow().port()).isEqualTo(smtp);
    }

    @Test
    void thePortOfAProviderFollowsTheAccountsSecurityToo() {
        assertThat(Given.google().account("security", "starttls").support().imap())
                .isEqualTo(new MailServer("imap.gmail.com", 143, Security.STARTTLS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "imap.example.com",
                "10.0.0.1",
                "128.0.0.1",
                "127.0.0.1.example.com",
                "localhost.example.com",
                "::2"
            })
    void clearTextNeverLeavesThisMachine(String host) {
        assertThat(Given.generic()
                        .account("host", host)
                        .account("security", "none")
                        .problems())
                .containsExactly("security: none would send the login and the mail unencrypted to '" + host + "': it is"
                        + " for a server on this machine only (127.0.0.0/8, ::1, localhost); use tls or starttls");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "[::1]", "0:0:0:0:0:0:0:1", "localhost", "LocalHost"})
    void clearTextIsAllowedOnThisMachine(String host) {
        MailServer imap = Given.generic()
                .account("host", host)
                .account("security", "none")
                .support()
                .imap();

        assertThat(imap.security()).isEqualTo(Security.NONE);
        assertThat(imap.port()).isEqualTo(143);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0",
                "127.0.0.256",
                "127.0.0.1.",
                "0.0.0.0",
                "127.0.0.1@evil.example",
                "",
                ":",
                "::ffff:10.0.0.1"
            })
    void whatOnlyLooksLikeThisMachineIsNot(String host) {
        assertThat(Loopback.is(host)).isFalse();
    }

    @Test
    void clearTextSmtpNeverLeavesThisMachineEither() {
        assertThat(Given.microsoft().account("smtp-security", "none").problems())
                .hasSize(1)
                .first()
                .asString()
                .startsWith(
                        "smtp-security: none would send the login and the mail unencrypted to 'smtp.office365.com'");
    }

    @Test
    void securityHasThreeWords() {
        assertThat(Given.generic().account("security", "ssl").problems())
                .containsExactly("security: 'ssl' is not one of tls, starttls, none");
        assertThat(Given.generic().account("security", "STARTTLS").problems())
                .containsExactly("security: 'STARTTLS' is not one of tls, starttls, none; did you mean 'starttls'?");
    }

    @Test
    void anSmtpPortWithoutAnSmtpHostIsAboutNothing() {
        assertThat(Given.generic().account("smtp-port", "465").problems())
                .containsExactly(
                        "smtp-host: missing. It is the SMTP server that smtp-port and smtp-security are about");
    }

    @Test
    void aFileOfAuthoritiesIsRelativeToTheBaseDirectory(@TempDir Path directory) throws IOException {
        Files.writeString(
                directory.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");

        assertThat(Given.generic()
                        .in(directory)
                        .account("ca-file", "ca.pem")
                        .support()
                        .caFile())
                .contains(directory.resolve("ca.pem"));
    }

    @Test
    void aFileOfAuthoritiesThatIsNotThereIsNamedWhole(@TempDir Path directory) {
        assertThat(Given.generic().in(directory).account("ca-file", "ca.pem").problems())
                .containsExactly("ca-file: 'ca.pem' does not exist (looked for " + directory.resolve("ca.pem") + ")");
    }

    @Test
    void whatIsNoFileOfAuthoritiesIsRefused(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\ncanary\n");

        assertThat(Given.generic().in(directory).account("ca-file", "key.pem").problems())
                .containsExactly("ca-file: holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)");
        assertThat(Given.generic().in(directory).account("ca-file", ".").problems())
                .containsExactly("ca-file: '.' is not a file");
    }

    @Test
    void aFileOfAuthoritiesThatIsHugeIsNotRead(@TempDir Path directory) throws IOException {
        try (var file = new RandomAccessFile(directory.resolve("disk.img").toFile(), "rw")) {
            file.setLength(5L << 20);
        }

        assertThat(Given.generic().in(directory).account("ca-file", "disk.img").problems())
                .containsExactly("ca-file: is larger than 4 MiB, which no such file is");
    }
}
