package io.mailroutes.camel.webhook;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpConstants;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.http.common.HttpMethods;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.io.HttpConnectionFactory;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Posts to one URL, through an endpoint of camel-http that is this sink's alone: what a host sets on its {@code http:}
 * component has no say here, and the endpoint, which knows neither path nor query, is in no list of the context. The
 * exchange that is sent is a fresh one, so that nothing of the route's gets there; and were it there, camel-http is told
 * to heed no {@code CamelHttp*} header and to send no header but ours.
 */
final class Client implements AutoCloseable {
    private final CamelContext context;
    private final Clock clock;
    private final HttpEndpoint endpoint;
    private final Producer producer;

    Client(
            CamelContext context,
            Clock clock,
            Target target,
            OwnHeaders headers,
            Limits limits,
            SSLContext tls,
            ScheduledExecutorService alarms)
            throws Exception {
        this.context = context;
        this.clock = clock;
        HttpComponent component = new HttpComponent();
        component.setCamelContext(context);
        HttpClientBuilder builder = HttpClientBuilder.create()
                .disableAutomaticRetries() // it would not sign them
                .disableRedirectHandling()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableConnectionState()
                .setDefaultRequestConfig(request(limits))
                .addExecInterceptorFirst("mailroutes", new TimedExchange(limits.total(), alarms));
        this.endpoint = new HttpEndpoint(
                target.origin().toString(),
                component,
                target.origin(),
                builder,
                connections(target.requestTarget(), limits, tls),
                null);
        harden(headers);
        this.producer = endpoint.createProducer();
        ServiceHelper.startService(endpoint, producer);
    }

    private void harden(OwnHeaders headers) {
        endpoint.setBridgeEndpoint(true);
        endpoint.setFollowRedirects(false);
        endpoint.setSkipControlHeaders(true);
        endpoint.setHttpMethod(HttpMethods.POST);
        endpoint.setHeaderFilterStrategy(headers);
        endpoint.setThrowExceptionOnFailure(false);
        endpoint.setIgnoreResponseBody(true);
        endpoint.setCopyHeaders(false);
        endpoint.setUserAgent("Mailroutes");
    }

    private static RequestConfig request(Limits limits) {
        return RequestConfig.custom()
                .setConnectionRequestTimeout(timeout(limits.total().toMillis()))
                .setResponseTimeout(timeout(limits.response().toMillis()))
                .setRedirectsEnabled(false)
                .setAuthenticationEnabled(false)
                .setContentCompressionEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .setExpectContinueEnabled(false)
                .build();
    }

    private static PoolingHttpClientConnectionManager connections(String requestTarget, Limits limits, SSLContext tls) {
        HttpConnectionFactory<ManagedHttpClientConnection> quiet = socket -> {
            QuietConnection connection = new QuietConnection(requestTarget);
            if (socket != null) {
                connection.bind(socket);
            }
            return connection;
        };
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(quiet)
                // Checks the name as well.
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
                .setMaxConnTotal(limits.connections())
                .setMaxConnPerRoute(limits.connections())
                .setDefaultSocketConfig(SocketConfig.custom()
                        .setSoTimeout(timeout(limits.response().toMillis()))
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout(limits.connect().toMillis()))
                        .setSocketTimeout(timeout(limits.response().toMillis()))
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .setTimeToLive(TimeValue.ofMinutes(5))
                        .build())
                .build();
    }

    private static Timeout timeout(long millis) {
        return Timeout.ofMilliseconds(millis);
    }

    /** @param headers every header but those that HTTP itself needs */
    Answer post(Body body, Map<String, String> headers) throws Exception {
        Exchange exchange = new DefaultExchange(context);
        exchange.getIn().setBody(new SentBody(body));
        headers.forEach(exchange.getIn()::setHeader);
        producer.process(exchange);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        int status = exchange.getMessage().getHeader(HttpConstants.HTTP_RESPONSE_CODE, Integer.class);
        String retryAfter = exchange.getMessage().getHeader(OwnHeaders.RETRY_AFTER, String.class);
        return new Answer(status, RetryAfter.of(retryAfter, clock));
    }

    @Override
    public void close() {
        ServiceHelper.stopAndShutdownServices(producer, endpoint);
    }
}
