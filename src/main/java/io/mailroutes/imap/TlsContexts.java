package io.mailroutes.imap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * TLS for many connections that trust the same authorities: each context costs a tenth of a second and some 50 KB, and
 * sessions are resumed within one alone. A {@code ca-file} that has changed is read again. Safe for many threads.
 */
public final class TlsContexts {
    private record Made(FileTime changed, SSLSocketFactory factory) {}

    private static final FileTime NEVER = FileTime.fromMillis(0);

    private final Map<Optional<Path>, Made> contexts = new HashMap<>();

    /** @param caFile PEM file of the authorities to trust instead of the JVM's */
    synchronized SSLSocketFactory factory(Optional<Path> caFile) throws IOException {
        FileTime changed = caFile.isPresent() ? Files.getLastModifiedTime(caFile.get()) : NEVER;
        Made made = contexts.get(caFile);
        if (made == null || !made.changed().equals(changed)) {
            made = new Made(changed, make(caFile));
            contexts.put(caFile, made);
        }
        return made.factory();
    }

    private static SSLSocketFactory make(Optional<Path> caFile) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {ServerTrust.of(caFile)}, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IOException("this JVM has no TLS", e);
        }
    }
}
