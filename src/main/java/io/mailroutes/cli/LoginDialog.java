package io.mailroutes.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mailroutes.account.Account;
import io.mailroutes.account.DesktopBrowser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What passes between a login and the person at the terminal.
 *
 * @param out where the address goes, alone on its line
 * @param opensBrowser whether the browser of this desktop may be opened
 * @param limit how long a person has
 */
record LoginDialog(InputStream in, PrintWriter out, PrintWriter words, boolean opensBrowser, Duration limit) {
    void say(String sentence) {
        words.println(sentence);
        words.flush();
    }

    /** The one thing that scripts read. */
    void print(String line) {
        out.println(line);
        out.flush();
    }

    void open(URI address) {
        if (opensBrowser) {
            DesktopBrowser.command().ifPresent(command -> start(command, address));
        }
    }

    private void start(List<String> command, URI address) {
        List<String> line = new ArrayList<>(command);
        line.add(address.toString());
        try {
            new ProcessBuilder(line)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            say("No browser could be started (" + command.get(0) + "): open the address yourself.");
        }
    }

    /**
     * The next line that is typed or pasted.
     *
     * @throws CommandFailure when none comes in time
     */
    String readLine(Account account) throws InterruptedException {
        CompletableFuture<Optional<String>> line = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(line), "mailroutes-paste");
        reader.setDaemon(true); // Nothing interrupts a read from a terminal.
        reader.start();
        try {
            return line.get(limit.toMillis(), TimeUnit.MILLISECONDS)
                    .orElseThrow(() -> new CommandFailure(
                            ExitCode.NEEDS_LOGIN,
                            "Account " + account.name() + ": the input ended before an address was pasted. Nothing was"
                                    + " stored."));
        } catch (TimeoutException e) {
            throw tooLate(account);
        } catch (ExecutionException e) {
            throw new CommandFailure(ExitCode.NEEDS_LOGIN, "the input cannot be read: " + e.getCause());
        }
    }

    private void read(CompletableFuture<Optional<String>> line) {
        try {
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, UTF_8));
            String text = reader.readLine();
            while (text != null && text.isBlank()) {
                text = reader.readLine();
            }
            line.complete(Optional.ofNullable(text));
        } catch (IOException e) {
            line.completeExceptionally(e);
        }
    }

    /** Nobody has answered within the limit. */
    CommandFailure tooLate(Account account) {
        return new CommandFailure(
                ExitCode.NEEDS_LOGIN,
                "Account " + account.name() + ": nobody consented within " + inWords(limit)
                        + ". Nothing was stored. Begin anew, with more time if need be: mailroutes login "
                        + account.name() + " --timeout 15m");
    }

    static String inWords(Duration duration) {
        long seconds = duration.toSeconds();
        return seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }
}
