package io.mailroutes.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The SASL mechanisms that Mailroutes speaks: user and credential to the bytes on the wire. */
public enum SaslMechanism {
    /** Google's and Microsoft's own (developers.google.com, "The SASL XOAUTH2 Mechanism"). */
    XOAUTH2 {
        @Override
        String message(String user, String host, int port, String credential) {
            return "user=" + user + "\u0001auth=Bearer " + credential + "\u0001\u0001";
        }

        @Override
        public String answerToChallenge() {
            return "";
        }
    },
    /** RFC 7628. */
    OAUTHBEARER {
        @Override
        String message(String user, String host, int port, String credential) {
            return "n,a=" + saslName(user) + ",\u0001host=" + host + "\u0001port=" + port + "\u0001auth=Bearer "
                    + credential + "\u0001\u0001";
        }

        @Override
        public String answerToChallenge() {
            return "AQ==";
        }
    },
    /** RFC 4616: a user name and a password, never a token. */
    PLAIN {
        @Override
        String message(String user, String host, int port, String credential) {
            return "\0" + user + "\0" + credential;
        }

        @Override
        public String answerToChallenge() {
            return "*";
        }
    };

    abstract String message(String user, String host, int port, String credential);

    /**
     * The line that answers a challenge after the credential was sent: an empty one for XOAUTH2, a single 0x01 for
     * OAUTHBEARER (RFC 7628 section 3.2.3), and {@code *}, which cancels, for PLAIN, where the server has nothing more
     * to ask.
     */
    public abstract String answerToChallenge();

    /**
     * The client's first message in base64, without line breaks.
     *
     * @throws IllegalArgumentException when a value holds a control character, which could forge a field
     */
    public String initialResponse(String user, String host, int port, String credential) {
        requireClean("user name", user);
        requireClean("host name", host);
        requireClean("credential", credential);
        return Base64.getEncoder()
                .encodeToString(message(user, host, port, credential).getBytes(UTF_8));
    }

    /** Whether this mechanism carries an access token. */
    public boolean carriesToken() {
        return this != PLAIN;
    }

    /**
     * The first of {@code allowed} that the server advertises as {@code AUTH=...}; empty when there is none, and then
     * nothing may be sent.
     */
    public static Optional<SaslMechanism> choose(Collection<String> capabilities, List<SaslMechanism> allowed) {
        List<String> advertised =
                capabilities.stream().map(c -> c.toUpperCase(Locale.ROOT)).toList();
        return allowed.stream()
                .filter(mechanism -> advertised.contains("AUTH=" + mechanism.name()))
                .findFirst();
    }

    /** {@code saslname} of RFC 5801 section 4. */
    private static String saslName(String user) {
        return user.replace("=", "=3D").replace(",", "=2C");
    }

    private static void requireClean(String what, String value) {
        if (value.chars().anyMatch(c -> c < 0x20 || c == 0x7F)) {
            throw new IllegalArgumentException("the " + what + " holds a control character");
        }
    }
}
