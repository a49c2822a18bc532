package io.mailroutes.account;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Sorts the keys of a file to the readers of their parts, and throws what they all have found. */
final class ConfigurationReader {
    /** A path segment, a bean name and the authority of a {@code mailbox:} URI at once. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    private static final String NAME_RULE =
            " is letters, digits, '-' and '_', begins with a letter or a digit, and has at most 64 characters";

    private final ConfigurationSource source;
    private final Problems problems;
    private final Map<String, AccountKeyCheck> accounts = new LinkedHashMap<>();
    private final Set<String> badNames = new HashSet<>();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<String, String> secrets = new LinkedHashMap<>();

    ConfigurationReader(ConfigurationSource source) {
        this.source = source;
        this.problems = new Problems(source.earlier());
    }

    Configuration read() {
        Set<String> keys = new LinkedHashSet<>(source.properties().keySet());
        keys.addAll(problems.unresolved());
        keys.stream().filter(key -> key.startsWith(SettingKeys.ROOT)).forEach(this::sort);
        refuseTwins();
        Settings general = new SettingsReader(settings, secrets, source, problems).read();
        Map<String, Account> complete = readAccounts();
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems.list());
        }
        return new Configuration(complete, general, problems.warnings());
    }

    private Map<String, Account> readAccounts() {
        OAuthProfiles profiles = new OAuthProfiles(source.properties(), problems.unresolved());
        AccountReader reader =
                new AccountReader(ProviderTable.load(), new FileRule(source.baseDirectory()), source.clock());
        Map<String, Account> complete = new LinkedHashMap<>();
        accounts.forEach((name, keys) -> {
            keys.addProfile(profiles);
            if (!keys.isEmpty()) {
                reader.read(keys).ifPresent(account -> complete.put(name, account));
            }
        });
        return complete;
    }

    private void sort(String key) {
        Optional<String> value = problems.unresolved().contains(key)
                ? Optional.empty()
                : Optional.ofNullable(source.properties().get(key));
        if (key.startsWith(AccountValues.PREFIX)) {
            account(key, key.substring(AccountValues.PREFIX.length()), value);
        } else if (key.startsWith(SettingKeys.SECRETS)) {
            secret(key, key.substring(SettingKeys.SECRETS.length()), value);
        } else {
            setting(key, value);
        }
    }

    private void account(String fullKey, String rest, Optional<String> value) {
        int dot = rest.indexOf('.');
        String name = dot < 0 ? rest : rest.substring(0, dot);
        if (!NAME.matcher(name).matches()) {
            if (badNames.add(name)) {
                problems.add(AccountValues.PREFIX + name, "an account name" + NAME_RULE);
            }
        } else if (dot < 0 || dot == rest.length() - 1) {
            problems.add(
                    fullKey, "names an account, but no key of it, such as " + AccountValues.PREFIX + name + ".user");
        } else {
            accounts.computeIfAbsent(name, fresh -> new AccountKeyCheck(fresh, problems))
                    .add(rest.substring(dot + 1), value);
        }
    }

    private void secret(String fullKey, String name, Optional<String> value) {
        if (!NAME.matcher(name).matches()) {
            problems.add(fullKey, "the name of a secret" + NAME_RULE);
            return;
        }
        keep(fullKey, value).ifPresent(text -> secrets.put(name, text));
    }

    private void setting(String key, Optional<String> value) {
        Optional<String> later = SettingKeys.later(key);
        if (SettingKeys.KNOWN.contains(key)) {
            keep(key, value).ifPresent(text -> settings.put(key, text.strip()));
        } else if (key.equals("mailroutes.store.key")) {
            problems.add(
                    key,
                    "the key of the token store does not belong into this file: use the environment variable "
                            + Settings.STORE_KEY_VARIABLE + " or mailroutes.store.key-file");
        } else if (later.isPresent()) {
            problems.add(key, "not in this version: " + later.get());
        } else {
            problems.add(key, "unknown key" + Suggestion.sentence(SettingKeys.meant(key)));
        }
    }

    private Optional<String> keep(String key, Optional<String> value) {
        Optional<String> objection = value.flatMap(ValueRule::objection);
        objection.ifPresent(text -> problems.add(key, text));
        return objection.isPresent() ? Optional.empty() : value;
    }

    /** Names become directories, and some file systems do not tell cases apart. */
    private void refuseTwins() {
        Map<String, String> seen = new LinkedHashMap<>();
        for (String name : accounts.keySet()) {
            String twin = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
            if (twin != null) {
                problems.add(
                        AccountValues.PREFIX + name,
                        "differs from the account " + twin + " in upper and lower case only: choose another name");
            }
        }
    }
}
