package io.mailroutes.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTrustTest {
    /** Documentation addresses stand for the public network. */
    private static final Map<String, String> NAMES = Map.of(
            "login.example.com", "203.0.113.1",
            "api.example.com", "203.0.113.2",
            "corp.internal.example", "10.0.0.1",
            "sso.internal.example", "10.0.0.2");

    @ParameterizedTest
    @CsvSource({
        "https://login.example.com, https://login.example.com:8443/token",
        "https://login.example.com, https://LOGIN.example.com./token",
        "https://login.example.com/realms/a, https://api.example.com/token",
        "https://login.example.com, https://example.com/token",
        "https://login.example.com, https://eu.login.example.com/token",
        "https://example.com, https://login.example.com/token",
        "https://login.example.co.uk, https://api.example.co.uk/token",
        "https://sso.internal.example, https://corp.internal.example/token",
        "http://127.0.0.1:1, http://127.0.0.1:2/token",
        "http://localhost:1, http://[::1]:2/token",
    })
    void anEndpointOfTheSameDomainIsTrusted(String issuer, String endpoint) {
        assertThat(trust(issuer, "203.0.113.9").objection(URI.create(endpoint))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://login.example.com, https://evil.example/token",
        "https://login.example.com, https://login.example.com.evil.example/token",
        "https://login.example.com, https://notexample.com/token",
        "https://example.com, https://example.org/token",
        "https://example.co.uk, https://evil.co.uk/token",
        "https://example.com.au, https://evil.com.au/token",
        "https://203.0.113.1, https://9.0.113.1/token",
        "https://login.example.com, https://169.254.169.254/latest",
        "https://login.example.com, https://[fd00::1]/token",
        "http://127.0.0.1:1, https://example.com/token",
    })
    void anEndpointOfAnotherDomainIsRefused(String issuer, String endpoint) {
        assertThat(trust(issuer, "203.0.113.9").objection(URI.create(endpoint)))
                .hasValueSatisfying(words -> assertThat(words).endsWith("which is not of the issuer's domain"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "127.0.0.1",
                "0.0.0.0",
                "::1",
                "fe80::1",
                "fd00::1"
            })
    void aNameThatLeadsIntoAPrivateNetworkIsRefused(String address) {
        assertThat(trust("https://login.example.com", address).objection(URI.create("https://rebound.example.com/t")))
                .hasValue("is at rebound.example.com, in a private network, but the issuer is not");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1/token, 'is on this machine, but the issuer is not'",
        "https://localhost/token, 'is on this machine, but the issuer is not'",
        "http://login.example.com/token, must begin with https:// (http:// is for this machine only)",
        "ftp://login.example.com/token, must begin with https:// (http:// is for this machine only)",
    })
    void theWrongSchemeOrMachineIsRefusedOnTheRightHostToo(String endpoint, String words) {
        assertThat(trust("https://login.example.com", "203.0.113.9").objection(URI.create(endpoint)))
                .hasValue(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://unknown.example.com/token"})
    void aNameThatOnlyAProxyKnowsIsJudgedByItsDomain(String endpoint) {
        EndpointTrust trust = new EndpointTrust(URI.create("https://login.example.com"), host -> {
            throw new UnknownHostException(host);
        });

        assertThat(trust.objection(URI.create(endpoint))).isEmpty();
    }

    private static EndpointTrust trust(String issuer, String others) {
        return new EndpointTrust(URI.create(issuer), host ->
                new InetAddress[] {InetAddress.getByName(NAMES.getOrDefault(host, others))});
    }
}
