package io.mailroutes.cli;

import static java.util.Objects.requireNonNull;

import io.mailroutes.account.Settings;
import io.mailroutes.store.KeyRotation;
import io.mailroutes.token.TokenKeys;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rotate-key}: the stored tokens under a new key, while everything goes on running. */
@Command(
        name = "rotate-key",
        mixinStandardHelpOptions = true,
        description = "Seals the stored tokens with a new key and removes the old one; also while another process runs."
                + " Cut short, it is finished by running it again.",
        footer = {
            "",
            "Exit codes: 0 all tokens are sealed with the new key; 2 nothing was done, or the",
            "old key could not be removed; 3 done, but an account's tokens open with no known",
            "key; 4 another process holds the store."
        })
final class RotateKeyCommand implements Callable<Integer> {
    @Mixin
    private ConfigurationOptions options = new ConfigurationOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter words = requireNonNull(spec).commandLine().getErr();
        try {
            Settings settings = options.read().settings();
            KeyRotation.Result result = TokenKeys.rotate(settings, Clock.systemUTC());
            sayWhatIsSealed(result, words);
            sayWhereKeysAre(result, settings, words);
            result.unreadable().forEach(account -> sayUnreadable(account, words));
            words.flush();
            return (result.unreadable().isEmpty() ? ExitCode.OK : ExitCode.NEEDS_LOGIN).code();
        } catch (Exception e) {
            return CommandFailure.report(e, words);
        }
    }

    private static void sayWhatIsSealed(KeyRotation.Result result, PrintWriter words) {
        if (result.resumed()) {
            words.println("A rotation that was begun before and not finished is finished now, with its own new key.");
        }
        words.println("Sealed with the new key (" + result.key() + "): the tokens of " + accounts(result.sealed())
                + (result.before() == 0 ? "." : "; " + accounts(result.before()) + " were so already."));
    }

    private static void sayWhereKeysAre(KeyRotation.Result result, Settings settings, PrintWriter words) {
        result.file().ifPresent(file -> words.println("The new key is in " + file + "."));
        result.dropped()
                .forEach(key ->
                        words.println("The old key (" + key + ") is removed from it: no stored token needs it."));
        result.kept()
                .forEach(key -> words.println("The old key (" + key
                        + ") stays in it, below the new one, for the sake of the account below."));
        words.println("Backups made before this need the old key. Make a new backup now, of the data and of the key.");
        if (settings.storeKeyOld().isPresent()) {
            words.println("Start \"mailroutes run\" with the new key everywhere, then remove "
                    + Settings.STORE_KEY_OLD_VARIABLE + " from the environment.");
        }
        if (result.file().isEmpty() && Files.exists(TokenKeys.file(settings))) {
            words.println("The file " + TokenKeys.file(settings) + " is not used while " + Settings.STORE_KEY_VARIABLE
                    + " is set: delete it when no backup needs it.");
        }
    }

    private static void sayUnreadable(String account, PrintWriter words) {
        words.println("Account " + account + ": its tokens open with no known key and are left as they are. Run:"
                + " mailroutes logout " + account + ", then log in again; or give back their key and run rotate-key"
                + " again.");
    }

    private static String accounts(int count) {
        return count + (count == 1 ? " account" : " accounts");
    }
}
