package io.mailroutes.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mailroutes.testing.RawImap;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SandboxTest {
    @Test
    void theMailboxesHoldWhatIsExpected() throws Exception {
        Map<String, Integer> found = new HashMap<>();
        try (Sandbox sandbox = Sandbox.start(Clock.systemUTC())) {
            for (Sandbox.Expected expected : sandbox.expected()) {
                found.put(expected.mailbox(), unseen(sandbox, expected.mailbox()));
            }
            assertThat(sandbox.expected())
                    .allSatisfy(expected -> assertThat(found).containsEntry(expected.mailbox(), expected.count()));
            assertThat(sandbox.expected().stream()
                            .mapToInt(Sandbox.Expected::deadLettered)
                            .sum())
                    .isEqualTo(1);
        }
    }

    private static int unseen(Sandbox sandbox, String mailbox) throws Exception {
        String token = token(sandbox, mailbox);
        try (RawImap imap = new RawImap(sandbox.mailServer().imapPort())) {
            imap.authenticate("XOAUTH2", "user=" + sandbox.address(mailbox) + "\1auth=Bearer " + token + "\1\1");
            imap.command("EXAMINE INBOX");
            // Also asks for what GreenMail computes: a mail that it cannot parse would end the connection here.
            List<RawImap.Response> mails = imap.command("UID FETCH 1:* (FLAGS BODYSTRUCTURE BODY.PEEK[])");
            return (int)
                    mails.stream().filter(mail -> !mail.text().contains("Seen")).count();
        }
    }

    /** As an account of this mailbox would get it. */
    private static String token(Sandbox sandbox, String mailbox) throws Exception {
        String prefix = "mailroutes.accounts." + mailbox + ".";
        Map<String, String> properties = sandbox.properties();
        String id = properties.get(prefix + "client-id");
        String secret = properties.get(prefix + "client-secret");
        boolean basic = "basic".equals(properties.get(prefix + "client-authentication"));
        String form = Optional.ofNullable(properties.get(prefix + "refresh-token"))
                .map(token -> "grant_type=refresh_token&refresh_token=" + token)
                .orElse("grant_type=client_credentials");
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        sandbox.authorizationServer().endpoint())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        basic ? form : form + "&client_id=" + id + "&client_secret=" + secret));
        if (basic) {
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(UTF_8)));
        }
        String body = HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.ofString())
                .body();
        return new ObjectMapper().readTree(body).path("access_token").asText();
    }

    @Test
    void theAccountsUseBothWaysOfProvingAClientAndBothGrants() {
        try (Sandbox sandbox = Sandbox.start(Clock.systemUTC())) {
            Map<String, String> properties = sandbox.properties();

            assertThat(properties)
                    .containsEntry("mailroutes.accounts.support.client-authentication", "basic")
                    .containsEntry("mailroutes.accounts.invoices.client-authentication", "post")
                    .containsEntry("mailroutes.accounts.orders.grant", "refresh-token")
                    .containsKey("mailroutes.accounts.orders.refresh-token")
                    .doesNotContainKey("mailroutes.accounts.support.refresh-token");
            assertThat(properties.keySet()).allMatch(key -> key.startsWith("mailroutes.accounts."));
        }
    }

    @Test
    void theSamplesNameNobodyReal() {
        assertThat(SampleMail.all()).allSatisfy(mail -> assertThat(new String(mail.bytes(), ISO_8859_1))
                .doesNotContainPattern("@(?!example\\.(com|org|net)\\b)[A-Za-z]")
                .doesNotContainPattern("(?<!\r)\n"));
    }
}
