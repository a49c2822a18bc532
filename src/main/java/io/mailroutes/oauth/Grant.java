package io.mailroutes.oauth;

import io.mailroutes.account.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What entitles the client to a token: the {@code grant_type} and its own parameters. */
public sealed interface Grant {
    /** The value of {@code grant_type}. */
    String type();

    /** The same for a person to read. */
    default String label() {
        return type();
    }

    /** The parameters beside {@code grant_type}, {@code scope} and the client's authentication. */
    Map<String, String> parameters();

    /** Secrets among the parameters, which must not come back out of an error message. */
    List<Secret> secrets();

    /** Whether a person consented, and so can lift a restriction of the scope. */
    boolean consented();

    /** The refresh token to keep when the server's answer has none (RFC 6749 section 6). */
    Optional<Secret> refreshToken();

    /** RFC 6749 section 4.4: the application acts for itself. */
    record ClientCredentials() implements Grant {
        @Override
        public String type() {
            return "client_credentials";
        }

        @Override
        public Map<String, String> parameters() {
            return Map.of();
        }

        @Override
        public List<Secret> secrets() {
            return List.of();
        }

        @Override
        public boolean consented() {
            return false;
        }

        @Override
        public Optional<Secret> refreshToken() {
            return Optional.empty();
        }
    }

    /**
     * RFC 7523 section 2.1: a service account acts for a user. The assertion is made for each request, names the scope,
     * and proves the client as well.
     */
    record ServiceAccount(String subject) implements Grant {
        @Override
        public String type() {
            return "urn:ietf:params:oauth:grant-type:jwt-bearer";
        }

        @Override
        public String label() {
            return "service account for " + subject;
        }

        @Override
        public Map<String, String> parameters() {
            return Map.of();
        }

        @Override
        public List<Secret> secrets() {
            return List.of();
        }

        @Override
        public boolean consented() {
            return false;
        }

        @Override
        public Optional<Secret> refreshToken() {
            return Optional.empty();
        }
    }

    /** RFC 6749 section 6: an earlier consent is used again. */
    record RefreshToken(Secret token) implements Grant {
        @Override
        public String type() {
            return "refresh_token";
        }

        @Override
        public Map<String, String> parameters() {
            return Map.of("refresh_token", token.reveal());
        }

        @Override
        public List<Secret> secrets() {
            return List.of(token);
        }

        @Override
        public boolean consented() {
            return true;
        }

        @Override
        public Optional<Secret> refreshToken() {
            return Optional.of(token);
        }
    }
}
