package io.mailroutes.oauth;

import io.mailroutes.account.KeyFileException;
import io.mailroutes.account.ServiceAccountKey;
import io.mailroutes.account.SignatureAlgorithm;
import io.mailroutes.account.SigningIdentity;
import java.nio.file.Path;
import java.util.Optional;

/** Who signs for a service account, and with what. */
record ServiceAccount(String address, JwtSigner signer) {
    static ServiceAccount read(Path file) throws KeyFileException {
        ServiceAccountKey key = ServiceAccountKey.read(file);
        return new ServiceAccount(
                key.address(),
                new JwtSigner(
                        new SigningIdentity(key.key(), Optional.empty()),
                        SignatureAlgorithm.RS256,
                        Optional.of(key.keyId())));
    }
}
