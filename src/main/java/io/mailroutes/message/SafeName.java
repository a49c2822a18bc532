package io.mailroutes.message;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file name made of what a sender wrote, safe on every file system: ASCII, at most 80 bytes with its extension kept,
 * no path, no hidden file, no option, no DOS device, never empty. Two parts may get the same name: who writes them puts
 * a number before it.
 */
public final class SafeName {
    private static final int LONGEST = 80;
    private static final Pattern EXTENSION = Pattern.compile("\\.[A-Za-z0-9_-]{1,16}$");
    private static final Pattern DEVICE =
            Pattern.compile("(?i)(con|prn|aux|nul|conin_|conout_|clock_|com[0-9]|lpt[0-9]) *(\\..*)?");

    private SafeName() {}

    /**
     * @param original the decoded name; its path, if any, is dropped
     * @param type the media type, which gives the extension when there is no name
     */
    public static String of(Optional<String> original, String type) {
        String name = trimmed(allowed(withoutPath(original.orElse(""))));
        if (name.isEmpty()) {
            return "part" + FileExtensions.of(type);
        }
        boolean bareMessage =
                type.equals("message/rfc822") && !name.toLowerCase(Locale.ROOT).endsWith(".eml");
        String whole = bareMessage ? name + ".eml" : name;
        return shortened(DEVICE.matcher(whole).matches() ? "_" + whole : whole);
    }

    private static String withoutPath(String name) {
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    }

    /** One underscore for each character that is not allowed, so that the shape of the name is still to be seen. */
    private static String allowed(String name) {
        StringBuilder safe = new StringBuilder();
        Normalizer.normalize(CleanText.cut(name, CleanText.LONGEST), Normalizer.Form.NFC)
                .codePoints()
                .forEach(c -> safe.append(isAllowed(c) ? (char) c : '_'));
        return safe.toString();
    }

    private static boolean isAllowed(int c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || "._ -".indexOf(c) >= 0);
    }

    private static String trimmed(String name) {
        int start = 0;
        int end = name.length();
        while (start < end && ".- ".indexOf(name.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && ". ".indexOf(name.charAt(end - 1)) >= 0) {
            end--;
        }
        return name.substring(start, end);
    }

    private static String shortened(String name) {
        if (name.length() <= LONGEST) {
            return name;
        }
        var matcher = EXTENSION.matcher(name);
        String extension = matcher.find() ? matcher.group() : "";
        return trimmed(name.substring(0, LONGEST - extension.length())) + extension;
    }
}
