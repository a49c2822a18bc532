package io.mailroutes.bench;

import java.util.Locale;

/** Numbers as the tables show them. */
final class Numbers {
    private Numbers() {}

    static String whole(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }

    static String hundredths(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    static String thousandths(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    static String megabytes(double bytes) {
        return whole(bytes / (1 << 20));
    }
}
