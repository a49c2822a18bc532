package io.mailroutes.account;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whether a host is this machine itself (RFC 8252 section 7.3, RFC 6761 section 6.3): {@code 127.0.0.0/8}, {@code ::1}
 * or {@code localhost}. Decided by the spelling alone: asking DNS would let a stranger's zone decide.
 */
public final class Loopback {
    private static final Pattern IPV4 = Pattern.compile("127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");

    private Loopback() {}

    /** @param host a name or an address; an IPv6 address with or without its brackets */
    public static boolean is(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return bare.toLowerCase(Locale.ROOT).equals("localhost")
                || IPV4.matcher(bare).matches()
                || bare.contains(":") && isLoopbackLiteral(bare);
    }

    private static boolean isLoopbackLiteral(String address) {
        try {
            // A name cannot contain a colon, so this never asks a name server.
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException notAnAddress) {
            return false;
        }
    }
}
