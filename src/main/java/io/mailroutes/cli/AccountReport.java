package io.mailroutes.cli;

import io.mailroutes.account.Account;
import io.mailroutes.store.AccountRow;
import io.mailroutes.store.Activity;
import io.mailroutes.token.Expiry;
import io.mailroutes.token.KnownAccount;
import io.mailroutes.token.TokenHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code accounts} says of one account. */
record AccountReport(Account account, KnownAccount known, long deadLetters) {
    /** The word for how it is; part of the contract with scripts. */
    String state() {
        if (known.neverLoggedIn()) {
            return "NOT_LOGGED_IN";
        }
        return known.refusal().isPresent() ? "NEEDS_LOGIN" : "READY";
    }

    Optional<String> next() {
        return known.neverLoggedIn() ? Optional.of("run: mailroutes login " + account.name()) : Optional.empty();
    }

    /** Why a person has to act; an account that never had a login needs no other reason. */
    Optional<AccountRow.Refusal> refusal() {
        return known.refusal().filter(any -> !known.neverLoggedIn());
    }

    /** As a JSON object; what is not known is left out. */
    Map<String, Object> json() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("account", account.name());
        row.put("user", account.user());
        row.put("provider", account.provider());
        row.put("grant", account.grant().key());
        row.put("state", state());
        refusal().ifPresent(refusal -> {
            row.put("reason", refusal.reason());
            row.put("since", refusal.since().toString());
        });
        next().ifPresent(next -> row.put("next", next));
        TokenHistory history = known.history();
        put(row, "accessTokenEnds", known.accessTokenEnds());
        put(row, "refreshedAt", known.refreshedAt());
        put(row, "consentedAt", history.consentedAt());
        put(row, "refreshTokenUsedAt", history.usedAt());
        put(row, "refreshTokenEnds", history.endsAt());
        row.put("expiries", known.expiries().stream().map(AccountReport::json).toList());
        row.put("folders", known.folders().stream().map(AccountReport::json).toList());
        row.put("deadLetters", deadLetters);
        return row;
    }

    private static Map<String, String> json(Expiry expiry) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("what", expiry.what().name());
        row.put("at", expiry.at().toString());
        row.put("urgency", expiry.urgency().name());
        row.put("advice", expiry.advice());
        return row;
    }

    private static Map<String, Object> json(Activity activity) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("folder", activity.folder());
        put(row, "proofOfLife", activity.proofOfLife());
        put(row, "lastMail", activity.lastMail());
        activity.backlog().ifPresent(mails -> row.put("backlog", mails));
        return row;
    }

    private static void put(Map<String, Object> row, String key, Optional<Instant> time) {
        time.ifPresent(instant -> row.put(key, instant.toString()));
    }

    /** What is worth a person's attention, a sentence or more each. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        next().ifPresent(next -> notes.add("nobody has logged in yet; " + next));
        refusal().ifPresent(refusal -> notes.add("since " + Ago.exactly(refusal.since()) + ": " + refusal.reason()));
        known.expiries().stream()
                .filter(expiry -> expiry.urgency() != Expiry.Urgency.FINE)
                .forEach(expiry -> notes.add(expiry.what().words()
                        + (expiry.urgency() == Expiry.Urgency.OVER ? " ended on " : " ends on ")
                        + Ago.exactly(expiry.at()) + ". " + expiry.advice()));
        if (deadLetters > 0) {
            notes.add(deadLetters + (deadLetters == 1 ? " dead letter" : " dead letters"));
        }
        return notes;
    }
}
