package io.mailroutes.camel.queue;

import io.mailroutes.account.QueueSettings;
import io.mailroutes.account.QueueSettings.Listen;
import java.net.BindException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** How the embedded broker is set up: small, every message on the disk before it is acknowledged, none dropped. */
final class EmbeddedBrokerConfiguration {
    static final String LISTENER = "listen";

    /** Where a message goes that its reader has returned ten times; without it Artemis drops the message. */
    static final String RETURNED = "DLQ";

    /** The last mails of each queue by whose key a second delivery is known, also after a restart. */
    static final int REMEMBERED_KEYS = 20_000;

    private static final int MIB = 1 << 20;
    private static final int MOST_RETURNS = 10;
    private static final int FIRST_RETURN_MILLIS = 1_000;
    private static final int LAST_RETURN_MILLIS = 60_000;
    private static final int LOCK_MILLIS = 5_000;
    private static final int JOURNAL_FLUSH_NANOS = 200_000;

    private EmbeddedBrokerConfiguration() {}

    /** @param keyStore with it the broker speaks TLS alone where it listens */
    static Configuration of(Path directory, int id, QueueSettings settings, Optional<EmbeddedBrokerKeyStore> keyStore) {
        Configuration configuration = new ConfigurationImpl()
                .setName("mailroutes")
                .setPersistenceEnabled(true)
                .setSecurityEnabled(true)
                .setJMXManagementEnabled(false)
                .setIDCacheSize(REMEMBERED_KEYS)
                .setPersistIDCache(true)
                .setGlobalMaxSize(32L * MIB)
                // The room is looked after before a mail is sent; this is for what others send.
                .setMaxDiskUsage(-1)
                .setMinDiskFree(EmbeddedBrokerRoom.RESERVE / 2)
                .addAcceptorConfiguration(new TransportConfiguration(
                        InVMAcceptorFactory.class.getName(), Map.of("serverId", Integer.toString(id)), "inside"));
        files(configuration, directory);
        addresses(configuration);
        settings.listen().ifPresent(listen -> configuration.addAcceptorConfiguration(acceptor(listen, keyStore)));
        return configuration;
    }

    private static void files(Configuration configuration, Path directory) {
        configuration
                .setJournalDirectory(directory.resolve("journal").toString())
                .setBindingsDirectory(directory.resolve("bindings").toString())
                .setLargeMessagesDirectory(directory.resolve("large").toString())
                .setPagingDirectory(directory.resolve("paging").toString())
                .setJournalType(JournalType.NIO)
                .setJournalFileSize(2 * MIB)
                .setJournalMinFiles(2)
                .setJournalPoolFiles(4)
                .setJournalSyncNonTransactional(true)
                .setJournalSyncTransactional(true)
                .setJournalBufferTimeout_NIO(JOURNAL_FLUSH_NANOS)
                .setJournalLockAcquisitionTimeout(LOCK_MILLIS)
                .setCriticalAnalyzer(false);
    }

    private static void addresses(Configuration configuration) {
        configuration.addAddressSetting(
                "#",
                new AddressSettings()
                        .setAutoCreateAddresses(true)
                        .setAutoCreateQueues(true)
                        .setAutoDeleteAddresses(false)
                        .setAutoDeleteQueues(false)
                        .setMaxDeliveryAttempts(MOST_RETURNS)
                        .setRedeliveryDelay(FIRST_RETURN_MILLIS)
                        .setRedeliveryMultiplier(2)
                        .setMaxRedeliveryDelay(LAST_RETURN_MILLIS)
                        .setDeadLetterAddress(SimpleString.of(RETURNED))
                        .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                        .setMaxSizeBytes(8L * MIB)
                        .setPageSizeBytes(2 * MIB));
        configuration.addAddressConfiguration(new CoreAddressConfiguration()
                .setName(RETURNED)
                .addRoutingType(RoutingType.ANYCAST)
                .addQueueConfiguration(QueueConfiguration.of(RETURNED).setRoutingType(RoutingType.ANYCAST)));
    }

    private static TransportConfiguration acceptor(Listen listen, Optional<EmbeddedBrokerKeyStore> keyStore) {
        Map<String, Object> options = new HashMap<>();
        options.put("host", listen.host());
        options.put("port", listen.port());
        options.put("useEpoll", false);
        options.put("useKQueue", false);
        keyStore.ifPresent(given -> encrypt(given, options));
        return new TransportConfiguration(NettyAcceptorFactory.class.getName(), options, LISTENER);
    }

    private static void encrypt(EmbeddedBrokerKeyStore keyStore, Map<String, Object> options) {
        options.put("sslEnabled", true);
        options.put("keyStoreType", "PKCS12");
        options.put("keyStorePath", keyStore.file().toString());
        options.put("keyStorePassword", keyStore.password());
        options.put("enabledProtocols", "TLSv1.2,TLSv1.3");
    }

    /** Whether the broker did not start because it could not listen. */
    static boolean isAboutListening(Optional<Exception> failure) {
        Throwable at = failure.orElse(null);
        while (at != null) {
            if (at instanceof BindException || String.valueOf(at.getMessage()).contains("bind")) {
                return true;
            }
            at = at.getCause();
        }
        return false;
    }
}
