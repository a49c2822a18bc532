package io.mailroutes.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mailroutes.account.KeyFileException;
import io.mailroutes.account.PrivateKeyFile;
import io.mailroutes.account.PrivateKeyPem;
import io.mailroutes.account.SignatureAlgorithm;
import io.mailroutes.account.SigningIdentity;
import java.nio.file.Path;
import java.util.Optional;

/** Google's JSON file of a service account, as far as it is needed; where to send the assertion is not taken from it. */
record ServiceAccount(String address, JwtSigner signer) {
    private static final String KEY = "service-account-file";

    static ServiceAccount read(Path file) throws KeyFileException {
        ObjectNode json = StrictJson.object(PrivateKeyFile.content(KEY, file))
                .orElseThrow(() -> new KeyFileException(KEY, "is not the JSON file of a service account"));
        String type = StrictJson.text(json, "type").orElse("");
        if (!type.equals("service_account")) {
            throw new KeyFileException(
                    KEY,
                    "is not the key of a service account (\"type\": \"service_account\"): make one in Google Cloud, under"
                            + " IAM, Service accounts, Keys");
        }
        SigningIdentity identity = new SigningIdentity(
                PrivateKeyPem.read(KEY, member(json, "private_key"), Optional.empty()), Optional.empty());
        return new ServiceAccount(
                member(json, "client_email"),
                new JwtSigner(identity, SignatureAlgorithm.RS256, Optional.of(member(json, "private_key_id"))));
    }

    private static String member(ObjectNode json, String name) throws KeyFileException {
        return StrictJson.text(json, name).orElseThrow(() -> new KeyFileException(KEY, "has no " + name));
    }
}
