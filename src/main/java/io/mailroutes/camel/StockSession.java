package io.mailroutes.camel;

import io.mailroutes.account.Account;
import io.mailroutes.account.MailServer;
import io.mailroutes.account.Security;
import io.mailroutes.imap.GuardedStores;
import io.mailroutes.smtp.GuardedTransports;
import jakarta.mail.Session;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.component.mail.MailConfiguration;
import org.apache.camel.component.mail.MailConstants;

/** The guarded mail session of one stock endpoint, or why it gets none. */
final class StockSession {
    /** Properties that would send a token elsewhere, in clear, or into a log. */
    private static final List<String> REFUSED =
            List.of("ssl.trust", "checkserveridentity", "socketfactory", "debug", ".sasl.", ".auth.", ".class");

    private final MailConfiguration endpoint;
    private final Account account;

    private StockSession(MailConfiguration endpoint, Account account) {
        this.endpoint = endpoint;
        this.account = account;
    }

    /** @throws IllegalArgumentException in words, when an option of the endpoint would put the account's token at risk */
    static Session of(MailConfiguration endpoint, TokenMailAuthenticator authenticator, Clock clock) {
        Account account = authenticator.account();
        StockSession session = new StockSession(endpoint, account);
        boolean sends = session.scheme().startsWith("smtp");
        MailServer own = sends ? session.smtp() : account.imap();
        session.requireOwnServer(own, sends ? "smtp" : "imap");
        session.requireNoOtherSession();
        return sends
                ? GuardedTransports.session(
                        session.properties(), authenticator, account, own, authenticator.tokens(), clock)
                : GuardedStores.session(session.properties(), authenticator, account, authenticator.tokens());
    }

    private MailServer smtp() {
        return account.smtp()
                .orElseThrow(() -> refused("the account has no SMTP server, so nobody knows that its token is for "
                        + endpoint.getHost() + ". Write mailroutes.accounts." + account.name()
                        + ".smtp-host, and smtp-port and smtp-security where they differ from 465 and tls"));
    }

    private String scheme() {
        return endpoint.getProtocol().toLowerCase(Locale.ROOT);
    }

    private void requireOwnServer(MailServer own, String protocol) {
        String scheme = own.security() == Security.TLS ? protocol + "s" : protocol;
        boolean same = scheme.equals(scheme())
                && own.host().equalsIgnoreCase(endpoint.getHost())
                && own.port() == endpoint.getPort();
        if (!same) {
            String prefix = protocol.equals("smtp") ? "smtp-" : "";
            throw refused(endpoint.getProtocol() + "://" + endpoint.getHost() + ":" + endpoint.getPort()
                    + " is not the account's server, and its token is for that alone. Write " + scheme + "://"
                    + own.host() + ":" + own.port() + ", or change " + prefix + "host, " + prefix + "port and " + prefix
                    + "security of the account");
        }
    }

    private void requireNoOtherSession() {
        if (endpoint.getSession() != null || endpoint.getJavaMailProperties() != null) {
            throw refused("the options session and javaMailProperties cannot be used beside the account's own session."
                    + " Single mail.* options can");
        }
        if (endpoint.isDebugMode()) {
            throw refused("debugMode would write mails and tokens to the standard output. Log"
                    + " org.apache.camel.component.mail at DEBUG instead");
        }
    }

    private Properties properties() {
        String prefix = "mail." + scheme();
        String limit = Long.toString(endpoint.getConnectionTimeout());
        Properties own = new Properties();
        // A server may take its time with a mail that it was given: camel-mail's 30 s are too short, unless asked for.
        if (!scheme().startsWith("smtp")
                || endpoint.getConnectionTimeout() != MailConstants.MAIL_DEFAULT_CONNECTION_TIMEOUT) {
            own.put(prefix + ".connectiontimeout", limit);
            own.put(prefix + ".timeout", limit);
        }
        for (Map.Entry<Object, Object> option :
                endpoint.getAdditionalJavaMailProperties().entrySet()) {
            String key = String.valueOf(option.getKey());
            String value = String.valueOf(option.getValue());
            requireHarmless(key, value);
            own.put(key, value);
        }
        return own;
    }

    private void requireHarmless(String key, String value) {
        String name = key.toLowerCase(Locale.ROOT);
        // What every recipe for OAuth says, and what happens anyway.
        boolean known = name.endsWith(".auth.mechanisms") && value.equalsIgnoreCase("XOAUTH2");
        if (!known && REFUSED.stream().anyMatch(name::contains)) {
            throw refused("the option " + key + " could hand the token to somebody else. To trust another certificate,"
                    + " set mailroutes.accounts." + account.name() + ".ca-file; mechanisms are set there too");
        }
    }

    private IllegalArgumentException refused(String words) {
        return new IllegalArgumentException("an endpoint of account " + account.name() + " is refused: " + words);
    }
}
