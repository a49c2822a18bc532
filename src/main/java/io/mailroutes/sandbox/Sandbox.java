package io.mailroutes.sandbox;

import io.mailroutes.account.ClientAuthentication;
import io.mailroutes.account.GrantType;
import io.mailroutes.account.Secret;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that the main job needs, on this machine alone: an authorization server whose tokens live 60 s, a mail
 * server that believes it, and three mailboxes with sample mail. {@link #properties} is the configuration that a person
 * would have written.
 */
public final class Sandbox implements AutoCloseable {
    private static final List<String> MAILBOXES = List.of("support", "invoices", "orders");
    /** The account that somebody can log in to. */
    public static final String LOGIN_ACCOUNT = "you";

    private static final int SECRET_BYTES = 24;

    /** How far apart the sample mails of one mailbox arrived. */
    private static final Duration SPACING = Duration.ofMinutes(7);

    private final Clock clock;
    private final SandboxAuthorizationServer authorizationServer;
    private final SandboxMailServer mailServer;
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final Map<String, String> loginProperties = new LinkedHashMap<>();

    /**
     * What has to be seen in the end.
     *
     * @param mailbox the account's name
     * @param count sample mails in its INBOX
     * @param deadLettered how many of them its route refuses; the others are delivered
     */
    public record Expected(String mailbox, int count, int deadLettered) {}

    private Sandbox(Clock clock) {
        this.clock = clock;
        authorizationServer = new SandboxAuthorizationServer(clock);
        mailServer = new SandboxMailServer(authorizationServer::userOf);
    }

    /** Starts both servers on free loopback ports and fills the mailboxes. */
    public static Sandbox start(Clock clock) {
        Sandbox sandbox = new Sandbox(clock);
        sandbox.addAccounts();
        sandbox.addMail();
        return sandbox;
    }

    /** The {@code mailroutes.accounts.*} of the three mailboxes. Holds secrets: of servers that end with this process. */
    public Map<String, String> properties() {
        return Map.copyOf(properties);
    }

    /** An account {@link #LOGIN_ACCOUNT} for {@code mailroutes login}. Its client is public: there is no secret in it. */
    public Map<String, String> loginProperties() {
        return new LinkedHashMap<>(loginProperties);
    }

    /** One for each mailbox. */
    public List<Expected> expected() {
        return MAILBOXES.stream().map(Sandbox::expected).toList();
    }

    /** The address of a mailbox, for new mail by SMTP. */
    public String address(String mailbox) {
        return mailbox + "@example.com";
    }

    public SandboxAuthorizationServer authorizationServer() {
        return authorizationServer;
    }

    public SandboxMailServer mailServer() {
        return mailServer;
    }

    @Override
    public void close() {
        mailServer.close();
        authorizationServer.close();
    }

    private static Expected expected(String mailbox) {
        List<SampleMail> mails = SampleMail.all().stream()
                .filter(mail -> mail.mailbox().equals(mailbox))
                .toList();
        int failing = (int) mails.stream().filter(SampleMail::failsInRoute).count();
        return new Expected(mailbox, mails.size(), failing);
    }

    private void addAccounts() {
        addAccount("support", ClientAuthentication.BASIC, GrantType.CLIENT_CREDENTIALS);
        addAccount("invoices", ClientAuthentication.POST, GrantType.CLIENT_CREDENTIALS);
        addAccount("orders", ClientAuthentication.BASIC, GrantType.REFRESH_TOKEN);
        addLoginAccount();
    }

    private void addLoginAccount() {
        String user = address(LOGIN_ACCOUNT);
        authorizationServer.register(new SandboxClient(
                "mailroutes", Secret.of(newSecret()), ClientAuthentication.NONE, GrantType.AUTHORIZATION_CODE, user));
        mailServer.addUser(user);
        String prefix = "mailroutes.accounts." + LOGIN_ACCOUNT + ".";
        loginProperties.put(prefix + "user", user);
        loginProperties.put(prefix + "grant", GrantType.AUTHORIZATION_CODE.key());
        loginProperties.put(prefix + "issuer", authorizationServer.issuer().toString());
        loginProperties.put(prefix + "client-id", "mailroutes");
        loginProperties.put(prefix + "scope", "mail");
        loginProperties.put(prefix + "host", mailServer.host());
        loginProperties.put(prefix + "port", Integer.toString(mailServer.imapPort()));
        loginProperties.put(prefix + "security", "none");
    }

    private void addAccount(String mailbox, ClientAuthentication authentication, GrantType grant) {
        SandboxClient client =
                new SandboxClient(mailbox + "-client", Secret.of(newSecret()), authentication, grant, address(mailbox));
        authorizationServer.register(client);
        mailServer.addUser(address(mailbox));
        put(mailbox, "provider", "generic");
        put(mailbox, "user", address(mailbox));
        put(mailbox, "grant", grant.key());
        put(mailbox, "issuer", authorizationServer.issuer().toString());
        put(mailbox, "client-id", client.id());
        put(mailbox, "client-secret", client.secret().reveal());
        put(mailbox, "client-authentication", authentication.key());
        put(mailbox, "host", mailServer.host());
        put(mailbox, "port", Integer.toString(mailServer.imapPort()));
        put(mailbox, "security", "none");
        put(mailbox, "mechanism", "auto");
        if (grant == GrantType.REFRESH_TOKEN) {
            put(mailbox, "refresh-token", authorizationServer.newRefreshToken(client));
        }
    }

    private void put(String mailbox, String key, String value) {
        properties.put("mailroutes.accounts." + mailbox + "." + key, value);
    }

    private static String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private void addMail() {
        Instant next =
                clock.instant().minus(SPACING.multipliedBy(SampleMail.all().size()));
        for (SampleMail mail : SampleMail.all()) {
            mailServer.append(address(mail.mailbox()), mail.bytes(), next);
            next = next.plus(SPACING);
        }
    }
}
