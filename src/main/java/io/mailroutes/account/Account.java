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
        Optional<TokenCommand> command) {
    public Account {
        mechanisms = List.copyOf(mechanisms);
    }
}
