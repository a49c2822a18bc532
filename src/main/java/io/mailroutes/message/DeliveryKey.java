package io.mailroutes.message;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.util.HexFormat;

/**
 * The one name of a mail that no sender can choose and that stays the same however often it is delivered: the account,
 * the folder, and UIDVALIDITY with UID (RFC 3501 section 2.3.1.1).
 *
 * @param folder the folder's name as the server spells it, decoded to Unicode
 */
public record DeliveryKey(String account, String folder, long uidValidity, long uid) {
    /** Leaves room in 255 bytes for what stands around it. */
    private static final int LONGEST_SEGMENT = 200;

    public DeliveryKey {
        requireNonNull(account, "account");
        requireNonNull(folder, "folder");
    }

    /** {@code ACCOUNT/FOLDER/UIDVALIDITY/UID}, the folder as one {@linkplain PathSegment encoded} segment. */
    public String text() {
        return account + "/" + PathSegment.encode(folder) + "/" + uidValidity + "/" + uid;
    }

    /**
     * Where a sink keeps the mail, relative to its directory: {@code ACCOUNT/FOLDER/UIDVALIDITY-UID} and what is given.
     *
     * @param extension {@code .eml}, {@code .json}, or empty for a directory
     */
    public String filePath(String extension) {
        return segment(account) + "/" + segment(folder) + "/" + uidValidity + "-" + uid + extension;
    }

    /** The directory of the mail among the dead letters: {@code ACCOUNT/FOLDER~UIDVALIDITY-UID}. */
    public String deadLetterPath() {
        return segment(account) + "/" + segment(folder) + "~" + uidValidity + "-" + uid;
    }

    /** File systems end at 255 bytes a name; a longer one is cut, and a digest keeps it apart from its like. */
    private static String segment(String name) {
        String encoded = PathSegment.encode(name);
        if (encoded.length() <= LONGEST_SEGMENT) {
            return encoded;
        }
        String digest = HexFormat.of().formatHex(Sha256.digest().digest(encoded.getBytes(US_ASCII)), 0, 8);
        return encoded.substring(0, LONGEST_SEGMENT - 17).replaceFirst("%.?$", "") + "~" + digest;
    }

    @Override
    public String toString() {
        return text();
    }
}
