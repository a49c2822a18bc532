package io.mailroutes.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.mailroutes.account.Secret;
import io.mailroutes.account.SignatureAlgorithm;
import io.mailroutes.account.SigningIdentity;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * Signs assertions (RFC 7515).
 *
 * @param keyId the header {@code kid}; left out when empty
 */
record JwtSigner(SigningIdentity identity, SignatureAlgorithm algorithm, Optional<String> keyId) {
    Secret sign(JWTClaimsSet claims) {
        try {
            SignedJWT jwt = new SignedJWT(header(), claims);
            jwt.sign(new RSASSASigner(identity.key()));
            return Secret.of(jwt.serialize());
        } catch (JOSEException | CertificateEncodingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform from 11 on signs with RS256 and PS256", e);
        }
    }

    private JWSHeader header() throws CertificateEncodingException, NoSuchAlgorithmException {
        JWSHeader.Builder header = new JWSHeader.Builder(
                        algorithm == SignatureAlgorithm.PS256 ? JWSAlgorithm.PS256 : JWSAlgorithm.RS256)
                .type(JOSEObjectType.JWT);
        keyId.ifPresent(header::keyID);
        if (identity.certificate().isPresent()) {
            header.x509CertSHA256Thumbprint(digest(identity.certificate().get()));
        }
        return header.build();
    }

    private static Base64URL digest(X509Certificate certificate)
            throws CertificateEncodingException, NoSuchAlgorithmException {
        return Base64URL.encode(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    }
}
