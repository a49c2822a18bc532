package io.mailroutes.imap;

import io.mailroutes.account.Account;
import io.mailroutes.account.Security;
import io.mailroutes.token.TokenSource;
import jakarta.mail.Authenticator;
import jakarta.mail.Provider;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

/** Mail sessions for stock camel-mail whose {@code imap} and {@code imaps} stores keep one account's token safe. */
public final class GuardedStores {
    /** What a host may not decide for a connection that carries a token. */
    private static final Pattern OURS = Pattern.compile(
            "mail\\.(debug.*|imaps?\\.(class|ssl\\..*|socketFactory.*|sasl\\..*|starttls\\..*|auth\\..*|auth|proxyauth.*"
                    + "|compress\\..*|user|password|executor\\..*|usesocketchannels))");

    private static final List<String> PROTOCOLS = List.of("imap", "imaps");

    private GuardedStores() {}

    /**
     * A session of its own: the given properties are copied, and of the copy everything that decides on trust, mechanism
     * or debugging is replaced. {@code session.getStore("imap")} demands STARTTLS, unless the account's security is
     * {@link Security#NONE} (which reaches loopback only); {@code getStore("imaps")} is TLS from the first byte.
     * Time limits that are not given are 15 s to connect and 60 s to read and to write; bodies are fetched by the MiB.
     * Every connection asks for a token, on the thread that connects. A refused token is {@linkplain TokenSource#reject
     * rejected}; when the next one is refused too, {@link TokenSource#refused} is called.
     *
     * @param properties keys of Angus Mail, values as strings
     * @param authenticator knows the user; the password that it hands out is never used
     */
    public static Session session(
            Properties properties, Authenticator authenticator, Account account, TokenSource tokens) {
        Properties own = HostProperties.without(OURS, properties);
        own.put(StoreGuard.KEY, new StoreGuard(account, tokens));
        PROTOCOLS.forEach(protocol -> guard(own, protocol, account));
        Session session = Session.getInstance(own, authenticator);
        session.addProvider(new Guarded("imap", GuardedImapStore.class));
        session.addProvider(new Guarded("imaps", GuardedImapsStore.class));
        return session;
    }

    private static void guard(Properties own, String protocol, Account account) {
        String prefix = "mail." + protocol;
        new TlsSockets(account.caFile(), (below, top) -> {}).secure(own, prefix);
        String demanded = Boolean.toString(account.imap().security() != Security.NONE);
        own.put(prefix + ".starttls.enable", demanded);
        own.put(prefix + ".starttls.required", demanded);
        own.put(prefix + ".auth.mechanisms", "XOAUTH2");
        own.put(prefix + ".forcepasswordrefresh", "true");
        own.putIfAbsent(prefix + ".fetchsize", "1048576");
        own.putIfAbsent(prefix + ".connectiontimeout", "15000");
        own.putIfAbsent(prefix + ".timeout", "60000");
        own.putIfAbsent(prefix + ".writetimeout", "60000");
        own.put(
                prefix + ".class",
                (protocol.equals("imaps") ? GuardedImapsStore.class : GuardedImapStore.class).getName());
    }

    /**
     * Registered under a private protocol name: the property {@code mail.imap.class} finds it by its class, and a
     * session that does not ask for it never sees it. A class of ours, so that its loader is among those that look for
     * the store.
     */
    private static final class Guarded extends Provider {
        Guarded(String protocol, Class<? extends Store> store) {
            super(Provider.Type.STORE, "mailroutes-" + protocol, store.getName(), "Mailroutes", null);
        }
    }
}
