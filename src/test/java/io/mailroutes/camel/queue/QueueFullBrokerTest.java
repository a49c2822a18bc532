package io.mailroutes.camel.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ActiveMQServers;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerPlugin;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Brokers of somebody else that let a sender wait, refuse it, or refuse one mail. */
@Timeout(60)
class QueueFullBrokerTest {
    private static final byte[] RAW = new byte[50_000];

    @TempDir
    Path data;

    private ActiveMQServer server;

    private QueueHost host(String scheme, AddressSettings settings) throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .addAddressSetting("#", settings)
                .addAcceptorConfiguration(new TransportConfiguration(
                        NettyAcceptorFactory.class.getName(), Map.of("host", "127.0.0.1", "port", 0), "test"));
        server = ActiveMQServers.newActiveMQServer(configuration, null, null, false);
        server.start();
        int port = ((NettyAcceptor) server.getRemotingService().getAcceptor("test")).getActualPort();
        return new QueueHost(data, Map.of("url", scheme + "://127.0.0.1:" + port));
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    private static QueueSink quickSink(QueueHost host) {
        QueueSink sink = host.sink("orders");
        sink.stop();
        sink.setTimeout(1_000);
        sink.start();
        return sink;
    }

    private static void sendUntilRefused(QueueHost host, QueueSink sink) throws Exception {
        for (int uid = 1; uid < 100; uid++) {
            host.send(sink, QueueHost.mail(uid, RAW));
        }
    }

    @Test
    void aBrokerThatLetsSendersWaitIsGivenUpInTime() throws Exception {
        AddressSettings blocks = new AddressSettings()
                .setMaxSizeBytes(400_000)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.BLOCK);
        try (QueueHost host = host("tcp", blocks)) {
            QueueSink sink = quickSink(host);
            assertThatThrownBy(() -> sendUntilRefused(host, sink))
                    .isInstanceOf(QueueUnansweredException.class)
                    .hasMessageContaining("did not acknowledge the mail within 1000 ms: it hangs, or has no room");
            assertThat(Thread.interrupted()).isFalse();
            assertThatThrownBy(() -> host.send(sink, QueueHost.mail(200, RAW)))
                    .isInstanceOf(QueueUnansweredException.class);

            server.getAddressSettingsRepository().addMatch("#", new AddressSettings());
            server.locateQueue("orders").deleteAllReferences();
            host.send(sink, QueueHost.mail(200, RAW));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "amqp"})
    void aBrokerThatRefusesWhenItIsFullIsAwayAndNoMailIsBad(String scheme) throws Exception {
        AddressSettings fails = new AddressSettings()
                .setMaxSizeBytes(400_000)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.FAIL);
        try (QueueHost host = host(scheme, fails)) {
            QueueSink sink = host.sink("orders");
            assertThatThrownBy(() -> sendUntilRefused(host, sink))
                    .isInstanceOf(QueueAwayException.class)
                    .hasMessageContaining("has no room");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "amqp"})
    void aBrokerWithoutTheQueueSaysSo(String scheme) throws Exception {
        AddressSettings strict =
                new AddressSettings().setAutoCreateAddresses(false).setAutoCreateQueues(false);
        try (QueueHost host = host(scheme, strict)) {
            QueueSink sink = host.sink("orders");
            assertThatThrownBy(() -> host.send(sink, QueueHost.mail(1, RAW)))
                    .isInstanceOf(QueueAwayException.class)
                    .hasMessageContaining("has no queue for the queue orders");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "amqp"})
    void aPolicyOfTheBrokerMayBeAboutThisMailAndTheOthersPass(String scheme) throws Exception {
        try (QueueHost host = host(scheme, new AddressSettings())) {
            server.registerBrokerPlugin(new ActiveMQServerPlugin() {
                @Override
                public void beforeSend(
                        ServerSession session,
                        Transaction tx,
                        Message message,
                        boolean direct,
                        boolean noAutoCreateQueue)
                        throws ActiveMQException {
                    if ("box/INBOX/1/2".equals(String.valueOf(message.getObjectProperty("MailKey")))) {
                        throw new ActiveMQException("not this one");
                    }
                }
            });
            QueueSink sink = host.sink("orders");
            host.send(sink, QueueHost.mail(1, RAW));
            assertThatThrownBy(() -> host.send(sink, QueueHost.mail(2, RAW)))
                    .isInstanceOf(QueueUnansweredException.class)
                    .hasMessageContaining("not this one");
            host.send(sink, QueueHost.mail(3, RAW));
            assertThat(server.locateQueue("orders").getMessageCount()).isEqualTo(2);
        }
    }

    @Test
    void whatAClientCannotHoldInMemoryIsTheMailsOwnFault() throws Exception {
        byte[] huge = new byte[Math.toIntExact(Runtime.getRuntime().maxMemory() / 8 + 1)];
        try (QueueHost host = host("amqp", new AddressSettings())) {
            QueueSink sink = host.sink("orders");
            assertThatThrownBy(() -> host.send(sink, QueueHost.mail(1, huge)))
                    .isInstanceOf(QueueRefusedException.class)
                    .hasMessageContainingAll("box/INBOX/1/1", "holds a mail in memory", "tcp://");
            host.send(sink, QueueHost.mail(2, RAW));
        }
    }
}
