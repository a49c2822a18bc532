package io.mailroutes.oauth;

import io.mailroutes.account.Secret;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What entitles the client to a token: the {@code grant_type} and its own parameters. */
public sealed interface Grant {
    /** The value of {@code grant_type}. */
    String type();

    /** The same for a person to read. */
    default String label() {
        return type();
    }

    /** The parameters beside {@code grant_type}, {@code scope} and the client's authentication. */
    default Map<String, String> parameters() {
        return Map.of();
    }

    /** Secrets among the parameters, which must not come back out of an error message. */
    List<Secret> secrets();

    /** Whether a person consented, and so can lift a restriction of the scope. */
    default boolean consented() {
        return false;
    }

    /** The refresh token to keep when the server's answer has none (RFC 6749 section 6). */
    default Optional<Secret> refreshToken() {
        return Optional.empty();
    }

    /** Whether the request names a scope; where a person has just chosen it, it is fixed already. */
    default boolean choosesScope() {
        return true;
    }

    /**
     * RFC 6749 section 4.1.3 with RFC 7636 section 4.5: a person has just consented in a browser.
     *
     * @param redirectUri the very one of the authorization request
     */
    record AuthorizationCode(Secret code, URI redirectUri, Secret verifier) implements Grant {
        @Override
        public String type() {
            return "authorization_code";
        }

        @Override
        public Map<String, String> parameters() {
            return Map.of(
                    "code", code.reveal(), "redirect_uri", redirectUri.toString(), "code_verifier", verifier.reveal());
        }

        @Override
        public List<Secret> secrets() {
            return List.of(code, verifier);
        }

        @Override
        public boolean consented() {
            return true;
        }

        @Override
        public boolean choosesScope() {
            return false;
        }
    }

    /**
     * RFC 8628 section 3.4: a person consents on another device.
     *
     * @param verifier of PKCE, for servers that want it here too
     */
    record DeviceCode(Secret code, Optional<Secret> verifier) implements Grant {
        @Override
        public String type() {
            return "urn:ietf:params:oauth:grant-type:device_code";
        }

        @Override
        public Map<String, String> parameters() {
            Map<String, String> parameters = new HashMap<>(Map.of("device_code", code.reveal()));
            verifier.ifPresent(secret -> parameters.put("code_verifier", secret.reveal()));
            return parameters;
        }

        @Override
        public List<Secret> secrets() {
            return Stream.concat(Stream.of(code), verifier.stream()).toList();
        }

        @Override
        public boolean consented() {
            return true;
        }

        @Override
        public boolean choosesScope() {
            return false;
        }
    }

    /** RFC 6749 section 4.4: the application acts for itself. */
    record ClientCredentials() implements Grant {
        @Override
        public String type() {
            return "client_credentials";
        }

        @Override
        public List<Secret> secrets() {
            return List.of();
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
        public List<Secret> secrets() {
            return List.of();
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
