package io.mailroutes.imap;

import java.util.Properties;
import java.util.regex.Pattern;

/** What of a host's mail settings a guarded session takes over. */
public final class HostProperties {
    private HostProperties() {}

    /** A copy of the {@code mail.*} keys, those left out that decide on a connection which carries a token. */
    public static Properties without(Pattern ours, Properties given) {
        Properties taken = new Properties();
        for (Object key : given.keySet()) {
            if (key instanceof String name
                    && name.startsWith("mail.")
                    && !ours.matcher(name).matches()) {
                taken.put(key, given.get(key));
            }
        }
        return taken;
    }
}
