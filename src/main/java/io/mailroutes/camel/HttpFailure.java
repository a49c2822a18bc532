package io.mailroutes.camel;

import org.apache.camel.http.base.HttpOperationFailedException;

/** Apart from {@link SinkFailure}, so that it is loaded only where camel-http is there. */
final class HttpFailure {
    private HttpFailure() {}

    /**
     * 3xx and 401, 407 speak of the address or our credentials, 408 and 425 ask for a retry, 429 and 503 for a pause; any
     * other 5xx is the server's own failure, which a mail may have brought about (RFC 9110, RFC 6585, RFC 8470).
     */
    static SinkFailure.Kind kind(Throwable failure) {
        int status = ((HttpOperationFailedException) failure).getStatusCode();
        return switch (status) {
            case 401, 407, 408, 425, 429, 503 -> SinkFailure.Kind.SINK;
            default -> {
                if (status >= 500) {
                    yield SinkFailure.Kind.SINK_OR_MAIL;
                }
                yield status < 400 ? SinkFailure.Kind.SINK : SinkFailure.Kind.MAIL;
            }
        };
    }
}
