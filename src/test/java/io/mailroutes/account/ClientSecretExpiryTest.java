package io.mailroutes.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientSecretExpiryTest {
    @Test
    void theDayOnWhichASecretEndsIsRead() {
        assertThat(Given.generic()
                        .account("client-secret-expires", "2027-05-31")
                        .support()
                        .oauth()
                        .orElseThrow()
                        .clientSecretExpires())
                .contains(LocalDate.of(2027, 5, 31));
    }

    @ParameterizedTest
    @ValueSource(strings = {"31.05.2027", "2027-02-30", "next year"})
    void aSecretEndsOnADayOfTheCalendar(String text) {
        assertThat(Given.generic().account("client-secret-expires", text).problems())
                .containsExactly("client-secret-expires: '" + text + "' is not a day: write it as 2027-05-31");
    }

    @Test
    void withoutASecretNoneExpires() {
        assertThat(Given.generic()
                        .without("client-secret")
                        .account("client-authentication", "none")
                        .account("client-secret-expires", "2027-05-31")
                        .problems())
                .anyMatch(problem -> problem.startsWith("client-secret-expires: there is no client-secret"));
    }
}
