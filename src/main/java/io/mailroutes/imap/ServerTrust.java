package io.mailroutes.imap;

import io.mailroutes.sasl.ServerText;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** The JVM's own check of a server's certificate and name, which says in words what it does not like. */
final class ServerTrust extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager checks;

    private ServerTrust(X509ExtendedTrustManager checks) {
        this.checks = checks;
    }

    /** Trusts the authorities of this PEM file, or the JVM's without one. */
    static ServerTrust of(Optional<Path> caFile) throws IOException {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(caFile.isPresent() ? read(caFile.get()) : null);
            for (TrustManager manager : factory.getTrustManagers()) {
                // Only the extended kind checks the host name as well.
                if (manager instanceof X509ExtendedTrustManager extended) {
                    return new ServerTrust(extended);
                }
            }
            throw new IOException("this JVM has no trust manager that checks host names");
        } catch (GeneralSecurityException e) {
            throw new IOException("the trusted authorities cannot be read: " + e.getMessage(), e);
        }
    }

    private static KeyStore read(Path pem) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw new CertificateException(pem + " holds no certificate");
            }
            int number = 0;
            for (Certificate certificate : found) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
        }
        return store;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        try {
            checks.checkServerTrusted(chain, type, socket);
        } catch (CertificateException e) {
            throw new CertificateRefusedException(words(chain, e), e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        checks.checkServerTrusted(chain, type, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("a certificate is never taken without its host name");
    }

    private static String words(X509Certificate[] chain, CertificateException reason) {
        if (has(reason, CertificateExpiredException.class)) {
            return "the server's certificate has expired" + validity(chain)
                    + "; its operator has to renew it, unless this machine's clock is wrong";
        }
        if (has(reason, CertificateNotYetValidException.class)) {
            return "the server's certificate is not valid yet" + validity(chain) + "; check this machine's clock";
        }
        String text = String.valueOf(reason.getMessage());
        if (text.contains("No subject alternative") || text.contains("No name matching")) {
            return "the server's certificate is for another name, " + names(chain[0])
                    + "; check host, or whether somebody stands in between";
        }
        if (text.contains("valid certification path")
                || text.contains("trustAnchors")
                || text.contains("signature check failed")) {
            return "the server's certificate comes from an unknown authority, "
                    + ServerText.clean(
                            chain[chain.length - 1].getIssuerX500Principal().getName())
                    + "; name its PEM file with ca-file if you trust it";
        }
        return "the server's certificate was refused: " + ServerText.clean(text);
    }

    private static boolean has(Throwable error, Class<? extends Throwable> kind) {
        return Stream.iterate(error, cause -> cause != null, Throwable::getCause)
                .limit(10)
                .anyMatch(kind::isInstance);
    }

    private static String validity(X509Certificate[] chain) {
        for (X509Certificate certificate : chain) {
            try {
                certificate.checkValidity();
            } catch (CertificateException notNow) {
                return " (valid from " + certificate.getNotBefore().toInstant() + " to "
                        + certificate.getNotAfter().toInstant() + ")";
            }
        }
        return "";
    }

    private static String names(X509Certificate certificate) {
        try {
            @Nullable Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names != null) {
                return ServerText.clean(
                        names.stream().map(name -> String.valueOf(name.get(1))).collect(Collectors.joining(", ")));
            }
        } catch (CertificateParsingException unreadable) {
            return "which cannot be read";
        }
        return ServerText.clean(certificate.getSubjectX500Principal().getName());
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("this is a client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return checks.getAcceptedIssuers();
    }
}
