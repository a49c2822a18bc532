package io.mailroutes.store;

import java.util.Locale;

/** What has become of a mail that is not done. */
public enum MailState {
    /** Taken by a consumer. */
    CLAIMED,
    /** Failed, to be tried again. */
    WAITING,
    /** The sink has it; the server has not been told. */
    DELIVERED,
    /** The dead letters have it; the server has not been told. */
    QUARANTINED;

    /** Nothing more is to be delivered. */
    public boolean isSettled() {
        return this == DELIVERED || this == QUARANTINED;
    }

    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    static MailState ofColumn(String column) {
        return valueOf(column.toUpperCase(Locale.ROOT));
    }
}
