package io.mailroutes.account;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** A private key in the text form of RFC 7468: PKCS#8, in clear or encrypted. */
final class PrivateKeyPem {
    private static final String PASSWORD = "private-key-password";
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----([^-]*)-----END \\1-----");

    private final String key;
    private final byte[] der;

    private PrivateKeyPem(String key, byte[] der) {
        this.key = key;
        this.der = der;
    }

    /**
     * @param key the account key that names the file, for the words of an error
     * @throws KeyFileException when there is no key that can be used
     */
    static RSAPrivateKey read(String key, String text, Optional<Secret> password) throws KeyFileException {
        Matcher block = BLOCK.matcher(text);
        if (!block.find()) {
            throw new KeyFileException(key, "holds no private key in PEM form (-----BEGIN PRIVATE KEY-----)");
        }
        PrivateKeyPem pem = new PrivateKeyPem(key, decoded(key, block.group(2)));
        return switch (block.group(1)) {
            case "PRIVATE KEY" -> pem.clear(password);
            case "ENCRYPTED PRIVATE KEY" -> pem.encrypted(password);
            default ->
                throw new KeyFileException(
                        key,
                        "holds a key in the old form " + block.group(1)
                                + ": convert it with openssl pkcs8 -topk8 -in OLD -out NEW");
        };
    }

    private static byte[] decoded(String key, String body) throws KeyFileException {
        try {
            return Base64.getMimeDecoder().decode(body.strip());
        } catch (IllegalArgumentException e) {
            throw new KeyFileException(key, "holds a private key that is damaged: its base64 does not decode");
        }
    }

    private RSAPrivateKey clear(Optional<Secret> password) throws KeyFileException {
        if (password.isPresent()) {
            throw new KeyFileException(PASSWORD, "has no effect: the key is not encrypted. Delete the line");
        }
        return rsa(new PKCS8EncodedKeySpec(der));
    }

    private RSAPrivateKey encrypted(Optional<Secret> password) throws KeyFileException {
        if (password.isEmpty()) {
            throw new KeyFileException(key, "holds an encrypted key: give private-key-password");
        }
        PBEKeySpec secret = new PBEKeySpec(password.get().reveal().toCharArray());
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
            // For PBES2 the name of the algorithm is that of the family; its parameters name the member.
            String member = String.valueOf(info.getAlgParameters());
            String name = member.startsWith("PBE") ? member : info.getAlgName();
            Cipher cipher = Cipher.getInstance(name);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(name).generateSecret(secret),
                    info.getAlgParameters());
            return rsa(info.getKeySpec(cipher));
        } catch (InvalidKeyException | InvalidKeySpecException e) {
            throw new KeyFileException(PASSWORD, "does not open the key in " + key);
        } catch (GeneralSecurityException | IOException e) {
            throw new KeyFileException(
                    key,
                    "is damaged, or encrypted in a way that Java does not know: use openssl pkcs8 -topk8 -v2 aes-256-cbc");
        } finally {
            secret.clearPassword();
        }
    }

    private RSAPrivateKey rsa(PKCS8EncodedKeySpec spec) throws KeyFileException {
        try {
            RSAPrivateKey found = (RSAPrivateKey) KeyFactory.getInstance("RSA").generatePrivate(spec);
            SigningIdentity.requireLength(key, found);
            return found;
        } catch (GeneralSecurityException e) {
            throw new KeyFileException(key, "holds no RSA key, which RS256 and PS256 sign with");
        }
    }
}
