package io.mailroutes.imap;

import io.mailroutes.account.Account;
import io.mailroutes.account.GrantType;
import io.mailroutes.account.Mechanism;
import io.mailroutes.sasl.SaslMechanism;
import java.util.List;
import java.util.stream.Stream;

/** The SASL mechanisms that may carry the credential of an account. */
public final class AllowedMechanisms {
    private AllowedMechanisms() {}

    /** Best first. A token never travels as a password, whatever the account's list says, and a password only as PLAIN. */
    public static List<SaslMechanism> of(Account account) {
        if (account.grant() == GrantType.PASSWORD) {
            return List.of(SaslMechanism.PLAIN);
        }
        return account.mechanisms().stream()
                .flatMap(AllowedMechanisms::spelledOut)
                .filter(SaslMechanism::carriesToken)
                .distinct()
                .toList();
    }

    private static Stream<SaslMechanism> spelledOut(Mechanism mechanism) {
        return switch (mechanism) {
            case AUTO -> Stream.of(SaslMechanism.XOAUTH2, SaslMechanism.OAUTHBEARER);
            case XOAUTH2 -> Stream.of(SaslMechanism.XOAUTH2);
            case OAUTHBEARER -> Stream.of(SaslMechanism.OAUTHBEARER);
            case PLAIN -> Stream.of(SaslMechanism.PLAIN);
        };
    }
}
