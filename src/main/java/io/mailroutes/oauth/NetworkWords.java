package io.mailroutes.oauth;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Says in words why a server was not reached. The JDK's own messages are empty, or name classes. */
final class NetworkWords {
    private NetworkWords() {}

    static String of(IOException failure) {
        return tls(failure).or(() -> network(failure)).orElse("the connection broke before the answer was complete");
    }

    private static Optional<String> network(IOException failure) {
        if (has(failure, UnresolvedAddressException.class) || has(failure, UnknownHostException.class)) {
            return Optional.of("the host name is unknown");
        }
        if (has(failure, HttpConnectTimeoutException.class)) {
            return Optional.of("no connection was made in time, TLS included");
        }
        if (has(failure, HttpTimeoutException.class)) {
            return Optional.of("the server did not answer in time");
        }
        if (has(failure, NoRouteToHostException.class)) {
            return Optional.of("there is no route to the server");
        }
        return has(failure, ConnectException.class)
                ? Optional.of("the connection was refused: nothing listens there, or a firewall says no")
                : Optional.empty();
    }

    private static Optional<String> tls(IOException failure) {
        if (has(failure, CertificateExpiredException.class)) {
            return Optional.of("the server's certificate has expired (or this machine's clock is wrong)");
        }
        if (has(failure, CertificateNotYetValidException.class)) {
            return Optional.of("the server's certificate is not valid yet (or this machine's clock is wrong)");
        }
        if (has(failure, CertPathBuilderException.class)) {
            return Optional.of("the server's certificate is not signed by a trusted authority");
        }
        if (has(failure, CertificateException.class)) {
            return Optional.of("the server's certificate is for another host name or malformed");
        }
        return has(failure, SSLException.class)
                ? Optional.of("TLS failed: the server speaks no TLS there, or no version of it that is allowed")
                : Optional.empty();
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable link = failure; link != null; link = link.getCause()) {
            if (type.isInstance(link)) {
                return true;
            }
        }
        return false;
    }
}
