package io.mailroutes.imap;

import io.mailroutes.account.Account;
import io.mailroutes.sasl.ServerText;
import org.eclipse.angus.mail.iap.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows the text of an ALERT, as RFC 9051 section 7.1 demands; Angus tells it to listeners alone, of which there are none. */
final class Alerts {
    private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);
    private static final String CODE = "[ALERT]";

    private Alerts() {}

    static boolean is(Response response) {
        return (response.isOK() || response.isNO() || response.isBAD() || response.isBYE())
                && response.getRest().regionMatches(true, 0, CODE, 0, CODE.length());
    }

    /** @param account null while the greeting is read, before a protocol knows whose it is */
    static void show(@Nullable Account account, String host, Response alert) {
        if (LOG.isWarnEnabled()) {
            String whose = account == null ? "" : "Account " + account.name() + ": ";
            LOG.warn("{}{} says: {}", whose, host, ServerText.clean(alert.getRest()));
        }
    }
}
