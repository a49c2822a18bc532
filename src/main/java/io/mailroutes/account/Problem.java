package io.mailroutes.account;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is wrong with the configuration.
 *
 * @param key the full property key, such as {@code mailroutes.accounts.support.tenant}, or the name of an environment
 *     variable
 * @param text what is wrong and what to do about it; never the value of a secret
 */
public record Problem(String key, String text) {
    public Problem {
        requireNonNull(key, "key");
        requireNonNull(text, "text");
    }
}
