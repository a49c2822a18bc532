package io.mailroutes.account;

import java.util.Locale;

/** How the tables of the jar spell a constant: {@code LOOPBACK_IP} is {@code loopback-ip}. */
final class TableWord {
    private TableWord() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
