package io.mailroutes.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class UidSetTest {
    private static final int ROUNDS = 2000;
    private static final int HIGHEST = 60;

    @Test
    void behavesAsASetOfNumbersWhateverIsPutTogether() {
        Random random = new Random(20260102);
        for (int round = 0; round < ROUNDS; round++) {
            TreeSet<Long> left = some(random);
            TreeSet<Long> right = some(random);
            assertSame(UidSet.of(left), left);
            TreeSet<Long> union = new TreeSet<>(left);
            union.addAll(right);
            assertSame(UidSet.of(left).plus(UidSet.of(right)), union);
            TreeSet<Long> difference = new TreeSet<>(left);
            difference.removeAll(right);
            assertSame(UidSet.of(left).minus(UidSet.of(right)), difference);
        }
    }

    private static TreeSet<Long> some(Random random) {
        return random.longs(random.nextInt(HIGHEST), 1, HIGHEST + 1)
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void assertSame(UidSet set, TreeSet<Long> expected) {
        assertThat(set.stream().boxed().toList()).isEqualTo(List.copyOf(expected));
        assertThat(set.size()).isEqualTo(expected.size());
        assertThat(set.isEmpty()).isEqualTo(expected.isEmpty());
        assertThat(set).isEqualTo(UidSet.of(expected));
        for (long uid = 0; uid <= HIGHEST + 1; uid++) {
            assertThat(set.contains(uid)).isEqualTo(expected.contains(uid));
        }
    }

    @Test
    void isSpelledAsACommandTakesIt() {
        assertThat(UidSet.of(List.of(7L, 1L, 2L, 3L, 9L, 10L)).toCommand()).isEqualTo("1:3,7,9:10");
    }

    @Test
    void theEmptySetHasNoSpelling() {
        assertThatIllegalStateException().isThrownBy(UidSet.EMPTY::toCommand);
    }

    @Test
    void aRangeBackwardsIsEmpty() {
        assertThat(UidSet.range(5, 4)).isEqualTo(UidSet.EMPTY);
    }

    @Test
    void theHighestUidNeedsNoMemory() {
        UidSet all = UidSet.range(1, UidSet.MAX_UID);
        assertThat(all.size()).isEqualTo(UidSet.MAX_UID);
        assertThat(all.minus(UidSet.range(2, UidSet.MAX_UID - 1)).toCommand()).isEqualTo("1,4294967295");
    }

    @Test
    void rangesThatTouchAreRefused() {
        List<UidSet.Range> touching = List.of(new UidSet.Range(1, 3), new UidSet.Range(4, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> new UidSet(touching));
    }

    @Test
    void zeroIsNoUid() {
        assertThatIllegalArgumentException().isThrownBy(() -> UidSet.of(List.of(0L)));
    }
}
