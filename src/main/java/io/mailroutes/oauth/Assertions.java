package io.mailroutes.oauth;

import com.nimbusds.jwt.JWTClaimsSet;
import io.mailroutes.account.AssertionAudience;
import io.mailroutes.account.AssertionSource;
import io.mailroutes.account.KeyFileException;
import io.mailroutes.account.OAuthClient;
import io.mailroutes.account.Secret;
import io.mailroutes.account.SigningIdentity;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;

/**
 * The assertions of one account (RFC 7523), a new one for each request. Files are read each time, so that renewed keys
 * work at once.
 */
final class Assertions {
    /** Microsoft recommends 5 to 10 minutes. */
    private static final Duration CLIENT_LIFE = Duration.ofMinutes(5);
    /** As much as Google allows. */
    private static final Duration GRANT_LIFE = Duration.ofHours(1);

    private final OAuthClient client;
    private final Clock clock;

    Assertions(OAuthClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** What proves the client (section 2.2); empty when the account has nothing to prove it by. */
    Optional<Secret> forClient(Attempt attempt, URI endpoint) {
        return client.assertion().map(source -> {
            if (source instanceof AssertionSource.TokenFile file) {
                return fromFile(attempt, file);
            }
            JWTClaimsSet claims = claims(client.clientId(), client.clientId(), audience(source, endpoint), CLIENT_LIFE)
                    .build();
            return signer(attempt, source).signer().sign(claims);
        });
    }

    /** What is itself the grant (section 2.1); empty when the account has no key. */
    Optional<Secret> forSubject(Attempt attempt, URI endpoint, String subject, RequestedScope scope) {
        return client.assertion().map(source -> {
            ServiceAccount by = signer(attempt, source);
            JWTClaimsSet claims = claims(by.address(), subject, audience(source, endpoint), GRANT_LIFE)
                    .claim("scope", scope.parameter())
                    .build();
            return by.signer().sign(claims);
        });
    }

    private JWTClaimsSet.Builder claims(String issuer, String subject, String audience, Duration life) {
        Instant now = clock.instant();
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject(subject)
                .audience(audience)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plus(life)));
    }

    private String audience(AssertionSource source, URI endpoint) {
        boolean issuer = source instanceof AssertionSource.KeyFile key && key.audience() == AssertionAudience.ISSUER;
        return (issuer ? client.issuer().orElse(endpoint) : endpoint).toString();
    }

    private ServiceAccount signer(Attempt attempt, AssertionSource source) {
        try {
            return source instanceof AssertionSource.KeyFile key
                    ? new ServiceAccount(client.clientId(), signer(attempt, key))
                    : ServiceAccount.read(((AssertionSource.ServiceAccountFile) source).file());
        } catch (KeyFileException e) {
            throw unusable(attempt, "KEY(" + e.key() + ") " + e.words());
        }
    }

    private JwtSigner signer(Attempt attempt, AssertionSource.KeyFile key) throws KeyFileException {
        SigningIdentity identity = SigningIdentity.load(key);
        String holder = key.certificateFile().isPresent() ? "KEY(certificate-file)" : "KEY(private-key-file)";
        identity.certificate().ifPresent(certificate -> requireValid(attempt, holder, certificate));
        return new JwtSigner(identity, key.algorithm(), key.keyId());
    }

    private void requireValid(Attempt attempt, String holder, X509Certificate certificate) {
        Instant now = clock.instant();
        Instant end = certificate.getNotAfter().toInstant();
        Instant start = certificate.getNotBefore().toInstant();
        if (now.isAfter(end)) {
            throw unusable(attempt, "the certificate in " + holder + " ended at " + end + ": register a new one");
        }
        if (now.isBefore(start)) {
            throw unusable(
                    attempt,
                    "the certificate in " + holder + " begins at " + start + "; is this machine's clock right?");
        }
    }

    private Secret fromFile(Attempt attempt, AssertionSource.TokenFile source) {
        AssertionFile.Content content = new AssertionFile(source.file(), clock).read();
        if (content instanceof AssertionFile.Content.Token token) {
            return token.value();
        }
        throw OAuthErrors.classify(attempt, ((AssertionFile.Content.Bad) content).failure());
    }

    private static OAuthException unusable(Attempt attempt, String problem) {
        return OAuthErrors.classify(attempt, new Failure.Unusable("is not made: " + problem));
    }
}
