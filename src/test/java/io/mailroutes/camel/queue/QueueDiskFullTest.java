package io.mailroutes.camel.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.camel.queue.QueueHost.Received;
import io.mailroutes.testing.Await;
import io.mailroutes.testing.SmallDisk;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The embedded broker on a small disk. */
@Timeout(120)
class QueueDiskFullTest {
    private static final byte[] ONE_MEGABYTE = new byte[1 << 20];

    @TempDir
    Path directory;

    private SmallDisk disk;
    private Path filler;

    @BeforeEach
    void mount() {
        disk = SmallDisk.mount(directory, 64);
        Assumptions.assumeTrue(disk.isMounted(), disk.reason());
        filler = directory.resolve("filler");
    }

    @AfterEach
    void unmount() {
        disk.close();
    }

    private static List<String> keys(long last) {
        return LongStream.rangeClosed(1, last).mapToObj(i -> "box/INBOX/1/" + i).toList();
    }

    /** Sends until it is refused; returns how many were taken. */
    private static long sendUntilFull(QueueHost host, QueueSink sink) throws Exception {
        for (long uid = 1; ; uid++) {
            try {
                host.send(sink, QueueHost.mail(uid, ONE_MEGABYTE));
            } catch (QueueAwayException full) {
                assertThat(full)
                        .hasMessageContainingAll("the disk of", "MiB left", "make room, or have the queues read");
                return uid - 1;
            }
        }
    }

    @Test
    void aFullDiskIsNoFailureOfTheBrokerAndMailsGoOnWhenThereIsRoom() throws Exception {
        try (QueueHost host = QueueHost.embedded(directory.resolve("data"))) {
            QueueSink sink = host.sink("orders");
            long taken = sendUntilFull(host, sink);
            assertThat(taken).isBetween(10L, 60L);

            assertThat(host.take("orders")).extracting(Received::key).containsExactlyElementsOf(keys(taken));
            host.send(sink, QueueHost.mail(taken + 1, ONE_MEGABYTE));
            assertThat(host.take("orders")).hasSize(1);
        }
    }

    @Test
    void aBrokerThatHasShutItselfDownOnAFullDiskIsStartedAgainWithAllItHad() throws Exception {
        try (QueueHost host = QueueHost.embedded(directory.resolve("data"))) {
            QueueSink sink = host.sink("orders");
            for (long uid = 1; uid <= 5; uid++) {
                host.send(sink, QueueHost.mail(uid, ONE_MEGABYTE));
            }
            fill();
            writeFromOutside(host.url());
            assertThatThrownBy(() -> host.send(sink, QueueHost.mail(6, ONE_MEGABYTE)))
                    .isInstanceOf(QueueAwayException.class);

            Files.delete(filler);
            List<Exception> failures = new ArrayList<>();
            Await.until("the next mail is taken", Duration.ofSeconds(60), () -> {
                try {
                    host.send(sink, QueueHost.mail(6, ONE_MEGABYTE));
                    return true;
                } catch (QueueAwayException | QueueUnansweredException notYet) {
                    failures.add(notYet);
                    return false;
                }
            });
            assertThat(host.take("orders")).extracting(Received::key).containsExactlyElementsOf(keys(6));
            assertThat(failures).hasSizeLessThan(60);
        }
    }

    private void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(filler)) {
            for (; ; ) {
                out.write(ONE_MEGABYTE);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    /** What nobody asks about the room before. */
    private static void writeFromOutside(String url) throws JMSException {
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url)) {
            factory.setUseGlobalPools(false);
            factory.setCallTimeout(3_000);
            try (Connection connection = factory.createConnection();
                    Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
                MessageProducer producer = session.createProducer(session.createQueue("others"));
                BytesMessage message = session.createBytesMessage();
                message.writeBytes(new byte[5 << 20]);
                assertThatThrownBy(() -> producer.send(message)).isInstanceOf(JMSException.class);
            }
        }
    }
}
