package io.mailroutes.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mailroutes.account.Secret;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The ways in which a server that echoes a request brings a secret back: as it is, percent-encoded in part or whole, in
 * base64 on its own or within more, in hexadecimal digits.
 */
final class EchoedSecret {
    /** The base64 of less is so short that it would hide innocent words. */
    private static final int SHORTEST_ENCODED = 6;

    private static final int GROUP = 3;

    private final Optional<Pattern> forms;

    private EchoedSecret(Optional<Pattern> forms) {
        this.forms = forms;
    }

    static EchoedSecret of(Secret secret) {
        byte[] bytes = secret.reveal().getBytes(UTF_8);
        if (bytes.length == 0) {
            return new EchoedSecret(Optional.empty());
        }
        List<String> forms = new ArrayList<>();
        forms.add(percent(secret.reveal()));
        if (bytes.length >= SHORTEST_ENCODED) {
            for (int before = 0; before < GROUP; before++) {
                forms.add(base64(bytes, before));
            }
            forms.add(HexFormat.of().formatHex(bytes));
        }
        return new EchoedSecret(
                Optional.of(Pattern.compile(String.join("|", forms), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)));
    }

    String hiddenIn(String text) {
        return forms.map(pattern -> pattern.matcher(text).replaceAll("***")).orElse(text);
    }

    /** Each character as it is or encoded, once or twice; a blank also as a plus sign. */
    private static String percent(String secret) {
        StringBuilder pattern = new StringBuilder();
        secret.codePoints().mapToObj(Character::toString).forEach(character -> {
            StringBuilder encoded = new StringBuilder();
            for (byte each : character.getBytes(UTF_8)) {
                encoded.append("%(?:25)?").append(HexFormat.of().toHexDigits(each));
            }
            pattern.append("(?:").append(Pattern.quote(character)).append('|').append(encoded);
            pattern.append(character.equals(" ") ? "|\\+)" : ")");
        });
        return pattern.toString();
    }

    /**
     * The characters that stand for this secret alone when so many bytes (modulo 3) are before it: those at its ends that
     * depend on its neighbours are left out, and hide too when there is nothing but padding.
     */
    private static String base64(byte[] secret, int before) {
        byte[] shifted = new byte[before + secret.length];
        System.arraycopy(secret, 0, shifted, before, secret.length);
        String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int first = before == 0 ? 0 : before + 1;
        int bitsLeft = shifted.length % GROUP;
        String own = text.substring(first, bitsLeft == 0 ? text.length() : text.length() - 1);
        String eitherAlphabet = Pattern.quote(own).replace("+", "\\E[+-]\\Q").replace("/", "\\E[/_]\\Q");
        return "[A-Za-z0-9+/_-]{0," + first + "}" + eitherAlphabet + "[A-Za-z0-9+/_-]?={0,2}";
    }
}
