package io.mailroutes.sandbox;

import io.mailroutes.account.ClientAuthentication;
import io.mailroutes.account.GrantType;
import io.mailroutes.account.Secret;

/**
 * A registered client: the one way it proves itself, the one grant it may use, and whose mailbox its tokens open.
 *
 * @param authentication {@link ClientAuthentication#BASIC}, {@link ClientAuthentication#POST}, or {@link ClientAuthentication#NONE}
 *     for a public client, whose secret is not looked at
 */
public record SandboxClient(
        String id, Secret secret, ClientAuthentication authentication, GrantType grant, String user) {
    /** Whether somebody consents to what it gets. */
    boolean consents() {
        return grant == GrantType.AUTHORIZATION_CODE;
    }
}
