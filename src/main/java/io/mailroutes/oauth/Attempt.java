package io.mailroutes.oauth;

import io.mailroutes.account.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was tried, for the words of an error.
 *
 * @param request such as {@code the token request (client_credentials)}
 * @param address empty when no address was found
 * @param secrets what the request carried, so that a server that echoes it does not bring it into a message
 */
record Attempt(String account, String request, Optional<URI> address, List<Secret> secrets) {
    Attempt {
        secrets = List.copyOf(secrets);
    }

    /** {@code Account support: the token request (...) to https://...}. The query is left out: it may be private. */
    String subject() {
        return "Account " + account + ": " + request
                + address.map(Attempt::place).orElse("");
    }

    private static String place(URI address) {
        return " to " + address.getScheme() + "://"
                + Optional.ofNullable(address.getHost()).orElse("")
                + (address.getPort() < 0 ? "" : ":" + address.getPort())
                + Optional.ofNullable(address.getRawPath()).orElse("");
    }

    Attempt alsoHiding(List<Secret> more) {
        List<Secret> hidden = new ArrayList<>(secrets);
        hidden.addAll(more);
        return new Attempt(account, request, address, hidden);
    }

    /** The full name of a key of this account. */
    String key(String name) {
        return "mailroutes.accounts." + account + "." + name;
    }

    String clean(String foreign) {
        return ForeignText.clean(foreign, secrets);
    }
}
