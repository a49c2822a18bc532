package io.mailroutes.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.message.SenderTrust.Outcome;
import io.mailroutes.message.SenderTrust.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is believed about the sender, and who is not. */
class SenderTrustTest {
    private static final String FROM = "From: Bank <office@bank.example>\n";
    private static final String RECEIVED = "Received: from bank.example (bank.example [192.0.2.1])\n"
            + "\tby mx.example.com with ESMTPS; Tue, 1 Jan 2030 00:00:00 +0000\n";

    private static SenderTrust trust(String header, String... trusted) {
        byte[] raw = (header + "\ntext").replace("\n", "\r\n").getBytes(UTF_8);
        return Mail.of(
                        Mails.KEY,
                        Set.of(),
                        Mails.RECEIVED,
                        new MemoryContent(raw),
                        MailLimits.DEFAULT,
                        Optional.empty(),
                        TrustedServers.of(List.of(trusted)))
                .senderTrust();
    }

    private static SenderTrust trust(String header) {
        return trust(header, "mx.example.com");
    }

    private static Verdict verdict(String results) {
        return trust("Authentication-Results: mx.example.com; " + results + "\n" + FROM)
                .verdict();
    }

    @Test
    void withoutAServerToTrustNothingIsKnown() {
        String header = "Authentication-Results: mx.example.com; dmarc=pass header.from=bank.example\n" + FROM;
        assertThat(trust(header, new String[0])).isEqualTo(SenderTrust.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mx.example.com.evil.example; dmarc=pass",
                "evil.example; dmarc=pass",
                "\"mx.example.com \"; dmarc=pass",
                "(mx.example.com) evil.example; dmarc=pass",
                "dmarc=pass; mx.example.com",
                "; mx.example.com; dmarc=pass",
                "mx.example.com=pass; dmarc=pass",
                "",
                ";;;===",
            })
    void whatAnybodyElseSaysIsNotBelieved(String value) {
        assertThat(trust("Authentication-Results: " + value + "\n" + FROM)).isEqualTo(SenderTrust.UNKNOWN);
    }

    @Test
    void googlesFieldBelowItsOwnReceivedIsRead() {
        SenderTrust trust = trust("""
                Received: by 2002:a05:6402:1 with SMTP id x1; Tue, 1 Jan 2030 00:00:00 -0800 (PST)
                ARC-Authentication-Results: i=1; mx.google.com; dmarc=fail
                Received: from mail.bank.example (mail.bank.example. [192.0.2.1])
                        by mx.google.com with ESMTPS id y2; Tue, 1 Jan 2030 00:00:00 -0800 (PST)
                Received-SPF: pass (google.com: domain of office@bank.example designates 192.0.2.1)
                Authentication-Results: mx.google.com;
                       dkim=pass header.i=@bank.example header.s=s1 header.b="R/AT(P5";
                       spf=pass (google.com: domain of office@bank.example designates 192.0.2.1 as permitted
                         sender) smtp.mailfrom=office@bank.example;
                       dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=bank.example
                """ + FROM, "mx.google.com");
        assertThat(trust.verdict()).isEqualTo(Verdict.PASS);
        assertThat(trust.server()).contains("mx.google.com");
        assertThat(trust.domain()).contains("bank.example");
        assertThat(List.of(trust.spf(), trust.dkim(), trust.dmarc())).containsOnly(Outcome.PASS);
        assertThat(trust.checks())
                .contains(new SenderTrust.Check("spf", Outcome.PASS, Optional.of("bank.example")))
                .hasSize(3);
    }

    @Test
    void whatStandsBelowTheNextReceivedCameWithTheMail() {
        SenderTrust trust = trust(RECEIVED
                + "Received: from x by y; Tue, 1 Jan 2030 00:00:00 +0000\n"
                + "Authentication-Results: mx.example.com; dmarc=pass header.from=bank.example\n" + FROM);
        assertThat(trust).isEqualTo(SenderTrust.UNKNOWN);
    }

    @Test
    void aForgedFieldBelowTheServersOwnAddsNothingToAMethodThatWasChecked() {
        SenderTrust trust = trust(RECEIVED
                + "Authentication-Results: mx.example.com; dkim=none; dmarc=fail header.from=bank.example\n"
                + "Authentication-Results: mx.example.com; dkim=pass header.d=bank.example; dmarc=pass\n" + FROM);
        assertThat(trust.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(trust.dkim()).isEqualTo(Outcome.NONE);
    }

    @Test
    void aServerMayWriteAFieldForEachMethod() {
        SenderTrust trust = trust(
                "Authentication-Results: mx3.messagingengine.com; x-me-sender=none\n"
                        + "Authentication-Results: mx3.messagingengine.com; dkim=pass header.d=bank.example\n"
                        + "Authentication-Results: mx3.messagingengine.com; spf=softfail smtp.mailfrom=a@b.example\n"
                        + "Authentication-Results: mx4.messagingengine.com; dmarc=fail\n" + FROM,
                "*.messagingengine.com");
        assertThat(trust.verdict()).isEqualTo(Verdict.PASS);
        assertThat(trust.spf()).isEqualTo(Outcome.SOFTFAIL);
        assertThat(trust.dmarc()).as("another server is another voice").isEqualTo(Outcome.ABSENT);
    }

    @Test
    void aContentFilterOnTheSameMachineIsNoBorder() {
        String results = "Authentication-Results: mx.example.com; dmarc=pass header.from=bank.example\n";
        String filter = "Received: from localhost (localhost [127.0.0.1]) by mx.example.com (Postfix)\n";
        assertThat(trust(filter + results + RECEIVED + FROM).verdict()).isEqualTo(Verdict.PASS);
        String claimed = "Received: from [127.0.0.1] (unknown [198.51.100.7]) by mx.example.com (Postfix)\n";
        assertThat(trust(claimed + RECEIVED + results + FROM)).isEqualTo(SenderTrust.UNKNOWN);
        String named = "Received: from by (by [198.51.100.7]) by mx.example.com (Postfix)\n";
        assertThat(trust(named + RECEIVED + results + FROM)).isEqualTo(SenderTrust.UNKNOWN);
        String open = "Received: from x( ([198.51.100.7]) by mx.example.com (Postfix)\n";
        assertThat(trust(open + RECEIVED + results + FROM)).isEqualTo(SenderTrust.UNKNOWN);
    }

    private static final String EXCHANGE_TRUST = "none:*.mail.protection.outlook.com";
    private static final String EXCHANGE = """
            Received: from A.eop.protection.outlook.com (2603::1) by B.outlook.office365.com (2603::2)
            Authentication-Results: spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=bank.example; example.com; dkim=pass
             (signature was verified) header.d=bank.example;dmarc=bestguesspass action=none
             header.from=bank.example;compauth=pass reason=109
            Received-SPF: Pass (protection.outlook.com: domain of bank.example)
            Received: from mail.bank.example (192.0.2.1) by A.mail.protection.outlook.com (10.0.0.1) with SMTP
            """;

    @Test
    void exchangeNamesNoServerAndIsKnownByTheReceivedBelow() {
        SenderTrust trust = trust(EXCHANGE + FROM, EXCHANGE_TRUST);
        assertThat(trust.verdict()).isEqualTo(Verdict.PASS);
        assertThat(trust.server()).isEmpty();
        assertThat(trust.dkim()).isEqualTo(Outcome.PASS);
        assertThat(trust.dmarc()).isEqualTo(Outcome.NONE);
    }

    @Test
    void aFieldThatNamesNoServerIsBelievedInThatOnePlaceOnly() {
        String forged = "Authentication-Results: dmarc=pass header.from=bank.example\n";
        String received = "Received: from mail.bank.example (192.0.2.1) by A.mail.protection.outlook.com (10.0.0.1)\n";
        assertThat(trust(received + forged + FROM, EXCHANGE_TRUST)).isEqualTo(SenderTrust.UNKNOWN);
        assertThat(trust(forged + FROM, EXCHANGE_TRUST)).isEqualTo(SenderTrust.UNKNOWN);
        assertThat(trust(forged + RECEIVED + received + FROM, EXCHANGE_TRUST)).isEqualTo(SenderTrust.UNKNOWN);
        assertThat(trust("Authentication-Results: evil; dmarc=fail\n" + forged + received + FROM, EXCHANGE_TRUST))
                .isEqualTo(SenderTrust.UNKNOWN);
        assertThat(trust(forged + received + FROM, "mx.example.com")).isEqualTo(SenderTrust.UNKNOWN);
        SenderTrust trust = trust(EXCHANGE + "Authentication-Results: dmarc=fail\n" + received + FROM, EXCHANGE_TRUST);
        assertThat(trust.dmarc()).isEqualTo(Outcome.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dmarc=pass header.from=bank.example",
                "DMARC = PASS (p=none) HEADER.FROM=Bank.Example.",
                "dmarc/1=pass",
                "dmarc=pass(p=NONE) header.from=office@bank.example",
                "x-unknown=fail; dmarc=\"pass\" reason=\"a; dmarc=fail (\" header.from=bank.example",
                "dmarc=none; dkim=pass header.d=other.example; dkim=pass header.d=bank.example",
                "spf=pass smtp.mailfrom=\"x; spf=fail\"@bank.example",
                "spf=pass; smtp.mailfrom=bank.example",
            })
    void theDomainInFromIsVouchedFor(String results) {
        assertThat(verdict(results)).isEqualTo(Verdict.PASS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none",
                "spf=pass smtp.mailfrom=evil.example; dkim=pass header.d=evil.example",
                "dkim=pass header.d=example",
                "dkim=pass header.d=com.bank.example",
                "dkim=pass header.i=@bank.example.evil.example",
                "dkim=fail header.d=bank.example",
                "dkim=policy header.d=bank.example",
                "spf=pass smtp.helo=bank.example",
                "spf=pass smtp.mailfrom=bank.example; spf=fail smtp.mailfrom=bank.example",
                "dmarc=pass header.from=evil.example",
                "dmarc=fail; dmarc=pass header.from=evil.example",
                "dmarc=temperror; dkim=pass header.d=bank.example",
                "dmarc=pass; dmarc=none",
                "dmarc=passed",
                "(dmarc=pass",
                "spf=none (a (b) smtp.mailfrom=x; dmarc=pass",
                "spf=none reason=\"; dmarc=pass",
                "spf=none (domain of x\\) dmarc=pass); x=y",
                "reason=\"dmarc=pass\"",
            })
    void nobodyVouchesForIt(String results) {
        assertThat(verdict(results)).isEqualTo(Verdict.NONE);
    }

    @Test
    void withSeveralAuthorsNobodyCanTellWhoWasVouchedFor() {
        String results = "Authentication-Results: mx.example.com; dmarc=pass header.from=bank.example\n";
        assertThat(trust(results + FROM + "From: a@evil.example\n").verdict()).isEqualTo(Verdict.NONE);
        assertThat(trust(results + "From: a@bank.example, b@evil.example\n").verdict())
                .isEqualTo(Verdict.NONE);
        assertThat(trust(results).verdict()).isEqualTo(Verdict.NONE);
        assertThat(trust(results + "From: nobody\n").domain()).isEmpty();
    }

    @Test
    void aLongFieldIsReadToItsEnd() {
        String many = "dkim=pass header.d=x.example;\n ".repeat(60);
        SenderTrust trust = trust(
                "Authentication-Results: mx.example.com 1;\n " + many + "dmarc=fail header.from=bank.example\n" + FROM);
        assertThat(trust.verdict()).isEqualTo(Verdict.FAIL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "((", "a=b;", "a=b c=d ", "\"", "\\", "(\\)", "=", "/", ";", "a/", "dkim=pass;", "é"})
    void aRepeatedPieceCostsNoMoreThanItsLength(String piece) {
        String value = piece.repeat(60_000 / piece.length());
        var start = CpuTime.used();
        trust("Received: " + value + "\nReceived: from " + value + " by mx.example.com\nAuthentication-Results: "
                + "mx.example.com; " + value + "\n" + FROM);
        assertThat(CpuTime.used().minus(start)).isLessThan(java.time.Duration.ofSeconds(2));
    }
}
