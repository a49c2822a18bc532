package io.mailroutes.camel.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mailroutes.message.FileContent;
import io.mailroutes.testing.ChildProcess;
import io.mailroutes.testing.Mails;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Assertions;

/** Sinks and brokers in a JVM of their own, which can be killed. */
public final class QueueChild implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;

    private QueueChild(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    /** An embedded broker that listens until it is killed; the first line is {@code listening}. */
    public static QueueChild broker(Path data, int port) throws IOException {
        return start(List.of(), "broker", data.toString(), Integer.toString(port));
    }

    /** Sends mails {@code first} to {@code last}, a line for each that is acknowledged, and halts without any farewell. */
    static QueueChild senderThatHalts(Path data, int first, int last) throws IOException {
        return start(List.of(), "send", data.toString(), Integer.toString(first), Integer.toString(last));
    }

    /** Sends one mail and says {@code sent} and how many bytes of heap there are at most. */
    static QueueChild largeSender(Path data, Path mail, String heap) throws IOException {
        return start(List.of("-Xmx" + heap), "large", data.toString(), mail.toString());
    }

    private static QueueChild start(List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(ChildProcess.java()));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), QueueChild.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return new QueueChild(builder.start());
    }

    /** The next line; null at the end. */
    String line() throws IOException {
        return out.readLine();
    }

    public void awaitLine(String expected) throws IOException {
        Assertions.assertEquals(expected, line());
    }

    /** All further lines, until it ends. */
    List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = line(); line != null; line = line()) {
            lines.add(line);
        }
        return lines;
    }

    /** What it has written stays readable. */
    public void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] arguments) throws Exception {
        Path data = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "broker" -> listen(data, arguments[2]);
            case "send" -> send(data, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
            default -> sendLarge(data, Path.of(arguments[2]));
        }
    }

    private static void listen(Path data, String port) throws InterruptedException {
        QueueHost host = new QueueHost(data, Map.of("listen", "127.0.0.1:" + port));
        host.sink("any");
        System.out.println("listening");
        new CountDownLatch(1).await();
    }

    private static void send(Path data, int first, int last) throws Exception {
        QueueHost host = new QueueHost(data, Map.of());
        QueueSink sink = host.sink("orders");
        Mails mails = Mails.quick(1);
        for (int i = first; i <= last; i++) {
            host.send(sink, QueueHost.mail(i, mails.mail(i)));
            System.out.println("box/INBOX/1/" + i);
        }
        System.out.flush();
        Runtime.getRuntime().halt(1);
    }

    private static void sendLarge(Path data, Path mail) throws Exception {
        try (QueueHost host = new QueueHost(data, Map.of())) {
            host.send(host.sink("orders"), QueueHost.mail(1, new FileContent(mail, Files.size(mail))));
            System.out.println("sent");
        }
    }
}
