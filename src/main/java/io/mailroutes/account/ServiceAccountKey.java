package io.mailroutes.account;

import java.nio.file.Path;
import java.security.interfaces.RSAPrivateKey;
import java.util.Map;
import java.util.Optional;

/**
 * Google's JSON file of a service account, as far as it is needed; where to send the assertion is not taken from it.
 *
 * @param address who signs, {@code client_email}
 * @param keyId the header {@code kid}
 */
public record ServiceAccountKey(String address, String keyId, RSAPrivateKey key) {
    private static final String KEY = AssertionRule.SERVICE_ACCOUNT;

    /**
     * Reads the file afresh, so that a key can be renewed while the program runs.
     *
     * @throws KeyFileException when it cannot be read, is open to others, or is something else
     */
    public static ServiceAccountKey read(Path file) throws KeyFileException {
        Map<String, String> json = FlatJson.read(PrivateKeyFile.content(KEY, file))
                .orElseThrow(() -> new KeyFileException(KEY, "is not the JSON file of a service account"));
        if (!json.getOrDefault("type", "").equals("service_account")) {
            throw new KeyFileException(
                    KEY,
                    "is not the key of a service account (\"type\": \"service_account\"): make one in Google Cloud, under"
                            + " IAM, Service accounts, Keys");
        }
        RSAPrivateKey key = PrivateKeyPem.read(KEY, member(json, "private_key"), Optional.empty());
        member(json, "token_uri"); // Not used; a file without it was cut short or made by hand.
        return new ServiceAccountKey(member(json, "client_email"), member(json, "private_key_id"), key);
    }

    private static String member(Map<String, String> json, String name) throws KeyFileException {
        String value = json.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new KeyFileException(KEY, "has no " + name);
        }
        return value;
    }

    @Override
    public String toString() {
        return "ServiceAccountKey[" + address + "]";
    }
}
