package io.mailroutes.message;

import static java.util.Objects.requireNonNull;

/**
 * The one name of a mail that no sender can choose and that stays the same however often it is delivered: the account,
 * the folder, and UIDVALIDITY with UID (RFC 3501 section 2.3.1.1).
 *
 * @param folder the folder's name as the server spells it, decoded to Unicode
 */
public record DeliveryKey(String account, String folder, long uidValidity, long uid) {
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
        return PathSegment.ofAnyLength(account) + "/" + PathSegment.ofAnyLength(folder) + "/" + uidValidity + "-" + uid
                + extension;
    }

    /** The directory of the mail among the dead letters: {@code ACCOUNT/FOLDER~UIDVALIDITY-UID}. */
    public String deadLetterPath() {
        return PathSegment.ofAnyLength(account) + "/" + PathSegment.ofAnyLength(folder) + "~" + uidValidity + "-" + uid;
    }

    @Override
    public String toString() {
        return text();
    }
}
