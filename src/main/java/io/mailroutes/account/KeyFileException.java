package io.mailroutes.account;

/** A private key or its certificate cannot be used. Never has a cause: causes may quote what was read. */
public final class KeyFileException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String key;

    /**
     * @param key the account key at fault, such as {@code private-key-file}
     * @param words what is wrong, to stand behind the key
     */
    public KeyFileException(String key, String words) {
        super(words);
        this.key = key;
    }

    /** The account key at fault. */
    public String key() {
        return key;
    }

    /** What is wrong, to stand behind the key. */
    public String words() {
        return String.valueOf(getMessage());
    }
}
