package io.mailroutes.camel;

/**
 * How many UIDs to ask for with one SEARCH: what is answered stays short where they are dense, and the gaps between
 * sparse ones are crossed in few steps.
 */
final class SearchWidth {
    private static final long NARROWEST = 10_000;

    /** An answer of 8 MB, if after a gap there were no more. */
    private static final long WIDEST = 1 << 20;

    private long width = NARROWEST;

    long now() {
        return width;
    }

    /** So many mails were found among so many UIDs. */
    void found(long asked, long mails) {
        if (mails < asked / 4) {
            width = Math.min(2 * width, WIDEST);
        } else if (mails > NARROWEST) {
            width = NARROWEST;
        }
    }
}
