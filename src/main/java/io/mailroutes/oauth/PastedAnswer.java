package io.mailroutes.oauth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import java.util.regex.Pattern;

/** What a person has copied out of a browser: the whole address it was sent to, or a code that a page has shown. */
public final class PastedAnswer {
    private static final Pattern ADDRESS = Pattern.compile("(?i)https?:.*");
    private static final Pattern CODE = Pattern.compile("[\\x21-\\x7E]{1,4096}");

    private PastedAnswer() {}

    /** @throws PermanentOAuthException when it is neither, or no consent */
    public static Grant.AuthorizationCode read(String line, String account, AuthorizationRequest request) {
        String text = line.strip();
        ConsentRefusal refusal = new ConsentRefusal(account);
        if (!ADDRESS.matcher(text).matches()) {
            if (!CODE.matcher(text).matches()) {
                throw refusal.suspicious("it is neither an address nor a code");
            }
            return request.acceptCode(text);
        }
        try {
            URI address = new URI(text);
            if (!samePlace(address, request.redirectUri())) {
                throw refusal.suspicious(
                        "it is not the address after the consent, which begins with " + request.redirectUri());
            }
            return request.accept(RedirectAnswer.of(address.getRawQuery()));
        } catch (URISyntaxException notAnAddress) {
            throw refusal.suspicious("it is not a whole address");
        }
    }

    private static boolean samePlace(URI given, URI expected) {
        return expected.getScheme().equalsIgnoreCase(given.getScheme())
                && Objects.equals(given.getRawAuthority(), expected.getRawAuthority())
                && path(given).equals(path(expected));
    }

    private static String path(URI uri) {
        String path = uri.getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }
}
