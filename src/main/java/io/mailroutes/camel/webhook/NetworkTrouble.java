package io.mailroutes.camel.webhook;

import io.mailroutes.camel.SinkException;
import io.mailroutes.camel.SinkFailure;
import io.mailroutes.camel.SinkFailure.Kind;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;

/** What is said of a request that got no answer. Never what a server wrote, which may echo a credential. */
final class NetworkTrouble {
    private static final int LONGEST = 200;

    private NetworkTrouble() {}

    static SinkException of(Target target, Exception trouble) {
        Kind kind = SinkFailure.kind(trouble) == Kind.SINK ? Kind.SINK : Kind.SINK_OR_MAIL;
        boolean quotesServer = trouble instanceof ClientProtocolException;
        return new SinkException(
                kind,
                "mail-webhook-sink: " + target + " " + words(trouble),
                Duration.ZERO,
                quotesServer ? null : trouble);
    }

    private static String words(Exception trouble) {
        if (trouble instanceof UnknownHostException) {
            return "is a name that is not known here";
        }
        if (trouble instanceof SSLException) {
            return "could not be reached by TLS: " + printable(String.valueOf(trouble.getMessage()))
                    + "; name its authority with caFile if you trust it";
        }
        if (trouble instanceof ConnectException || trouble instanceof ConnectTimeoutException) {
            return "cannot be reached";
        }
        if (trouble instanceof InterruptedIOException) {
            return "did not answer in time; if it has the mail after all, it gets it again with the same webhook-id";
        }
        if (trouble instanceof ClientProtocolException) {
            return "answered something that is not HTTP as it is used here";
        }
        return "closed the connection without an answer (" + trouble.getClass().getSimpleName() + ")";
    }

    /** A certificate's names are written by whoever shows it. */
    private static String printable(String text) {
        String clean = text.replaceAll("[^ -~]", " ");
        return clean.length() > LONGEST ? clean.substring(0, LONGEST) + "..." : clean;
    }
}
