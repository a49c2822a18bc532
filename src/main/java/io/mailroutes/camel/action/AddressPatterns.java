package io.mailroutes.camel.action;

import io.mailroutes.message.Address;
import java.net.IDN;
import java.util.Arrays;
import java.util.List;

/**
 * Addresses and domains, of which one has to match: what has an {@code @} is an address, what has none is what stands
 * behind the last {@code @}. Only the address counts, never the name that a sender gives himself.
 */
record AddressPatterns(List<Glob> addresses, List<Glob> domains) {
    AddressPatterns {
        addresses = List.copyOf(addresses);
        domains = List.copyOf(domains);
    }

    /** @param text comma separated */
    static AddressPatterns of(String text) {
        List<String> all = Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .map(AddressPatterns::ascii)
                .toList();
        return new AddressPatterns(
                all.stream().filter(one -> one.indexOf('@') > 0).map(Glob::new).toList(),
                all.stream()
                        .filter(one -> one.indexOf('@') <= 0)
                        .map(one -> new Glob(one.startsWith("@") ? one.substring(1) : one))
                        .toList());
    }

    boolean match(Address address) {
        String text = ascii(address.address());
        int at = text.lastIndexOf('@');
        return addresses.stream().anyMatch(glob -> glob.matches(text))
                || at >= 0 && domains.stream().anyMatch(glob -> glob.matches(text.substring(at + 1)));
    }

    /** A domain has two spellings, {@code bücher.example} and {@code xn--bcher-kva.example} (RFC 5890). */
    private static String ascii(String address) {
        int domain = address.lastIndexOf('@') + 1;
        try {
            return address.substring(0, domain) + IDN.toASCII(address.substring(domain), IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException e) { // no domain, so it has one spelling
            return address;
        }
    }
}
