package io.mailroutes.camel.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.mailroutes.account.Secret;
import io.mailroutes.message.FileContent;
import io.mailroutes.message.Mail;
import io.mailroutes.testing.Await;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A mail of 200 MB is signed and sent in the memory of a small one. */
@Timeout(120)
class LargeBodyTest {
    private static final int MEGABYTES = 200;
    private static final long MOST_ALLOCATED = 48L << 20;

    @TempDir
    Path directory;

    private Mail large() throws Exception {
        byte[] line = new byte[1 << 20];
        Arrays.fill(line, (byte) 'x');
        for (int i = 80; i < line.length; i += 80) {
            line[i] = '\n';
        }
        Path file = directory.resolve("large.eml");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write("Subject: s\r\nContent-Type: application/x\r\nContent-Disposition: attachment\r\n\r\n"
                    .getBytes(US_ASCII));
            for (int i = 0; i < MEGABYTES; i++) {
                out.write(line);
            }
        }
        return WebhookMails.of(7, new FileContent(file, Files.size(file)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Bodies.Format.class,
            names = {"RAW", "MULTIPART"})
    void theWholeIsNeverInMemory(Bodies.Format format) throws Exception {
        AtomicReference<String> received = new AtomicReference<>("");
        AtomicReference<RawReceiver> self = new AtomicReference<>();
        Signatures signatures = Signatures.of(List.of(new Signatures.Named("x", Secret.of(WebhookHost.SECRET))));
        Mail mail = large();
        ScheduledExecutorService alarms = Executors.newSingleThreadScheduledExecutor();
        try (DefaultCamelContext context = new DefaultCamelContext();
                RawReceiver receiver =
                        new RawReceiver((in, out) -> received.set(answer(length(self.get()), in, out)))) {
            self.set(receiver);
            context.start();
            Client client = new Client(
                    context,
                    Clock.systemUTC(),
                    Target.of(receiver.url("/"), false),
                    new OwnHeaders(Set.of("webhook-id", "webhook-signature")),
                    new Limits(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(100), 1),
                    Authorities.trusting(Optional.empty()),
                    alarms);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            try (client;
                    Body body = new Bodies(format, 0, Optional.empty(), directory, new SecureRandom()).of(mail)) {
                String signature = signatures.sign("box/INBOX/1/7", Instant.EPOCH, body.content());
                assertThat(client.post(body, Map.of("webhook-signature", signature))
                                .status())
                        .isEqualTo(200);
                assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_ALLOCATED);
                Await.until("the receiver has its digest", () -> !received.get().isEmpty());
                try (InputStream sent = body.content().open()) {
                    assertThat(received.get())
                            .isEqualTo(digest(sent, body.content().size()));
                }
                assertThat(body.content().size()).isGreaterThan((long) MEGABYTES << 20);
            }
        } finally {
            alarms.shutdownNow();
        }
    }

    private static long length(RawReceiver receiver) {
        return receiver.heads()
                .get(0)
                .lines()
                .filter(line -> line.startsWith("Content-Length: "))
                .mapToLong(line -> Long.parseLong(line.substring("Content-Length: ".length())))
                .sum();
    }

    private static String answer(long length, InputStream in, OutputStream out) throws IOException {
        String digest = digest(in, length);
        RawReceiver.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        return digest;
    }

    private static String digest(InputStream in, long length) throws IOException {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] chunk = new byte[1 << 16];
            for (long left = length; left > 0; ) {
                int read = in.read(chunk, 0, (int) Math.min(chunk.length, left));
                assertThat(read).isPositive();
                sha.update(chunk, 0, read);
                left -= read;
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
