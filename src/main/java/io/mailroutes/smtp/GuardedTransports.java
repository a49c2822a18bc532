package io.mailroutes.smtp;

import io.mailroutes.account.Account;
import io.mailroutes.account.MailServer;
import io.mailroutes.account.Security;
import io.mailroutes.imap.HostProperties;
import io.mailroutes.token.TokenSource;
import jakarta.mail.Authenticator;
import jakarta.mail.Provider;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.time.Clock;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;

/** Mail sessions whose {@code smtp} and {@code smtps} transports keep one account's credential safe. */
public final class GuardedTransports {
    /** What a host may not decide for a connection that carries a token. */
    private static final Pattern OURS = Pattern.compile(
            "mail\\.(debug.*|smtps?\\.(class|ssl\\..*|socketFactory.*|sasl\\..*|starttls\\..*|auth\\..*|auth"
                    + "|submitter|user|password|host|port|ehlo|usesocketchannels|executor\\..*))");

    private static final List<String> PROTOCOLS = List.of("smtp", "smtps");

    private GuardedTransports() {}

    /**
     * A session of its own: the given properties are copied, and of the copy everything that decides on trust, mechanism
     * or debugging is left out. {@code session.getTransport("smtp")} demands STARTTLS, unless the server's security is
     * {@link Security#NONE} (which reaches loopback only); {@code getTransport("smtps")} is TLS from the first byte. Time
     * limits that are not given are 15 s to connect and 60 s to read and to write. Every connection asks for a token, on
     * the thread that connects; one that is refused is {@linkplain TokenSource#reject rejected}, and the next one tried
     * once. What was refused then is not tried again for five minutes, unless the account has a newer token; reading
     * is not touched by that. Connecting throws a {@link SmtpException}. Check that a transport is a {@link GuardedSmtpTransport} before
     * using it: Jakarta Mail takes the stock one in silence where it does not find ours.
     *
     * @param properties keys of Angus Mail, values as strings
     * @param authenticator knows the user; the password that it hands out is never used
     */
    public static Session session(
            Properties properties,
            Authenticator authenticator,
            Account account,
            MailServer server,
            TokenSource tokens,
            Clock clock) {
        Properties own = HostProperties.without(OURS, properties);
        own.put(TransportGuard.KEY, new TransportGuard(account, server, tokens, clock));
        PROTOCOLS.forEach(protocol -> guard(own, protocol, server));
        Session session = Session.getInstance(own, authenticator);
        session.addProvider(new Guarded("smtp", GuardedSmtpTransport.class));
        session.addProvider(new Guarded("smtps", GuardedSmtpsTransport.class));
        return session;
    }

    private static void guard(Properties own, String protocol, MailServer server) {
        String prefix = "mail." + protocol;
        String demanded = Boolean.toString(server.security() != Security.NONE);
        own.put(prefix + ".starttls.enable", demanded);
        own.put(prefix + ".starttls.required", demanded);
        own.putIfAbsent(prefix + ".connectiontimeout", "15000");
        own.putIfAbsent(prefix + ".timeout", "60000");
        own.putIfAbsent(prefix + ".writetimeout", "60000");
        own.put(
                prefix + ".class",
                (protocol.equals("smtps") ? GuardedSmtpsTransport.class : GuardedSmtpTransport.class).getName());
    }

    /** As for the stores: under a private protocol name, so that a session that does not ask for it never sees it. */
    private static final class Guarded extends Provider {
        Guarded(String protocol, Class<? extends Transport> transport) {
            super(Provider.Type.TRANSPORT, "mailroutes-" + protocol, transport.getName(), "Mailroutes", null);
        }
    }
}
