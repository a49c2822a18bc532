package io.mailroutes.account;

import java.util.Optional;
import java.util.regex.Pattern;

/** Where a mail server is: the keys {@code host}, {@code port} and {@code security}, for SMTP after {@code smtp-}. */
final class ServerReader {
    private static final Pattern NAME = Pattern.compile(
            "(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?(\\.[A-Za-z0-9_]([A-Za-z0-9_-]*[A-Za-z0-9_])?)*");

    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final int LARGEST_PORT = 65_535;

    private final AccountValues values;
    private final String prefix;
    private final boolean smtp;

    private ServerReader(AccountValues values, String prefix, boolean smtp) {
        this.values = values;
        this.prefix = prefix;
        this.smtp = smtp;
    }

    /** Empty when there is no usable server, which has been reported. */
    static Optional<MailServer> imap(AccountValues values) {
        if (values.get("host").isEmpty()) {
            values.missing("host", "It is the IMAP server, such as imap.example.com");
        }
        return new ServerReader(values, "", false).read();
    }

    /** Empty when the account has none, too. */
    static Optional<MailServer> smtp(AccountValues values) {
        boolean settings = values.isGiven("smtp-port") || values.isGiven("smtp-security");
        if (settings && values.get("smtp-host").isEmpty()) {
            values.missing("smtp-host", "It is the SMTP server that smtp-port and smtp-security are about");
        }
        return new ServerReader(values, "smtp-", true).read();
    }

    private Optional<MailServer> read() {
        Optional<String> host = values.get(prefix + "host").flatMap(this::host);
        Optional<Security> security = security();
        Optional<Integer> port = values.own(prefix + "port").flatMap(this::port);
        host.ifPresent(name -> security.ifPresent(kind -> refuseClearText(name, kind)));
        return host.flatMap(
                name -> security.map(kind -> new MailServer(name, port.orElseGet(() -> defaultPort(kind)), kind)));
    }

    private Optional<Security> security() {
        String key = prefix + "security";
        return values.get(key).flatMap(word -> Choice.SECURITY.read(values, key, word));
    }

    private Optional<String> host(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (NAME.matcher(bare).matches() || IPV6.matcher(bare).matches()) {
            return Optional.of(bare);
        }
        values.problem(
                prefix + "host",
                Problems.quote(text) + " is not a host name: give the name or the address alone, without a scheme such"
                        + " as imaps://, and the port as " + prefix + "port");
        return Optional.empty();
    }

    private Optional<Integer> port(String text) {
        boolean number = text.matches("\\d{1,5}");
        int port = number ? Integer.parseInt(text) : 0;
        if (port < 1 || port > LARGEST_PORT) {
            values.problem(
                    prefix + "port", Problems.quote(text) + " is not a port: a number from 1 to " + LARGEST_PORT);
            return Optional.empty();
        }
        return Optional.of(port);
    }

    private void refuseClearText(String host, Security security) {
        if (security == Security.NONE && !Loopback.is(host)) {
            values.problem(
                    prefix + "security",
                    "none would send the login and the mail unencrypted to %s: it is for a server on this machine only"
                                    .formatted(Problems.quote(host))
                            + " (127.0.0.0/8, ::1, localhost); use tls or starttls");
        }
    }

    /** RFC 8314 section 7 and the older ports of STARTTLS. */
    private int defaultPort(Security security) {
        return switch (security) {
            case TLS -> smtp ? 465 : 993;
            case STARTTLS -> smtp ? 587 : 143;
            case NONE -> smtp ? 25 : 143;
        };
    }
}
