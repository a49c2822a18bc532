package io.mailroutes.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsentTest {
    private static Given person() {
        return Given.generic()
                .without("client-secret")
                .account("grant", "authorization-code")
                .account("authorization-endpoint", "https://login.example.com/auth");
    }

    @Test
    void theAnswerGoesToAnyPortOfThisMachine() {
        assertThat(person().client().consent()).isEqualTo(Consent.LOOPBACK);
        assertThat(Consent.LOOPBACK.reachesThisMachine()).isTrue();
    }

    @Test
    void aRegisteredAddressElsewhereIsTaken() {
        Consent consent = person().account("redirect-uri", "https://app.example/back")
                .client()
                .consent();

        assertThat(consent.redirectUri()).isEqualTo(URI.create("https://app.example/back"));
        assertThat(consent.reachesThisMachine()).isFalse();
    }

    @Test
    void theNameOfADirectoryThatStandsForManyIsNotExpected() {
        Given person = Given.microsoft().without("client-secret").account("grant", "authorization-code");

        assertThat(person.client().consent().issuer()).isPresent();
        assertThat(person.account("tenant", "common").client().consent().issuer())
                .isEmpty();
    }

    @Test
    void aProviderThatSendsNobodyToThisMachineWantsARegisteredAddress() {
        Given yahoo = Given.nothing()
                .account("provider", "yahoo")
                .account("user", "joe@yahoo.com")
                .account("client-id", "the-client")
                .account("grant", "authorization-code");

        assertThat(yahoo.problems()).hasSize(1).first().asString().startsWith("redirect-uri: missing. yahoo sends");
        assertThat(yahoo.account("redirect-uri", "https://app.example/").problems())
                .isEmpty();
    }

    @Test
    void clearTextElsewhereIsRefused() {
        assertThat(person().account("redirect-uri", "http://app.example/back").problems())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("redirect-uri: must begin with https://");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "x", "999999"})
    void whatIsNoPortIsRefused(String port) {
        assertThat(person().account("redirect-port", port).problems())
                .containsExactly("redirect-port: '" + port + "' is not a port: 1 to 65535, or 0 for any free one");
    }

    @Test
    void twoPortsAreOneTooMany() {
        assertThat(person().account("redirect-uri", "http://127.0.0.1:8400/")
                        .account("redirect-port", "8401")
                        .problems())
                .containsExactly("redirect-port: redirect-uri names a port already: delete one of the two");
    }

    @Test
    void aRedirectWithoutALoginHasNoEffectAndIsRefused() {
        assertThat(Given.generic().account("redirect-port", "1").problems())
                .containsExactly("redirect-port: has no effect with grant=client-credentials: delete the line");
    }

    @Test
    void whereConsentIsAskedForHasToBeKnown() {
        assertThat(person().without("authorization-endpoint").problems())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("authorization-endpoint: missing.");
        assertThat(person().account("grant", "device-code").problems())
                .hasSize(1)
                .first()
                .asString()
                .startsWith("device-authorization-endpoint: missing.");
        assertThat(person().without("authorization-endpoint")
                        .account("issuer", "https://login.example.com")
                        .problems())
                .isEmpty();
    }
}
