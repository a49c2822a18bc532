package io.mailroutes.account;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How the browser of whoever sits at this machine is opened. */
public final class DesktopBrowser {
    private DesktopBrowser() {}

    /** The command that takes an address as its last argument; empty where there is no desktop. */
    public static Optional<List<String>> command() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) {
            // Not "cmd /c start", which takes an ampersand in the address for the end of the command.
            return Optional.of(List.of("rundll32", "url.dll,FileProtocolHandler"));
        }
        if (system.startsWith("mac")) {
            return Optional.of(List.of("open"));
        }
        boolean desktop = isSet("DISPLAY") || isSet("WAYLAND_DISPLAY");
        return desktop ? Optional.of(List.of("xdg-open")) : Optional.empty();
    }

    private static boolean isSet(String variable) {
        String value = System.getenv(variable);
        return value != null && !value.isEmpty();
    }
}
