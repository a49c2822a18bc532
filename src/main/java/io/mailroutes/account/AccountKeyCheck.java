package io.mailroutes.account;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sorts the keys of one account into those with a usable value and those with a problem of their own. */
final class AccountKeyCheck {
    private final String account;
    private final Problems problems;
    private final Map<String, String> usable = new LinkedHashMap<>();
    private final Map<String, String> origin = new LinkedHashMap<>();
    private final Set<String> excused = new HashSet<>();

    AccountKeyCheck(String account, Problems problems) {
        this.account = account;
        this.problems = problems;
    }

    /** @param value empty when the value's placeholder has no answer, which has been reported */
    void add(String key, Optional<String> value) {
        if (AccountKeys.isKnown(key)) {
            accept(key, value, fullKey(key));
        } else {
            unknown(key);
        }
    }

    /** Fills the gaps with what camel-oauth calls the same. */
    void addProfile(OAuthProfiles profiles) {
        String profile = usable.get("oauth-profile");
        if (profile == null) {
            return;
        }
        if (!profiles.exists(profile)) {
            problems.add(fullKey("oauth-profile"), profiles.absent(profile));
            OAuthProfiles.KEYS.forEach(excused::add);
        }
        for (String key : OAuthProfiles.KEYS) {
            if (!usable.containsKey(key) && !excused.contains(key)) {
                profiles.lookUp(profile, key).ifPresent(value -> {
                    origin.put(key, OAuthProfiles.fullKey(profile, key));
                    accept(key, value, OAuthProfiles.fullKey(profile, key));
                });
            }
        }
    }

    /** Whether nothing of the account is worth a further look: all its keys are misspelt names of other accounts. */
    boolean isEmpty() {
        return usable.isEmpty() && excused.isEmpty();
    }

    AccountValues values(Provider provider) {
        return new AccountValues(account, usable, origin, excused, provider, problems);
    }

    private void accept(String key, Optional<String> value, String fullKey) {
        Optional<String> objection = value.flatMap(ValueRule::objection);
        objection.ifPresent(text -> problems.add(fullKey, text));
        if (value.isEmpty() || objection.isPresent()) {
            excused.add(key);
        } else {
            // A password may begin or end with a blank; nothing else does, but editors and copies leave some.
            boolean password = key.equals("password") || key.equals("private-key-password");
            usable.put(key, password ? value.get() : value.get().strip());
        }
    }

    private void unknown(String key) {
        String last = key.substring(key.lastIndexOf('.') + 1);
        Optional<String> meant = AccountKeys.meant(key);
        if (meant.isEmpty() && key.contains(".") && AccountKeys.isKnown(last)) {
            String name = account + "." + key.substring(0, key.lastIndexOf('.'));
            problems.add(
                    fullKey(key),
                    "an account name has no dot: write " + AccountValues.PREFIX + name.replace('.', '-') + "." + last);
            return;
        }
        problems.add(fullKey(key), "unknown key" + Suggestion.sentence(meant.map(this::fullKey)));
        meant.ifPresent(excused::add);
    }

    private String fullKey(String key) {
        return AccountValues.PREFIX + account + "." + key;
    }
}
