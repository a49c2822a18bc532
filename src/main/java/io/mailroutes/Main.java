package io.mailroutes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mailroutes.cli.Commands;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The door for people: {@code java -jar mailroutes.jar COMMAND}. */
public final class Main {
    private static final String LOG_CONFIGURATION = "log4j2.configurationFile";

    /** The launcher says where it is; without it, the working directory counts. */
    private static final String HOME = "mailroutes.home";

    /** SIGTERM has to end the program within 10 s. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(8);

    private Main() {}

    public static void main(String[] arguments) {
        // Not named log4j2.xml, because a host with our jar on its class path keeps its own.
        if (System.getProperty(LOG_CONFIGURATION) == null) {
            System.setProperty(LOG_CONFIGURATION, "classpath:io/mailroutes/log4j2-standalone.xml");
        }
        PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), true, UTF_8);
        PrintWriter err = new PrintWriter(new FileOutputStream(FileDescriptor.err), true, UTF_8);
        Path home = Path.of(System.getProperty(HOME, ""));
        CountDownLatch said = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> await(said), "last words"));
        int code = Commands.execute(home, out, err, arguments);
        out.flush();
        err.flush();
        said.countDown();
        System.exit(code);
    }

    /** After Ctrl-C or SIGTERM Java ends with its hooks: one of them waits for what the command has to say in the end. */
    private static void await(CountDownLatch said) {
        try {
            if (!said.await(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("mailroutes: ended before everything was in order; no mail is lost by that");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
