package io.mailroutes.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.ledger.FolderLedger.Opening;
import io.mailroutes.message.UidSet;
import io.mailroutes.store.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that changes the ledger is killed; the next one finds all that was reported as done, and nothing else. */
class LedgerCrashTest {
    @TempDir
    Path data;

    /** The child: changes the ledger for ever, and prints the number of each change that is made. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            FolderLedger ledger = folder(open(Path.of(arguments[0])));
            ledger.begin(7, UidSet.EMPTY, 1);
            LedgerModel model = new LedgerModel(Long.parseLong(arguments[1]));
            for (int change = 1; ; change++) {
                model.next().make(ledger);
                System.out.println(change);
                System.out.flush();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"11, 1", "12, 57", "13, 200"})
    void aKilledProcessHasLostNothingThatItReported(long seed, int killedAfter) throws Exception {
        int reported = runAndKill(seed, killedAfter);
        assertThat(reported).isGreaterThanOrEqualTo(killedAfter);
        LedgerModel model = new LedgerModel(seed);
        for (int change = 1; change <= reported; change++) {
            model.next();
        }
        try (Store store = open(data)) {
            FolderLedger ledger = new Ledger(store, Clock.systemUTC()).folder("support", "INBOX");
            assertThat(ledger.open(7)).isEqualTo(Opening.KNOWN);
            if (!model.matches(ledger)) {
                model.next(); // It was killed after the change and before the report.
            }
            model.assertMatches(ledger);
        }
    }

    private int runAndKill(long seed, int killedAfter) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        data.toString(),
                        Long.toString(seed))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int reported = 0;
        try (BufferedReader out = child.inputReader(US_ASCII)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                reported = Integer.parseInt(line);
                if (reported == killedAfter) {
                    child.toHandle().destroyForcibly(); // Process.destroyForcibly would close what is left to read.
                }
            }
        } finally {
            child.destroyForcibly().waitFor();
        }
        return reported;
    }

    private static Store open(Path data) {
        return Store.open(data, "", Clock.systemUTC());
    }

    private static FolderLedger folder(Store store) {
        FolderLedger ledger = new Ledger(store, Clock.systemUTC()).folder("support", "INBOX");
        ledger.open(7);
        return ledger;
    }
}
