package io.mailroutes.oauth;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;

/**
 * Decides whether a request that failed may have been carried out all the same. RFC 9110 section 9.2.2: a POST is not
 * to be repeated unless there is "some means to know" that it is harmless or that "the original request was never
 * applied". This is that means; what is not known counts as carried out.
 */
final class LostAnswer {
    /** Before the first byte of the request: no name, no route, no connection, no TLS, no trust. */
    private static final List<Class<? extends Throwable>> NOT_SENT = List.of(
            UnknownHostException.class,
            UnresolvedAddressException.class,
            NoRouteToHostException.class,
            HttpConnectTimeoutException.class,
            ConnectException.class,
            SSLHandshakeException.class,
            CertificateException.class,
            CertPathBuilderException.class,
            CaFileException.class);

    private LostAnswer() {}

    static boolean in(Failure failure) {
        if (failure instanceof Failure.Unreachable unreachable) {
            return sent(unreachable.reason());
        }
        if (failure instanceof Failure.Refused refused) {
            return ambiguous(refused);
        }
        return failure instanceof Failure.Malformed
                || failure instanceof Failure.NotJson
                || failure instanceof Failure.Narrowed;
    }

    private static boolean sent(IOException reason) {
        for (Throwable link = reason; link != null; link = link.getCause()) {
            if (isBeforeSending(link)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBeforeSending(Throwable link) {
        return NOT_SENT.stream().anyMatch(type -> type.isInstance(link));
    }

    /**
     * A refusal says that nothing was done, and so does 503 (RFC 9110 section 15.6.4: "unable to handle the request").
     * Any other 5xx may come after the work: 502 and 504 are told by a gateway whose server may have done it (sections
     * 15.6.3 and 15.6.5), and 500 says only that something went wrong on the way.
     */
    private static boolean ambiguous(Failure.Refused refused) {
        return refused.status() >= 500
                && refused.status() != 503
                && !refused.error().error().equals("temporarily_unavailable");
    }
}
