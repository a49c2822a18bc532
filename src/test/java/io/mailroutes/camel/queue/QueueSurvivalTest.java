package io.mailroutes.camel.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.account.QueueSettings;
import io.mailroutes.camel.queue.QueueHost.Received;
import io.mailroutes.message.FileContent;
import io.mailroutes.testing.Mails;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is acknowledged is there, whatever ends the process; and a mail of any size passes. */
@Timeout(180)
class QueueSurvivalTest {
    @TempDir
    Path data;

    @Test
    void whatAHaltedProcessWasToldIsThereIsThereAndSendingItAllAgainMakesNoDuplicate() throws Exception {
        List<String> acknowledged;
        try (QueueChild child = QueueChild.senderThatHalts(data, 1, 60)) {
            acknowledged = child.lines();
        }
        assertThat(acknowledged).hasSize(60);
        try (QueueChild child = QueueChild.senderThatHalts(data, 1, 100)) {
            assertThat(child.lines()).hasSize(100);
        }
        Mails mails = Mails.quick(1);
        try (QueueHost host = QueueHost.embedded(data)) {
            host.sink("orders");
            List<Received> taken = host.take("orders");

            assertThat(taken).hasSize(100);
            for (int i = 1; i <= 100; i++) {
                assertThat(taken.get(i - 1).key()).isEqualTo("box/INBOX/1/" + i);
                assertThat(taken.get(i - 1).body()).isEqualTo(mails.mail(i));
            }
        }
    }

    @Test
    void aProcessThatIsKilledInTheMiddleLosesNothingAcknowledged() throws Exception {
        TreeSet<String> acknowledged = new TreeSet<>();
        for (int round = 0; round < 3; round++) {
            try (QueueChild child = QueueChild.senderThatHalts(data, 1 + 40 * round, 5_000)) {
                for (int i = 0; i < 40 + 7 * round; i++) {
                    acknowledged.add(child.line());
                }
                child.kill();
                acknowledged.addAll(child.lines());
            }
        }
        try (QueueHost host = QueueHost.embedded(data)) {
            host.sink("orders");
            List<String> keys = host.take("orders").stream().map(Received::key).toList();

            assertThat(keys).doesNotHaveDuplicates().containsAll(acknowledged);
        }
    }

    @Test
    void aMailOfTwoHundredMegabytesPassesASmallHeapToTheByte() throws Exception {
        Path mail = data.resolve("large.eml");
        byte[] digest = writeLarge(mail, 200);
        try (QueueChild child = QueueChild.largeSender(data.resolve("data"), mail, "48m")) {
            assertThat(child.lines()).containsExactly("sent");
        }
        try (QueueHost host = QueueHost.embedded(data.resolve("data"))) {
            host.sink("orders");
            assertThat(digestOfNext(host.url(), "orders")).isEqualTo(digest);
        }
    }

    private static byte[] writeLarge(Path file, int mebibytes) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] block = new byte[1 << 20];
        Random random = new Random(9);
        try (OutputStream out = new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(file)), digest)) {
            for (int i = 0; i < mebibytes; i++) {
                random.nextBytes(block);
                out.write(block);
            }
        }
        return digest.digest();
    }

    private static byte[] digestOfNext(String url, String queue) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        ConnectionFactory factory = ArtemisClient.factory(url);
        try (Connection connection = factory.createConnection();
                Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE)) {
            connection.start();
            MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
            BytesMessage message = (BytesMessage) consumer.receive(20_000);
            message.setObjectProperty(
                    "JMS_AMQ_SaveStream", new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        } finally {
            ArtemisClient.close(factory);
        }
        return digest.digest();
    }

    @Test
    void aFullShareOfTheDiskKeepsTheMailAndTellsWhatToDo() throws Exception {
        try (QueueHost host =
                new QueueHost(data, Map.of("listen", "127.0.0.1:0", "maximum-size", Integer.toString(64 << 20)))) {
            QueueSink sink = host.sink("orders");
            byte[] large = new byte[20 << 20];
            host.send(sink, QueueHost.mail(1, large), QueueHost.mail(2, large));
            assertThatThrownBy(() -> host.send(sink, QueueHost.mail(3, large)))
                    .isInstanceOf(QueueAwayException.class)
                    .hasMessageContainingAll("as many as mailroutes.queue.maximum-size=67108864 allows");

            assertThat(host.take("orders")).hasSize(2);
            host.send(sink, QueueHost.mail(3, large));
            assertThat(host.take("orders")).extracting(Received::key).containsExactly("box/INBOX/1/3");
        }
        assertThat(QueueSettings.DEFAULT_MAXIMUM_SIZE).isEqualTo(10_737_418_240L);
    }

    @Test
    void aMailThatCannotBeReadIsNoFailureOfTheBroker() throws Exception {
        try (QueueHost host = QueueHost.embedded(data)) {
            QueueSink sink = host.sink("orders");
            Path gone = data.resolve("gone.eml");
            assertThatThrownBy(() -> host.send(sink, QueueHost.mail(1, new FileContent(gone, 500_000))))
                    .isInstanceOf(IOException.class);
            host.send(sink, QueueHost.mail(2, new byte[10]));
            assertThat(host.take("orders")).extracting(Received::key).containsExactly("box/INBOX/1/2");
        }
    }
}
