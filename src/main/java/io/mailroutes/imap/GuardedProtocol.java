package io.mailroutes.imap;

import io.mailroutes.account.Account;
import io.mailroutes.account.GrantType;
import io.mailroutes.account.Security;
import io.mailroutes.imap.PermanentImapException.Reason;
import io.mailroutes.sasl.SaslChallenge;
import io.mailroutes.sasl.SaslMechanism;
import io.mailroutes.sasl.SaslVerdict;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.angus.mail.iap.CommandFailedException;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.eclipse.angus.mail.util.MailLogger;
import org.jspecify.annotations.Nullable;

/**
 * Angus's protocol without its ways to give a token away: LOGIN, PLAIN and NTLM never see one, a clear-text line to
 * another machine never does, and an error challenge is read and answered as RFC 7628 says instead of with the token
 * once more.
 */
abstract class GuardedProtocol extends IMAPProtocol {
    private static final int CHALLENGES = 5;

    private final Account account;
    private final int port;
    // No initialiser: the super constructor talks to the server before one would run.
    private boolean loggedIn;

    GuardedProtocol(Account account, String name, Server server, Properties properties, boolean tls, MailLogger logger)
            throws IOException, ProtocolException {
        super(name, server.host(), server.port(), properties, tls, logger);
        this.account = account;
        this.port = server.port();
        if (getCapabilities() == null) {
            super.disconnect();
            throw new ProtocolException("the server does not say what it can do");
        }
    }

    /** Where to connect. */
    record Server(String host, int port) {}

    /**
     * Logs in with the best mechanism that the server offers and the account allows.
     *
     * @throws NotOfferedException when there is none or the line is not secure; nothing was sent
     * @throws LoginRefusedException when the server says no
     */
    void logIn(String credential) throws IOException, ProtocolException {
        requireSecure();
        Optional<SaslMechanism> mechanism = mechanism();
        if (mechanism.isPresent()) {
            authenticate(mechanism.get(), credential);
        } else if (account.grant() == GrantType.PASSWORD && !offers("LOGINDISABLED")) {
            passwordLogin(credential);
        } else {
            throw notOffered();
        }
        loggedIn = true;
    }

    /** What would be used; empty when the server offers nothing that this account may use. */
    final Optional<SaslMechanism> mechanism() {
        return SaslMechanism.choose(getCapabilities().keySet(), AllowedMechanisms.of(account));
    }

    private void requireSecure() throws NotOfferedException {
        boolean allowedInClear =
                account.imap().security() == Security.NONE && getInetAddress().isLoopbackAddress();
        if (!isSSL() && !allowedInClear) {
            throw new NotOfferedException(
                    Reason.NOT_SECURE,
                    "the connection is not encrypted; nothing secret was sent. Use security=tls or starttls");
        }
    }

    private NotOfferedException notOffered() {
        List<String> offered = getCapabilities().keySet().stream()
                .filter(name -> name.startsWith("AUTH="))
                .limit(20)
                .toList();
        return new NotOfferedException(
                Reason.NO_MECHANISM,
                "the server offers " + (offered.isEmpty() ? "no AUTH= mechanism" : String.join(" ", offered))
                        + " and the account may use " + AllowedMechanisms.of(account)
                        + "; nothing secret was sent. Check host, and whether the server has OAuth switched on for IMAP");
    }

    private synchronized void authenticate(SaslMechanism mechanism, String credential)
            throws IOException, ProtocolException {
        String message;
        try {
            message = mechanism.initialResponse(account.user(), host, port, credential);
        } catch (IllegalArgumentException e) {
            throw new NotOfferedException(Reason.CREDENTIALS_REFUSED, e.getMessage() + "; nothing was sent");
        }
        suspendTracing();
        try {
            exchange(mechanism, message, credential);
        } finally {
            resumeTracing();
        }
    }

    private void exchange(SaslMechanism mechanism, String message, String credential)
            throws IOException, ProtocolException {
        boolean sent = offers("SASL-IR");
        String tag = writeCommand("AUTHENTICATE " + mechanism.name() + (sent ? " " + message : ""), null);
        SaslChallenge challenge = SaslChallenge.NONE;
        int challenges = 0;
        while (true) {
            Response response = readResponse();
            if (response.isContinuation()) {
                if (++challenges > CHALLENGES) {
                    throw new LimitExceededException("challenge after challenge during login");
                }
                challenge = sent ? SaslChallenge.parse(response.getRest()) : challenge;
                writeLine(sent ? mechanism.answerToChallenge() : message);
                sent = true;
            } else if (response.isBYE()) {
                throw new ServerByeException(hide(response.getRest(), message, credential));
            } else if (response.isTagged() && tag.equals(response.getTag())) {
                finish(response, challenge, hide(response.getRest(), message, credential));
                return;
            } else {
                takeCapabilities(response);
            }
        }
    }

    private void finish(Response response, SaslChallenge challenge, String text) throws LoginRefusedException {
        if (!response.isOK()) {
            throw new LoginRefusedException(SaslVerdict.of(challenge, text));
        }
        setCapabilities(response);
    }

    private void passwordLogin(String password) throws ProtocolException {
        try {
            super.login(account.user(), password);
        } catch (CommandFailedException e) {
            Response response = e.getResponse();
            throw new LoginRefusedException(
                    SaslVerdict.of(SaslChallenge.NONE, hide(response.getRest(), password, password)));
        }
    }

    private static String hide(String text, String message, String credential) {
        return text.replace(message, "***").replace(credential, "***");
    }

    private void writeLine(String line) throws IOException {
        OutputStream out = getOutputStream();
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** Takes an untagged CAPABILITY, wherever it comes (RFC 9051 section 7.2.2). */
    final void takeCapabilities(Response response) {
        if (response instanceof IMAPResponse imap && imap.keyEquals("CAPABILITY")) {
            handleCapabilityResponse(new Response[] {response});
        }
    }

    private boolean offers(String capability) {
        return getCapabilities().containsKey(capability);
    }

    final Account account() {
        return account;
    }

    @Override
    public boolean hasCapability(String name) {
        return getCapabilities() != null && super.hasCapability(name);
    }

    /** PREAUTH says that somebody else chose the mailbox, and it forbids STARTTLS (RFC 9051 section 7.1.4). */
    @Override
    protected void processGreeting(Response greeting) throws ProtocolException {
        if (greeting.isBYE()) {
            throw new ServerByeException(greeting.getRest());
        }
        if (!greeting.isOK()) {
            throw new ProtocolException("the greeting is not an IMAP server's OK");
        }
        setCapabilities(greeting);
    }

    @Override
    public boolean isAuthenticated() {
        return loggedIn;
    }

    @Override
    public void disconnect() {
        loggedIn = false;
        super.disconnect();
    }

    /** Not a way in for anybody who calls it from outside. */
    @Override
    public void login(String user, String password) throws ProtocolException {
        throw notOffered();
    }

    @Override
    public void authlogin(String user, String password) throws ProtocolException {
        throw notOffered();
    }

    @Override
    public void authplain(@Nullable String authorizationId, String user, String password) throws ProtocolException {
        throw notOffered();
    }

    @Override
    public void authntlm(@Nullable String authorizationId, String user, String password) throws ProtocolException {
        throw notOffered();
    }

    @Override
    public void authoauth2(String user, String token) throws ProtocolException {
        throw notOffered();
    }

    /** Never: compressed data before a secret leaks it, and the reader would see deflated bytes. */
    @Override
    public void compress() throws ProtocolException {
        throw new ProtocolException("COMPRESS is never used");
    }
}
