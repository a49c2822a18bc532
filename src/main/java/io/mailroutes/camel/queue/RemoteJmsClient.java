package io.mailroutes.camel.queue;

import io.mailroutes.account.ConfigurationException;
import io.mailroutes.account.Problem;
import io.mailroutes.account.QueueSettings.Login;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.spi.ClassResolver;

/** A broker somewhere else, by the client that its URL asks for: Artemis's own, or Qpid JMS for AMQP 1.0. */
final class RemoteJmsClient implements JmsClient {
    static final String URL = "mailroutes.queue.url";
    static final String ARTEMIS = "org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory";
    static final String QPID = "org.apache.qpid.jms.JmsConnectionFactory";
    private static final Pattern SERVER = Pattern.compile("[a-z]+://[^/?#,;()@]+");

    private final ConnectionFactory factory;
    private final boolean streams;
    private final Optional<Login> login;
    private final String where;

    private RemoteJmsClient(ConnectionFactory factory, boolean streams, Optional<Login> login, String where) {
        this.factory = factory;
        this.streams = streams;
        this.login = login;
        this.where = where;
    }

    /** @throws ConfigurationException when there is no client for this URL, or the client does not take it */
    static RemoteJmsClient of(String url, Optional<Login> login, ClassResolver classes) {
        boolean artemis = url.replaceFirst("^\\(+", "").startsWith("tcp:");
        Class<?> type = classes.resolveClass(artemis ? ARTEMIS : QPID);
        if (type == null) {
            throw problem("its client is not here: put "
                    + (artemis ? "artemis-jakarta-client" : "qpid-jms-client (2.x)")
                    + " and what it needs into lib/, or on the class path of your program");
        }
        return new RemoteJmsClient(factory(artemis, type, url), artemis, login, where(url));
    }

    private static ConnectionFactory factory(boolean artemis, Class<?> type, String url) {
        try {
            return artemis
                    ? ArtemisClient.factory(url)
                    : (ConnectionFactory) type.getConstructor(String.class).newInstance(url);
        } catch (ReflectiveOperationException | RuntimeException refused) {
            Throwable why = refused.getCause() == null ? refused : refused.getCause();
            throw problem("its client does not take it (" + why.getClass().getSimpleName()
                    + "): look at the options after the '?'");
        }
    }

    private static ConfigurationException problem(String text) {
        return new ConfigurationException(List.of(new Problem(URL, text)));
    }

    private static String where(String url) {
        return SERVER.matcher(url).results().map(MatchResult::group).collect(Collectors.joining(", "));
    }

    @Override
    public void start() {
        // The first mail connects: a broker that is away at the start is no reason not to start.
    }

    @Override
    public Connection connect() throws JMSException {
        return login.isPresent()
                ? factory.createConnection(
                        login.get().user(), login.get().password().reveal())
                : factory.createConnection();
    }

    @Override
    public boolean streams() {
        return streams;
    }

    @Override
    public String where() {
        return "the broker at " + where;
    }

    @Override
    public void requireRoom(long bytes) {
        // How much room it has only it can tell.
    }

    @Override
    public void close() {
        if (streams) {
            ArtemisClient.close(factory);
        }
    }
}
