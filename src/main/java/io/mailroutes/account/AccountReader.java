package io.mailroutes.account;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts one account together out of its keys. */
final class AccountReader {
    private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----";

    /** What a provider's row would have answered: not missed when the row itself is in question. */
    private static final Set<String> OF_THE_ROW = Set.of("host", "token-endpoint", "tenant", "scope");

    private final ProviderTable providers;
    private final FileRule files;
    private final Clock clock;

    AccountReader(ProviderTable providers, FileRule files, Clock clock) {
        this.clock = clock;
        this.providers = providers;
        this.files = files;
    }

    /** Empty when there is a problem anywhere. */
    Optional<Account> read(AccountKeyCheck keys) {
        AccountValues values = withProvider(keys.values(providers.generic()));
        Optional<String> user = UserRule.read(values);
        Optional<String> loginUser = UserRule.readLogin(values);
        Optional<MailServer> imap = ServerReader.imap(values);
        Optional<MailServer> smtp = ServerReader.smtp(values);
        Optional<Path> caFile = caFile(values);
        Optional<GrantType> grant = new GrantRule(values).read();
        Optional<OAuthClient> oauth = grant.filter(kind -> kind != GrantType.PASSWORD && kind != GrantType.COMMAND)
                .flatMap(kind -> new OAuthClientReader(values, kind, files, clock).read());
        Optional<Secret> password =
                grant.filter(kind -> kind == GrantType.PASSWORD).flatMap(kind -> password(values));
        Optional<TokenCommand> command =
                grant.filter(kind -> kind == GrantType.COMMAND).flatMap(kind -> CommandRule.read(values));
        List<Mechanism> mechanisms =
                grant.map(kind -> MechanismRule.read(values, kind)).orElse(List.of());
        Optional<Integer> connections = ConnectionsRule.read(values);
        List<String> authservIds = AuthservIdRule.read(values);
        if (!values.problems().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Account(
                values.name(),
                values.provider().name(),
                user.orElseThrow(),
                loginUser,
                grant.orElseThrow(),
                oauth,
                password,
                imap.orElseThrow(),
                smtp,
                mechanisms,
                caFile,
                command,
                connections.orElseThrow(),
                authservIds));
    }

    private AccountValues withProvider(AccountValues values) {
        Optional<String> name = values.own("provider");
        if (values.excused().contains("provider")) {
            return values.excusing(OF_THE_ROW);
        }
        Optional<Provider> row = name.isEmpty() ? Optional.of(values.provider()) : providers.row(name.get());
        if (row.isPresent()) {
            return values.over(row.get());
        }
        values.problem("provider", unknown(name.orElseThrow()));
        // The rest is checked against what was probably meant.
        return providers
                .meant(name.orElseThrow())
                .flatMap(providers::row)
                .map(values::over)
                .orElseGet(() -> values.excusing(OF_THE_ROW));
    }

    private String unknown(String name) {
        return providers
                .instead(name)
                .map(text -> name + " " + text)
                .orElseGet(() -> "%s is not one of %s (generic is for any other server)%s"
                        .formatted(
                                Problems.quote(name),
                                String.join(", ", providers.names()),
                                Suggestion.sentence(providers.meant(name))));
    }

    private static Optional<Secret> password(AccountValues values) {
        if (!values.isGiven("password")) {
            values.missing("password", "grant=password logs in with it: {{env:NAME}} or {{file:PATH}}");
        }
        return values.secret("password");
    }

    private Optional<Path> caFile(AccountValues values) {
        return values.own("ca-file")
                .flatMap(text -> files.readable(text, words -> values.problem("ca-file", words)))
                .filter(path -> holdsCertificates(values, path));
    }

    private boolean holdsCertificates(AccountValues values, Path path) {
        Optional<String> content = files.content(path, words -> values.problem("ca-file", words));
        boolean found = content.filter(text -> text.contains(CERTIFICATE)).isPresent();
        if (content.isPresent() && !found) {
            values.problem("ca-file", "holds no certificate in PEM form (" + CERTIFICATE + ")");
        }
        return found;
    }
}
