package io.mailroutes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mailroutes.cli.Commands;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** The door for people: {@code java -jar mailroutes.jar COMMAND}. */
public final class Main {
    private static final String LOG_CONFIGURATION = "log4j2.configurationFile";

    /** Buffers that Log4j keeps for each thread that ever logs: 13 KB for each mailbox. */
    private static final List<String> LOG_BUFFERS =
            List.of("log4j2.enable.threadlocals", "log4j2.enable.direct.encoders");

    private static final List<String> HTTP_TRACES =
            List.of("jdk.httpclient.HttpClient.log", "jdk.internal.httpclient.debug");

    /** The launcher says where it is; without it, the working directory counts. */
    private static final String HOME = "mailroutes.home";

    private Main() {}

    public static void main(String[] arguments) {
        // Not named log4j2.xml, because a host with our jar on its class path keeps its own.
        if (System.getProperty(LOG_CONFIGURATION) == null) {
            System.setProperty(LOG_CONFIGURATION, "classpath:io/mailroutes/log4j2-standalone.xml");
        }
        LOG_BUFFERS.forEach(kept -> System.setProperty(kept, "false"));
        // The JDK would write down whole requests to authorization servers: secrets, codes and tokens.
        HTTP_TRACES.forEach(System::clearProperty);
        PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), true, UTF_8);
        PrintWriter err = new PrintWriter(new FileOutputStream(FileDescriptor.err), true, UTF_8);
        Path home = Path.of(System.getProperty(HOME, ""));
        int code = Commands.execute(home, System.in, out, err, arguments);
        out.flush();
        err.flush();
        System.exit(code);
    }
}
