package io.mailroutes.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/** Just enough DER to write an X.509 version 3 certificate signed with ECDSA (RFC 5280 section 4.1). */
final class DerCertificate {
    private static final int SEQUENCE = 0x30;
    private static final byte[] ECDSA_SHA256 = der(SEQUENCE, oid(0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02));
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private final X500Principal issuer;
    private final X500Principal subject;
    private final PublicKey key;
    private final List<byte[]> names = new ArrayList<>();
    private Instant start = Instant.EPOCH;
    private Instant end = Instant.EPOCH;
    private boolean authority;

    DerCertificate(X500Principal issuer, X500Principal subject, PublicKey key) {
        this.issuer = issuer;
        this.subject = subject;
        this.key = key;
    }

    DerCertificate valid(Instant from, Instant until) {
        start = from;
        end = until;
        return this;
    }

    DerCertificate authority() {
        authority = true;
        return this;
    }

    DerCertificate names(List<String> dnsNames) {
        dnsNames.forEach(name -> names.add(der(0x82, name.getBytes(US_ASCII))));
        return this;
    }

    void address(byte[] address) {
        names.add(der(0x87, address));
    }

    X509Certificate signedBy(PrivateKey signer) throws GeneralSecurityException {
        byte[] body = body();
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(signer);
        signature.update(body);
        byte[] whole = der(SEQUENCE, body, ECDSA_SHA256, der(0x03, new byte[] {0}, signature.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
    }

    private byte[] body() {
        return der(
                SEQUENCE,
                der(0xA0, der(0x02, new byte[] {2})),
                integer(TestCertificates.serial()),
                ECDSA_SHA256,
                issuer.getEncoded(),
                der(SEQUENCE, time(start), time(end)),
                subject.getEncoded(),
                key.getEncoded(),
                der(0xA3, der(SEQUENCE, extension())));
    }

    private byte[] extension() {
        return authority
                ? extension(oid(0x55, 0x1D, 0x13), der(SEQUENCE, der(0x01, new byte[] {(byte) 0xFF})))
                : extension(oid(0x55, 0x1D, 0x11), der(SEQUENCE, names.toArray(byte[][]::new)));
    }

    private static byte[] extension(byte[] name, byte[] value) {
        return der(SEQUENCE, name, der(0x04, value));
    }

    private static byte[] time(Instant instant) {
        return der(0x18, TIME.format(instant).getBytes(US_ASCII));
    }

    private static byte[] integer(BigInteger value) {
        return der(0x02, value.toByteArray());
    }

    private static byte[] oid(int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return der(0x06, content);
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(tag);
        int length = content.size();
        if (length >= 0x80) {
            byte[] bytes = BigInteger.valueOf(length).toByteArray();
            int skip = bytes[0] == 0 ? 1 : 0;
            whole.write(0x80 | (bytes.length - skip));
            whole.write(bytes, skip, bytes.length - skip);
        } else {
            whole.write(length);
        }
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }
}
