package io.mailroutes.camel.webhook;

import io.mailroutes.account.Configuration;
import io.mailroutes.camel.Backoff;
import io.mailroutes.camel.Installation;
import io.mailroutes.camel.MailBodies;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/**
 * Posts each mail to one URL, signed as Standard Webhooks 1.0.0 has it, and again until it is taken. What {@code
 * kamelet:mail-webhook-sink} does; its options are described there. Nothing of a mail or of an exchange has a say in
 * where a mail goes and with which headers.
 */
public final class MailWebhookSink extends ServiceSupport implements Processor, CamelContextAware {
    private final Options options = new Options();
    private final AtomicReference<CountDownLatch> stopping = new AtomicReference<>(new CountDownLatch(1));
    private final Runnable stop = () -> stopping.get().countDown();
    private @Nullable CamelContext context;
    private @Nullable ScheduledExecutorService alarms;
    private @Nullable Client client;
    private @Nullable Courier courier;

    @Override
    public void process(Exchange exchange) throws Exception {
        if (courier == null) {
            throw new IllegalStateException("mail-webhook-sink: it is not started");
        }
        courier.deliver(MailBodies.of(exchange, "mail-webhook-sink"));
    }

    /** @throws IllegalArgumentException in words, when an option is not good */
    @Override
    protected void doStart() throws Exception {
        stopping.set(new CountDownLatch(1));
        CamelContext camel = context();
        Installation installation = Installation.of(camel);
        Configuration configuration = installation.configuration();
        Target target = options.target(configuration);
        Bodies bodies = new Bodies(
                options.format(),
                options.maxBodySize(),
                options.attachmentsDirectory(),
                installation.temporaryDirectory(),
                new SecureRandom());
        Signatures signatures = options.signatures(configuration);
        Credentials credentials = options.credentials(installation, target);
        Courier.Tries tries = new Courier.Tries(
                options.retries(), () -> backoff(installation), options.longestRetryDelay(), this::await);
        Client opened = open(camel, installation, target);
        client = opened;
        courier = new Courier(
                target,
                bodies,
                signatures,
                credentials,
                opened::post,
                Circuits.of(camel).of(target, installation.clock()),
                tries,
                installation.clock());
        installation.beforeStop(stop);
    }

    private Client open(CamelContext camel, Installation installation, Target target) throws Exception {
        Limits limits = options.limits();
        ScheduledExecutorService timer =
                camel.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "mailroutes-webhook-alarms");
        alarms = timer;
        return new Client(
                camel,
                installation.clock(),
                target,
                new OwnHeaders(options.headers()),
                limits,
                Authorities.trusting(options.caFile()),
                timer);
    }

    private Backoff backoff(Installation installation) {
        return new Backoff(options.retryDelay(), options.longestRetryDelay(), installation.random());
    }

    private boolean await(Duration length) throws InterruptedException {
        return !stopping.get().await(length.toMillis(), TimeUnit.MILLISECONDS);
    }

    private CamelContext context() {
        if (context == null) {
            throw new IllegalStateException("mail-webhook-sink: it is in no Camel context");
        }
        return context;
    }

    @Override
    protected void doStop() {
        stop.run();
        Installation.of(context()).stopped(stop);
        if (client != null) {
            client.close();
        }
        if (alarms != null) {
            context().getExecutorServiceManager().shutdownNow(alarms);
        }
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.context = camelContext;
    }

    @Override
    public @Nullable CamelContext getCamelContext() {
        return context;
    }

    /** Where mails are posted: {@code https://}, or {@code http://} to this machine. */
    public void setUrl(String url) {
        options.url = url;
    }

    /** The NAME of {@code mailroutes.secrets.NAME} that holds the URL, when that is a secret. */
    public void setUrlRef(String urlRef) {
        options.urlRef = urlRef;
    }

    /** The NAMEs of {@code mailroutes.secrets.NAME} to sign with, separated by commas; empty for no signature. */
    public void setSecretRef(String secretRef) {
        options.secretRef = secretRef;
    }

    /** {@code json} (the default), {@code raw} or {@code multipart}. */
    public void setFormat(String format) {
        options.format = format;
    }

    /** The most bytes of a body, 10 MiB unless set; 0 means no limit. */
    public void setMaxBodySize(long maxBodySize) {
        options.maxBodySize = maxBodySize;
    }

    /** Where the mails are kept whose attachments are not sent; empty to keep none. */
    public void setAttachmentsDirectory(String attachmentsDirectory) {
        options.attachmentsDirectory = attachmentsDirectory;
    }

    /** A PEM file of the authorities to trust in place of the JVM's. */
    public void setCaFile(String caFile) {
        options.caFile = caFile;
    }

    /** The account whose access token is shown. */
    public void setBearerAccount(String bearerAccount) {
        options.bearerAccount = bearerAccount;
    }

    /** The header of {@code headerSecretRef}; {@code Authorization} unless set. */
    public void setHeaderName(String headerName) {
        options.headerName = headerName;
    }

    /** The NAME of {@code mailroutes.secrets.NAME} that holds the value of a header. */
    public void setHeaderSecretRef(String headerSecretRef) {
        options.headerSecretRef = headerSecretRef;
    }

    /** Whether mails may be posted unencrypted to another machine. */
    public void setAllowHttp(boolean allowHttp) {
        options.allowHttp = allowHttp;
    }

    /** Milliseconds to reach the receiver; 5000 unless set. */
    public void setConnectTimeout(long connectTimeout) {
        options.connectTimeout = connectTimeout;
    }

    /** Milliseconds without a byte of the answer; 30000 unless set. */
    public void setResponseTimeout(long responseTimeout) {
        options.responseTimeout = responseTimeout;
    }

    /** Milliseconds for a whole request; 60000 unless set. */
    public void setTotalTimeout(long totalTimeout) {
        options.totalTimeout = totalTimeout;
    }

    /** The most connections at the same time; 5 unless set. */
    public void setConnections(int connections) {
        options.connections = connections;
    }

    /** How often a request is repeated in one attempt of the mail; 3 unless set. */
    public void setRetries(int retries) {
        options.retries = retries;
    }

    /** Milliseconds before the first repetition, which double; 1000 unless set. */
    public void setRetryDelay(long retryDelay) {
        options.retryDelay = retryDelay;
    }

    /** The most milliseconds that are waited within an attempt; 10000 unless set. */
    public void setLongestRetryDelay(long longestRetryDelay) {
        options.longestRetryDelay = longestRetryDelay;
    }
}
