package io.mailroutes.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionsTest {
    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "ten", "1.5", "10000", "05", "99999999999"})
    void whatIsNoNumberOfConnectionsIsRefused(String text) {
        assertThat(Given.generic().account("connections", text).problems())
                .hasSize(1)
                .allSatisfy(problem -> assertThat(problem).contains("connections: ", text, "from 1 to 9999"));
    }

    @Test
    void theAccountDecides() {
        assertThat(connections(Given.generic().account("connections", "40"))).isEqualTo(40);
    }

    @Test
    void theProviderDecidesOtherwise() {
        assertThat(connections(Given.google())).isEqualTo(15);
        assertThat(connections(Given.microsoft())).isEqualTo(5);
    }

    @Test
    void whereNothingIsKnownOfTheServerItIsWhatDovecotAllows() {
        assertThat(connections(Given.generic())).isEqualTo(10);
    }

    private static int connections(Given given) {
        return given.read().accounts().values().iterator().next().connections();
    }
}
