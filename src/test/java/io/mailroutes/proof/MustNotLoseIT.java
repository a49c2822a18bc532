package io.mailroutes.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.account.OAuthBehaviour.Rotation;
import io.mailroutes.testing.NeedsDovecot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program reads a real Dovecot with {@code select=new} while it is killed again and again, its connections are reset
 * in the middle of literals, its tokens live for 5 s, and another client expunges, moves and flags. At the end of each
 * round every mail is in exactly one final place. The rounds of {@code mvn -Pendurance verify}, or
 * {@code -Dmailroutes.endurance.rounds=60 -Dmailroutes.endurance.seed=1}.
 */
@NeedsDovecot
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MustNotLoseIT {
    private static final int ROUNDS = Integer.getInteger("mailroutes.endurance.rounds", 10);
    private static final int AT_A_TIME = 3;

    private MailWorld world;

    @BeforeAll
    void start() {
        world = new MailWorld();
        // A kill in the middle of a refresh must not cost the consent, which is not what is looked at here.
        world.authorization().tokenLife(Duration.ofSeconds(5)).rotation(Rotation.OLD_STAYS_VALID);
    }

    @AfterAll
    void stop() {
        world.close();
    }

    @Test
    void everyMailIsInExactlyOneFinalPlaceWhateverHappens(@TempDir Path directory) throws Exception {
        long seed = Long.getLong("mailroutes.endurance.seed", System.nanoTime());
        System.out.println("MustNotLoseIT: " + ROUNDS + " rounds, -Dmailroutes.endurance.seed=" + seed);
        System.out.println(EnduranceCounts.HEAD);
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
        List<Future<EnduranceCounts>> rounds = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            EnduranceRound round = new EnduranceRound(world, i, seed, directory.resolve("round-" + i));
            rounds.add(threads.submit(() -> told(round)));
        }
        threads.shutdown();
        EnduranceCounts all = sum(rounds, seed);
        assertThat(all.delivered() + all.letters() + all.removed() + all.removedAfter())
                .as("every mail, counted once")
                .isEqualTo(all.mails());
        assertThat(all.amidst()).as("deliveries between kills").isPositive();
        assertThat(all.letters()).as("mails with which the route failed").isPositive();
        assertThat(all.removed())
                .as("mails that the other client was faster with")
                .isPositive();
        assertThat(all.cutsInLiterals()).as("resets in the middle of a mail").isPositive();
    }

    private static EnduranceCounts told(EnduranceRound round) throws IOException {
        try {
            EnduranceCounts counts = round.run();
            System.out.println(counts.line());
            return counts;
        } catch (IOException | RuntimeException | AssertionError e) {
            System.out.println("round " + round.number() + " failed: " + e.getMessage());
            throw e;
        }
    }

    /** All rounds are awaited and told, also after one has failed. */
    private static EnduranceCounts sum(List<Future<EnduranceCounts>> rounds, long seed) throws InterruptedException {
        EnduranceCounts all = EnduranceCounts.none("all");
        List<Throwable> failures = new ArrayList<>();
        StringBuilder table = new StringBuilder(EnduranceCounts.HEAD);
        for (Future<EnduranceCounts> round : rounds) {
            try {
                all = all.plus(round.get());
                table.append('\n').append(round.get().line());
            } catch (ExecutionException e) {
                failures.add(e.getCause());
            }
        }
        System.out.println("MustNotLoseIT, seed " + seed + ":\n" + table + "\n" + all.line());
        if (!failures.isEmpty()) {
            AssertionError failure = new AssertionError(
                    failures.size() + " rounds failed, seed " + seed + "; the first: " + failures.get(0),
                    failures.get(0));
            failures.forEach(failure::addSuppressed);
            throw failure;
        }
        return all;
    }
}
