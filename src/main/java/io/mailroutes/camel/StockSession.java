package io.mailroutes.camel;

import io.mailroutes.account.Account;
import io.mailroutes.account.MailServer;
import io.mailroutes.account.Security;
import io.mailroutes.imap.GuardedStores;
import jakarta.mail.Session;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.component.mail.MailConfiguration;

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
    static Session of(MailConfiguration endpoint, TokenMailAuthenticator authenticator) {
        Account account = authenticator.account();
        StockSession session = new StockSession(endpoint, account);
        session.requireOwnServer();
        session.requireNoOtherSession();
        return GuardedStores.session(session.properties(), authenticator, account, authenticator.tokens());
    }

    private void requireOwnServer() {
        MailServer own = account.imap();
        String scheme = own.security() == Security.TLS ? "imaps" : "imap";
        boolean same = scheme.equalsIgnoreCase(endpoint.getProtocol())
                && own.host().equalsIgnoreCase(endpoint.getHost())
                && own.port() == endpoint.getPort();
        if (!same) {
            throw refused(endpoint.getProtocol() + "://" + endpoint.getHost() + ":" + endpoint.getPort()
                    + " is not the account's server, and its token is for that alone. Write " + scheme + "://"
                    + own.host() + ":" + own.port() + ", or change host, port and security of the account");
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
        String prefix = "mail." + endpoint.getProtocol().toLowerCase(Locale.ROOT);
        String limit = Long.toString(endpoint.getConnectionTimeout());
        Properties own = new Properties();
        own.put(prefix + ".connectiontimeout", limit);
        own.put(prefix + ".timeout", limit);
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
