package io.mailroutes.camel;

import org.apache.camel.http.base.HttpOperationFailedException;

/** Apart from {@link SinkFailure}, so that it is loaded only where camel-http is there. */
final class HttpFailure {
    private HttpFailure() {}

    /**
     * 3xx and 401, 407 speak of the address or our credentials, 408 and 425 ask for a retry, 429 for a pause, 5xx is the
     * server's own failure (RFC 9110, RFC 6585, RFC 8470).
     */
    static boolean isSinkDown(Throwable failure) {
        int status = ((HttpOperationFailedException) failure).getStatusCode();
        return status < 400
                || status == 401
                || status == 407
                || status == 408
                || status == 425
                || status == 429
                || status >= 500;
    }
}
