package io.mailroutes.camel;

import java.util.Map;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ActiveMQServers;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerPlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;

/** A broker that keeps nothing on disk and refuses the mails of one subject. */
final class ChoosyBroker implements AutoCloseable {
    private final ActiveMQServer server;

    ChoosyBroker(String subject) throws Exception {
        server = ActiveMQServers.newActiveMQServer(
                new ConfigurationImpl()
                        .setPersistenceEnabled(false)
                        .setSecurityEnabled(false)
                        .setJMXManagementEnabled(false)
                        .addAcceptorConfiguration(new TransportConfiguration(
                                NettyAcceptorFactory.class.getName(), Map.of("host", "127.0.0.1", "port", 0), "test")),
                null,
                null,
                false);
        server.registerBrokerPlugin(new Policy(subject));
        server.start();
    }

    private record Policy(String subject) implements ActiveMQServerPlugin {
        @Override
        public void beforeSend(
                ServerSession session, Transaction tx, Message message, boolean direct, boolean noAutoCreateQueue)
                throws ActiveMQException {
            if (subject.equals(String.valueOf(message.getObjectProperty("MailSubject")))) {
                throw new ActiveMQException("not of my taste");
            }
        }
    }

    String url() {
        return "tcp://127.0.0.1:" + ((NettyAcceptor) server.getRemotingService().getAcceptor("test")).getActualPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
