package io.mailroutes.camel.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mailroutes.account.QueueSettings.Login;
import io.mailroutes.account.Secret;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the embedded broker: the one configured user, or everybody who can reach it when there is none. Nobody may
 * administer it.
 */
final class EmbeddedBrokerGuard implements ActiveMQSecurityManager5 {
    private static final Set<CheckType> ADMINISTRATION = Set.of(CheckType.MANAGE, CheckType.VIEW, CheckType.EDIT);

    private final Optional<Login> login;

    EmbeddedBrokerGuard(Optional<Login> login) {
        this.login = login;
    }

    /** Null means that somebody may not. */
    @Override
    public @Nullable Subject authenticate(
            @Nullable String user,
            @Nullable String password,
            @Nullable RemotingConnection connection,
            @Nullable String domain) {
        if (!isAllowed(user, password)) {
            return null;
        }
        Subject subject = new Subject();
        subject.getPrincipals().add(new UserPrincipal(login.map(Login::user).orElse("anybody")));
        return subject;
    }

    private boolean isAllowed(@Nullable String user, @Nullable String password) {
        if (login.isEmpty()) {
            return true;
        }
        boolean rightUser = user != null
                && MessageDigest.isEqual(
                        user.getBytes(UTF_8), login.get().user().getBytes(UTF_8));
        boolean rightPassword = password != null && login.get().password().equals(Secret.of(password));
        return rightUser && rightPassword;
    }

    @Override
    public boolean authorize(
            @Nullable Subject subject, @Nullable Set<Role> roles, CheckType check, @Nullable String address) {
        return !ADMINISTRATION.contains(check);
    }

    @Override
    public boolean validateUser(@Nullable String user, @Nullable String password) {
        return isAllowed(user, password);
    }

    @Override
    public boolean validateUserAndRole(
            @Nullable String user, @Nullable String password, @Nullable Set<Role> roles, CheckType check) {
        return isAllowed(user, password) && !ADMINISTRATION.contains(check);
    }
}
