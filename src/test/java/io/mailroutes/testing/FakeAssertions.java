package io.mailroutes.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Verifies assertions as RFC 7523 section 3 and the providers' pages say, and refuses with the providers' words. */
public final class FakeAssertions {
    /** What a service account's assertion gave; {@code refusal} is empty when it is good. */
    record Delegated(String issuer, String subject, String scope, String error, String refusal) {
        static Delegated refused(String error, String refusal) {
            return new Delegated("", "", "", error, refusal);
        }
    }

    private record Known(RSAPublicKey key, Optional<String> digest, String algorithm, String audience, String scope) {}

    private final Clock clock;
    private final Supplier<URI> issuer;
    private final Map<String, Known> clients = new ConcurrentHashMap<>();
    private final Map<String, Known> accounts = new ConcurrentHashMap<>();
    private final Map<String, String> federated = new ConcurrentHashMap<>();
    private final Set<String> users = ConcurrentHashMap.newKeySet();
    private final Set<String> spent = new HashSet<>();

    FakeAssertions(Clock clock, Supplier<URI> issuer) {
        this.clock = clock;
        this.issuer = issuer;
    }

    /** A client that signs with this certificate's key and names the certificate by its digest. */
    public void client(String id, X509Certificate certificate, String algorithm, String audience) {
        clients.put(
                id,
                new Known(
                        (RSAPublicKey) certificate.getPublicKey(),
                        Optional.of(digest(certificate)),
                        algorithm,
                        audience,
                        ""));
    }

    /** A client whose key the server knows by itself. */
    public void client(String id, RSAPublicKey key, String audience) {
        clients.put(id, new Known(key, Optional.empty(), "RS256", audience, ""));
    }

    /** A client for which another platform signs. */
    public void federated(String id, String assertion) {
        federated.put(id, assertion);
    }

    /** A service account that may act for these users, within one scope. */
    public void serviceAccount(String address, RSAPublicKey key, String scope, String... delegating) {
        accounts.put(address, new Known(key, Optional.empty(), "RS256", issuer.get() + "/token", scope));
        users.addAll(Set.of(delegating));
    }

    /** Whether a client has nothing but assertions to show. */
    boolean requires(String id) {
        return clients.containsKey(id) || federated.containsKey(id);
    }

    /** Why the client's assertion is no good. */
    Optional<String> objection(Map<String, String> form, boolean alsoAuthorization) {
        String id = form.getOrDefault("client_id", "");
        String text = form.getOrDefault("client_assertion", "");
        if (alsoAuthorization || form.containsKey("client_secret")) {
            return Optional.of("two proofs of one client");
        }
        if (!"urn:ietf:params:oauth:client-assertion-type:jwt-bearer".equals(form.get("client_assertion_type"))) {
            return Optional.of("client_assertion_type");
        }
        if (federated.containsKey(id)) {
            return text.equals(federated.get(id)) ? Optional.empty() : Optional.of("AADSTS700213: no such subject");
        }
        Known known = clients.get(id);
        if (known == null) {
            return Optional.of("unknown client " + id);
        }
        return verified(text, known, Duration.ofMinutes(10), id)
                .map(problem -> problem.equals("signature") ? "AADSTS700027: bad signature, " + text : problem);
    }

    Delegated delegated(String text) {
        try {
            JWTClaimsSet claims = SignedJWT.parse(text).getJWTClaimsSet();
            Known known = accounts.get(String.valueOf(claims.getIssuer()));
            if (known == null) {
                return Delegated.refused("invalid_grant", "Invalid grant: account not found");
            }
            Optional<String> problem = verified(text, known, Duration.ofHours(1), claims.getSubject());
            if (problem.isPresent()) {
                return Delegated.refused(
                        "invalid_grant",
                        problem.get().equals("signature")
                                ? "Invalid JWT Signature."
                                : "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable"
                                        + " timeframe. Check your iat and exp values in the JWT claim. "
                                        + problem.get());
            }
            if (!users.contains(claims.getSubject())) {
                return Delegated.refused("invalid_grant", "Invalid email or User ID");
            }
            String scope = claims.getStringClaim("scope");
            return known.scope().equals(scope)
                    ? new Delegated(claims.getIssuer(), claims.getSubject(), scope, "", "")
                    : Delegated.refused(
                            "unauthorized_client",
                            "Client is unauthorized to retrieve access tokens using this method, or client not authorized"
                                    + " for any of the scopes requested.");
        } catch (ParseException e) {
            return Delegated.refused("invalid_grant", "Bad Request");
        }
    }

    private synchronized Optional<String> verified(String text, Known known, Duration longest, String subject) {
        try {
            SignedJWT jwt = SignedJWT.parse(text);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            if (!jwt.getHeader().getAlgorithm().getName().equals(known.algorithm())
                    || !jwt.verify(new RSASSAVerifier(known.key()))) {
                return Optional.of("signature");
            }
            if (known.digest().isPresent()
                    && !known.digest()
                            .equals(Optional.ofNullable(jwt.getHeader().getX509CertSHA256Thumbprint())
                                    .map(Object::toString))) {
                return Optional.of("x5t#S256");
            }
            if (!claims.getAudience().contains(known.audience()) || !subject.equals(claims.getSubject())) {
                return Optional.of("aud or sub");
            }
            return inTime(claims, longest)
                    ? unique(claims)
                    : Optional.of("AADSTS700024: not within its valid time range");
        } catch (ParseException | JOSEException e) {
            return Optional.of("malformed");
        }
    }

    private boolean inTime(JWTClaimsSet claims, Duration longest) {
        Instant now = clock.instant();
        Instant issued = instant(claims.getIssueTime());
        Instant end = instant(claims.getExpirationTime());
        return now.isBefore(end)
                && !issued.isAfter(now)
                && !instant(claims.getNotBeforeTime()).isAfter(now)
                && Duration.between(issued, end).compareTo(longest) <= 0;
    }

    private static Instant instant(Date date) {
        return date.toInstant();
    }

    private Optional<String> unique(JWTClaimsSet claims) {
        return claims.getJWTID() != null && spent.add(claims.getJWTID()) ? Optional.empty() : Optional.of("jti");
    }

    private static String digest(X509Certificate certificate) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
