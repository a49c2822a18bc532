package io.mailroutes.camel.queue;

import io.mailroutes.account.ConfigurationException;
import io.mailroutes.account.Problem;
import io.mailroutes.account.QueueSettings.Certificate;
import io.mailroutes.store.DurableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/**
 * The certificate of the embedded broker as Artemis gets it: a copy under a password that is good for nothing else. When
 * Artemis cannot listen it logs its settings with the password in clear, and that must not be the one that somebody chose.
 *
 * @param file in the directory of the queues, which nobody else can read; gone when the broker stops
 */
record EmbeddedBrokerKeyStore(Path file, String password) {
    private static final String TYPE = "PKCS12";

    /** @throws ConfigurationException when there is no key in the file, or the password does not open it */
    static EmbeddedBrokerKeyStore copy(Certificate certificate, Path directory) throws IOException {
        EmbeddedBrokerKeyStore copy = new EmbeddedBrokerKeyStore(
                directory.resolve("listen.p12"), UUID.randomUUID().toString());
        KeyStore entries = read(certificate, copy.password);
        DurableFiles.writeFile(copy.file, false, out -> {
            try {
                entries.store(out, copy.password.toCharArray());
            } catch (GeneralSecurityException e) {
                throw new IOException("the key store of the embedded broker cannot be copied", e);
            }
        });
        return copy;
    }

    private static KeyStore read(Certificate certificate, String newPassword) {
        char[] password = certificate.password().reveal().toCharArray();
        try (InputStream in = Files.newInputStream(certificate.keyStore())) {
            KeyStore given = KeyStore.getInstance(TYPE);
            given.load(in, password);
            KeyStore keys = KeyStore.getInstance(TYPE);
            keys.load(null, null);
            for (String alias : Collections.list(given.aliases())) {
                Key key = given.getKey(alias, password);
                if (key != null) {
                    keys.setKeyEntry(alias, key, newPassword.toCharArray(), given.getCertificateChain(alias));
                }
            }
            if (keys.size() == 0) {
                throw problem("holds no private key");
            }
            return keys;
        } catch (IOException | GeneralSecurityException e) {
            throw problem("cannot be opened: it is no PKCS#12 file, or mailroutes.queue.key-store-password is wrong");
        }
    }

    private static ConfigurationException problem(String text) {
        return new ConfigurationException(List.of(new Problem("mailroutes.queue.key-store", text)));
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
