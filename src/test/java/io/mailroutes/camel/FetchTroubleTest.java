package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.message.UidSet;
import io.mailroutes.testing.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FetchTroubleTest {
    private final SettableClock clock = new SettableClock();
    private final FetchTrouble trouble = new FetchTrouble(clock);

    @Test
    void afterABatchFailedItsMailsAreFetchedOneByOneAndNoneWaits() {
        trouble.failed(UidSet.range(3, 5));
        assertThat(trouble.alone()).isEqualTo(UidSet.range(3, 5));
        assertThat(trouble.pausing().isEmpty()).isTrue();
        trouble.fetched(UidSet.range(3, 5));
        assertThat(trouble.isEmpty()).isTrue();
    }

    @Test
    void aMailThatFailsAloneWaitsLongerAndLongerButNeverMoreThanTenMinutes() {
        UidSet seven = UidSet.range(7, 7);
        for (long seconds : new long[] {5, 10, 20, 40, 80, 160, 320, 600, 600}) {
            trouble.failed(seven);
            assertThat(trouble.pausing()).isEqualTo(seven);
            assertThat(trouble.nextDue()).contains(clock.instant().plusSeconds(seconds));
            clock.advance(Duration.ofSeconds(seconds));
            assertThat(trouble.pausing().isEmpty()).isTrue();
            assertThat(trouble.nextDue())
                    .as("a pause that is over wakes nobody again")
                    .isEmpty();
        }
    }

    @Test
    void aSingleMailThatCannotBeListedIsFetchedAllTheSame() {
        trouble.notListed(UidSet.range(7, 7));
        assertThat(trouble.alone()).isEqualTo(UidSet.range(7, 7));
        assertThat(trouble.pausing().isEmpty()).isTrue();
    }

    @Test
    void aMailThatOthersRemovedIsNoTroubleAnyMore() {
        trouble.failed(UidSet.range(7, 7));
        trouble.failed(UidSet.range(3, 5));
        trouble.retain(UidSet.range(4, 4));
        assertThat(trouble.alone()).isEqualTo(UidSet.range(4, 4));
        assertThat(trouble.pausing().isEmpty()).isTrue();
    }

    @Test
    void aMailThatIsNotSentWaitsAndIsKnownTheSecondTime() {
        assertThat(trouble.notSent(UidSet.range(7, 8)).isEmpty()).isTrue();
        assertThat(trouble.pausing()).isEqualTo(UidSet.range(7, 8));
        trouble.fetched(UidSet.range(8, 8));
        assertThat(trouble.notSent(UidSet.range(7, 8))).isEqualTo(UidSet.range(7, 7));
    }
}
