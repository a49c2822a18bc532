package io.mailroutes.account;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One configured mailbox account, complete and valid.
 *
 * @param name the NAME of {@code mailroutes.accounts.NAME.*}
 * @param provider the key of the provider's row, {@code generic} when none was named
 * @param user the mailbox address, as the IMAP server knows it
 * @param loginUser who consents, when {@code user} is a shared mailbox
 * @param oauth present unless {@code grant} is {@link GrantType#PASSWORD} or {@link GrantType#COMMAND}
 * @param password present when {@code grant} is {@link GrantType#PASSWORD}
 * @param mechanisms the SASL mechanisms that may be used, best first; never empty
 * @param caFile PEM file of the authorities to trust instead of the JVM's, for IMAP, SMTP and the authorization server
 * @param command present when {@code grant} is {@link GrantType#COMMAND}
 * @param connections IMAP connections that Mailroutes may hold to the mailbox at the same time, 1 or more; unless set the
 *     provider's connection limit, else {@link #CONNECTIONS}
 * @param authservIds whose Authentication-Results (RFC 8601) are believed, in the form of {@link AuthservIdRule}; empty:
 *     nobody's
 */
public record Account(
        String name,
        String provider,
        String user,
        Optional<String> loginUser,
        GrantType grant,
        Optional<OAuthClient> oauth,
        Optional<Secret> password,
        MailServer imap,
        Optional<MailServer> smtp,
        List<Mechanism> mechanisms,
        Optional<Path> caFile,
        Optional<TokenCommand> command,
        int connections,
        List<String> authservIds) {
    /** Where nothing is known of the server: what Dovecot allows a user from one address ({@code mail_max_userip_connections}). */
    public static final int CONNECTIONS = 10;

    public Account {
        mechanisms = List.copyOf(mechanisms);
        authservIds = List.copyOf(authservIds);
        if (connections < 1) {
            throw new IllegalArgumentException("connections: " + connections);
        }
    }

    /** Without a server whose Authentication-Results are believed. */
    public Account(
            String name,
            String provider,
            String user,
            Optional<String> loginUser,
            GrantType grant,
            Optional<OAuthClient> oauth,
            Optional<Secret> password,
            MailServer imap,
            Optional<MailServer> smtp,
            List<Mechanism> mechanisms,
            Optional<Path> caFile,
            Optional<TokenCommand> command,
            int connections) {
        this(
                name,
                provider,
                user,
                loginUser,
                grant,
                oauth,
                password,
                imap,
                smtp,
                mechanisms,
                caFile,
                command,
                connections,
                List.of());
    }

    /** With {@link #CONNECTIONS} connections, and without a server whose Authentication-Results are believed. */
    public Account(
            String name,
            String provider,
            String user,
            Optional<String> loginUser,
            GrantType grant,
            Optional<OAuthClient> oauth,
            Optional<Secret> password,
            MailServer imap,
            Optional<MailServer> smtp,
            List<Mechanism> mechanisms,
            Optional<Path> caFile,
            Optional<TokenCommand> command) {
        this(
                name,
                provider,
                user,
                loginUser,
                grant,
                oauth,
                password,
                imap,
                smtp,
                mechanisms,
                caFile,
                command,
                CONNECTIONS,
                List.of());
    }
}
