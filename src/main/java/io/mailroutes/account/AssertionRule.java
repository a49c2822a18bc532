package io.mailroutes.account;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What an account signs with, or which file holds what was signed for it. */
final class AssertionRule {
    static final String KEY_FILE = "private-key-file";
    static final String TOKEN_FILE = "assertion-file";
    static final String SERVICE_ACCOUNT = "service-account-file";
    private static final String CERTIFICATE = "certificate-file";
    private static final String ALGORITHM = "assertion-algorithm";
    private static final String AUDIENCE = "assertion-audience";
    private static final Duration ANNOUNCED = Duration.ofDays(30);
    private static final List<String> OF_A_KEY =
            List.of("private-key-password", CERTIFICATE, "key-id", ALGORITHM, AUDIENCE);

    private final AccountValues values;
    private final FileRule files;
    private final Optional<URI> issuer;
    private final Clock clock;

    AssertionRule(AccountValues values, FileRule files, Optional<URI> issuer, Clock clock) {
        this.values = values;
        this.files = files;
        this.issuer = issuer;
        this.clock = clock;
    }

    /** Empty when the account has none; what cannot be used has been reported. */
    Optional<AssertionSource> read(GrantType grant) {
        if (!values.isGiven(KEY_FILE)) {
            OF_A_KEY.stream()
                    .filter(key -> values.own(key).isPresent())
                    .forEach(key -> values.problem(key, "has no effect without private-key-file: delete the line"));
        }
        if (values.isGiven(KEY_FILE)) {
            return keyFile(grant).map(AssertionSource.class::cast);
        }
        if (values.isGiven(SERVICE_ACCOUNT)) {
            return serviceAccount();
        }
        return file(TOKEN_FILE).map(AssertionSource.TokenFile::new);
    }

    private Optional<AssertionSource.KeyFile> keyFile(GrantType grant) {
        Optional<Path> file = file(KEY_FILE);
        Optional<Path> certificate = file(CERTIFICATE);
        // What every server knows, where the provider's row says nothing.
        Optional<SignatureAlgorithm> algorithm =
                Choice.ALGORITHM.read(values, ALGORITHM, values.get(ALGORITHM).orElse("RS256"));
        AssertionAudience audience = audience();
        boolean whole = file.isPresent() && certificate.isPresent() == values.isGiven(CERTIFICATE);
        if (!whole || algorithm.isEmpty()) {
            return Optional.empty();
        }
        AssertionSource.KeyFile source = new AssertionSource.KeyFile(
                file.get(),
                values.secret("private-key-password"),
                certificate,
                values.own("key-id"),
                algorithm.get(),
                audience);
        check(source, values.provider().certificateRequired() && grant != GrantType.SERVICE_ACCOUNT);
        return Optional.of(source);
    }

    private AssertionAudience audience() {
        Optional<AssertionAudience> chosen =
                values.get(AUDIENCE).flatMap(word -> Choice.AUDIENCE.read(values, AUDIENCE, word));
        if (chosen.isPresent() && chosen.get() == AssertionAudience.ISSUER && issuer.isEmpty()) {
            values.problem(AUDIENCE, "is issuer, but the account names none: set issuer, or use token-endpoint");
        }
        return chosen.orElse(issuer.isPresent() ? AssertionAudience.ISSUER : AssertionAudience.TOKEN_ENDPOINT);
    }

    /** Here and not at the first request, so that a wrong password or file ends the start with exit code 2. */
    private void check(AssertionSource.KeyFile source, boolean certificateRequired) {
        try {
            SigningIdentity identity = SigningIdentity.load(source);
            if (certificateRequired && identity.certificate().isEmpty()) {
                values.missing(
                        CERTIFICATE,
                        values.provider().name()
                                + " finds the key by its certificate: give it in PEM form, or both in one"
                                + " PKCS#12 file as private-key-file");
            }
            identity.certificateEnd().ifPresent(end -> checkEnd(source, end));
        } catch (KeyFileException e) {
            values.problem(e.key(), e.words());
        }
    }

    private void checkEnd(AssertionSource.KeyFile source, Instant end) {
        String key = source.certificateFile().isPresent() ? CERTIFICATE : KEY_FILE;
        Instant now = clock.instant();
        if (!now.isBefore(end)) {
            values.problem(
                    key,
                    "holds a certificate that ended at " + end
                            + ": make a new one with its key, and register it where the client is registered");
        } else if (!now.plus(ANNOUNCED).isBefore(end)) {
            values.warning(
                    key,
                    "holds a certificate that ends at " + end
                            + ": make a new one with its key, and register it beside the old one before that");
        }
    }

    private Optional<AssertionSource> serviceAccount() {
        Optional<Path> file = file(SERVICE_ACCOUNT);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            ServiceAccountKey.read(file.get());
        } catch (KeyFileException e) {
            values.problem(e.key(), e.words());
        }
        return Optional.of(new AssertionSource.ServiceAccountFile(file.get()));
    }

    private Optional<Path> file(String key) {
        return values.own(key).flatMap(text -> files.readable(text, words -> values.problem(key, words)));
    }
}
