package io.mailroutes.oauth;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * The only way to an authorization server. It follows no redirect (a 307 would hand the client secret to whoever is
 * named there), ends in bounded time with bounded memory, keeps no cookies, trusts the authorities it was told to, and
 * logs no request and no answer: they are made of secrets. The proxy settings of the JVM ({@code https.proxyHost}) hold
 * for TLS, where a proxy sees only the host name; loopback is never asked for through a proxy.
 *
 * <p>Safe for many threads. Needs no closing: its threads are daemons and end when it is forgotten.
 */
public final class OAuthHttp {
    private static final String USER_AGENT = "Mailroutes";

    private final Optional<Path> caFile;
    private final HttpLimits limits;
    private final ServerClocks clocks = new ServerClocks();
    private @Nullable HttpClient client;

    /**
     * @param caFile PEM file of the authorities to trust instead of the JVM's; read at the first request, so that one
     *     account with a missing file does not keep the others from starting
     */
    public OAuthHttp(Optional<Path> caFile, HttpLimits limits) {
        this.caFile = caFile;
        this.limits = limits;
    }

    /**
     * How far this machine's clock was ahead of that server's at its last answer, negative when behind; empty while no
     * answer has told its time, and when the two differ by a minute or less.
     *
     * @param address any address of the server
     */
    public Optional<Duration> clockSkew(URI address) {
        return clocks.ahead(address);
    }

    /**
     * @param authorization the value of the header of that name
     * @param clock ours, to compare the server's with
     */
    HttpAnswer get(URI address, Optional<String> authorization, Clock clock) throws IOException {
        HttpRequest.Builder request = request(address).GET();
        authorization.ifPresent(value -> request.header("Authorization", value));
        return send(request.build(), clock);
    }

    /**
     * @param authorization the value of the header of that name
     * @param clock ours, to compare the server's with
     */
    HttpAnswer post(URI address, String form, Optional<String> authorization, Clock clock) throws IOException {
        HttpRequest.Builder request = request(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        authorization.ifPresent(value -> request.header("Authorization", value));
        return send(request.build(), clock);
    }

    private HttpRequest.Builder request(URI address) {
        return HttpRequest.newBuilder(address)
                .header("Accept", "application/json")
                .header("User-Agent", USER_AGENT);
    }

    private HttpAnswer send(HttpRequest request, Clock clock) throws IOException {
        // Not sendAsync: its answer comes by the JVM's common pool, and a host that blocks that would get no token.
        FutureTask<HttpResponse<byte[]>> exchanged =
                new FutureTask<>(() -> client().send(request, head -> new CappedBody(limits.bodyBytes())));
        Thread exchange = new Thread(exchanged, "mailroutes-oauth");
        exchange.setDaemon(true);
        exchange.start();
        HttpAnswer answer = HttpAnswer.of(await(exchanged, limits.total()));
        clocks.compare(request.uri(), answer, clock);
        return answer;
    }

    /**
     * Waits even when interrupted, within the limit: a refresh that is given up halfway may have spent the refresh
     * token at the server, and its successor would be lost with the answer. The interruption is kept for the caller.
     */
    private static <T> T await(Future<T> answer, Duration limit) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return answer.get(end - System.nanoTime(), NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new HttpTimeoutException("no whole answer within " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** HttpClient wraps what a body subscriber threw. */
    private static IOException failure(@Nullable Throwable failure) {
        if (failure != null && failure.getCause() instanceof AnswerTooLargeException tooLarge) {
            return tooLarge;
        }
        return failure instanceof IOException known ? known : new IOException("the exchange failed", failure);
    }

    private synchronized HttpClient client() throws IOException {
        if (client == null) {
            client = newClient();
        }
        return client;
    }

    private HttpClient newClient() throws IOException {
        SSLParameters tls = new SSLParameters();
        tls.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        try {
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(limits.connect())
                    .proxy(new RemoteOnlyProxies(Optional.ofNullable(ProxySelector.getDefault())))
                    .sslContext(TrustedAuthorities.context(caFile))
                    .sslParameters(tls)
                    .build();
        } catch (IOException | GeneralSecurityException e) {
            throw new CaFileException(caFile, e);
        }
    }
}
