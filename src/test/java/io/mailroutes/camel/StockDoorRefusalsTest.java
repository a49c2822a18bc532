package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stock endpoints behind an account refuse, so that no token leaves. */
class StockDoorRefusalsTest {
    @TempDir
    private Path directory;

    private StockHost host;
    private MockEndpoint received;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail.imap.ssl.trust=*",
                "mail.imap.ssl.checkserveridentity=false",
                "mail.imap.socketFactory=#support",
                "mail.imap.ssl.socketFactory.class=Evil",
                "mail.imap.sasl.enable=true",
                "mail.imap.auth.mechanisms=PLAIN",
                "mail.imap.auth.login.disable=false",
                "mail.imap.class=Evil",
                "mail.imap.folder.class=Evil",
                "mail.debug=true",
                "mail.debug.auth=true",
                "debugMode=true"
            })
    void anOptionThatCouldGiveTheTokenAwayIsRefusedInWords(String option) throws Exception {
        host.install();
        route(host.uri(option));

        assertThatThrownBy(host.context::start)
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .rootCause()
                .hasMessageContainingAll("account support is refused", option.substring(0, option.indexOf('=')));
        assertThat(host.authorization.tokenRequests()).isZero();
    }

    @Test
    void anotherSessionBesideOursIsRefused() throws Exception {
        host.install();
        host.context.getRegistry().bind("other", jakarta.mail.Session.getInstance(new java.util.Properties()));
        route(host.uri("session=#other"));

        assertThatThrownBy(host.context::start).rootCause().hasMessageContaining("session and javaMailProperties");
    }

    @Test
    void theMechanismThatEveryRecipeNamesIsNoError() throws Exception {
        host.append(StockDoorTest.PLAIN);
        host.install();
        route(host.uri("mail.imap.auth.mechanisms=XOAUTH2", "mail.imap.fetchsize=4096"));
        received.expectedMessageCount(1);
        host.context.start();

        received.assertIsSatisfied();
    }

    @ParameterizedTest
    @ValueSource(strings = {"imap://localhost:%d", "imap://127.0.0.1:1%d", "imaps://127.0.0.1:%d", "imap://127.0.0.1"})
    void anAddressThatIsNotTheAccountsIsRefusedBeforeAnythingIsSent(String address) throws Exception {
        host.install();
        route(address.formatted(host.mail.imapPort() % 10_000) + "?authenticator=#support");

        assertThatThrownBy(host.context::start)
                .rootCause()
                .hasMessageContainingAll("is not the account's server", "Write imap://127.0.0.1:");
        assertThat(host.authorization.tokenRequests()).isZero();
    }

    @Test
    void aTokenDoesNotSendWhereTheAccountHasNoSmtpServer() throws Exception {
        host.install();
        route("direct:out", "smtp://127.0.0.1:" + host.mail.smtpPort() + "?authenticator=#support");

        assertThatThrownBy(host.context::start)
                .rootCause()
                .hasMessageContainingAll("has no SMTP server", "mailroutes.accounts.support.smtp-host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"smtp://localhost:%d", "smtp://127.0.0.1:1%d", "smtps://127.0.0.1:%d", "smtp://127.0.0.1"})
    void aTokenIsSentToNoOtherSmtpServerThanTheAccounts(String address) throws Exception {
        host.account("smtp-host", "127.0.0.1")
                .account("smtp-port", Integer.toString(host.mail.smtpPort()))
                .account("smtp-security", "none")
                .install();
        route("direct:out", address.formatted(host.mail.smtpPort() % 10_000) + "?authenticator=#support");

        assertThatThrownBy(host.context::start)
                .rootCause()
                .hasMessageContainingAll("is not the account's server", "Write smtp://127.0.0.1:", "smtp-security");
        assertThat(host.authorization.tokenRequests()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail.smtp.ssl.trust=*",
                "mail.smtp.ssl.checkserveridentity=false",
                "mail.smtp.auth.mechanisms=LOGIN",
                "mail.smtp.sasl.enable=true",
                "mail.smtp.class=Evil",
                "mail.smtp.socketFactory=#support"
            })
    void anOptionForSendingThatCouldGiveTheTokenAwayIsRefused(String option) throws Exception {
        host.account("smtp-host", "127.0.0.1")
                .account("smtp-port", Integer.toString(host.mail.smtpPort()))
                .account("smtp-security", "none")
                .install();
        route("direct:out", "smtp://127.0.0.1:" + host.mail.smtpPort() + "?authenticator=#support&" + option);

        assertThatThrownBy(host.context::start)
                .rootCause()
                .hasMessageContainingAll("account support is refused", option.substring(0, option.indexOf('=')));
    }

    @Test
    void theAuthenticatorItselfNeverHandsOutAToken() {
        host.install();
        TokenMailAuthenticator authenticator =
                host.context.getRegistry().lookupByNameAndType("support", TokenMailAuthenticator.class);
        authenticator.tokens().token();

        assertThat(authenticator.getPasswordAuthentication().getUserName()).isEqualTo(StockHost.USER);
        assertThat(authenticator.getPasswordAuthentication().getPassword()).isEmpty();
        assertThat(authenticator).hasToString("TokenMailAuthenticator[support]");
    }

    @Test
    void anAccountNamedLikeABeanOfTheHostIsAnErrorAndNothingIsCreated() throws IOException {
        host.context.getRegistry().bind("support", "a bean that was here first");

        assertThatThrownBy(host::install).hasMessageContainingAll("mailroutes.accounts.support", "another bean");
        assertThat(host.context.getRegistry().lookupByName("support")).isEqualTo("a bean that was here first");
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @BeforeEach
    void start() {
        host = new StockHost(directory.resolve("data"));
        received = host.context.getEndpoint("mock:received", MockEndpoint.class);
    }

    @AfterEach
    void stop() throws IOException {
        host.close();
    }

    private void route(String from, String... to) throws Exception {
        host.context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from(from).routeId("stock").to(to).to("mock:received");
            }
        });
    }
}
