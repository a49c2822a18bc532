package io.mailroutes.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;

/**
 * A mail with one large attachment in base64, made in a file: nobody here holds it in memory either.
 *
 * @param sha256 of the file
 * @param attachmentSha256 of the decoded attachment
 */
record BigMail(Path file, String sha256, String attachmentSha256) {
    private static final String BOUNDARY = "a-boundary-of-the-big-mail";
    private static final int MIB = 1 << 20;

    /** @param mebibytes of the attachment; the mail has 4/3 of that and more */
    static BigMail write(Path file, int mebibytes, long seed) {
        MessageDigest whole = digest();
        MessageDigest attachment = digest();
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), whole)) {
            out.write(
                    ("From: Ann <ann@example.com>\r\nTo: bob@example.org\r\nSubject: a big one\r\nMIME-Version: 1.0\r\n"
                                    + "Content-Type: multipart/mixed; boundary=\"" + BOUNDARY + "\"\r\n\r\n--"
                                    + BOUNDARY
                                    + "\r\nContent-Type: text/plain\r\n\r\nSee the attachment.\r\n--" + BOUNDARY
                                    + "\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n"
                                    + "Content-Disposition: attachment; filename=\"big.bin\"\r\n\r\n")
                            .getBytes(ISO_8859_1));
            encode(mebibytes, new Random(seed), attachment, out);
            out.write(("\r\n--" + BOUNDARY + "--\r\n").getBytes(ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new BigMail(file, hex(whole), hex(attachment));
    }

    /** A length that is a multiple of 57 is encoded to whole lines. */
    private static void encode(int mebibytes, Random random, MessageDigest digest, OutputStream out)
            throws IOException {
        byte[] piece = new byte[MIB / 57 * 57];
        Base64.Encoder encoder = Base64.getMimeEncoder();
        for (int i = 0; i < mebibytes; i++) {
            random.nextBytes(piece);
            digest.update(piece);
            out.write(encoder.encode(piece));
            out.write("\r\n".getBytes(ISO_8859_1));
        }
    }

    static String sha256(Path file) {
        MessageDigest digest = digest();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[MIB];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                digest.update(buffer, 0, length);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return hex(digest);
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
