package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FolderClaimsTest {
    private final FolderClaims claims = new FolderClaims();

    @Test
    void aSecondRouteOnAFolderIsRefusedAndBothAreNamed() {
        claims.claim("box", "INBOX", "one");
        assertThatThrownBy(() -> claims.claim("box", "INBOX", "two"))
                .hasMessageContainingAll("INBOX", "account box", "one and two", "multicast");
    }

    @Test
    void otherFoldersAndOtherAccountsAreFree() {
        claims.claim("box", "INBOX", "one");
        claims.claim("box", "Archive", "two");
        claims.claim("other", "INBOX", "three");
    }

    @Test
    void aReleasedFolderCanBeReadAgain() {
        claims.claim("box", "INBOX", "one").close();
        claims.claim("box", "INBOX", "two");
        assertThatThrownBy(() -> claims.claim("box", "INBOX", "three")).hasMessageContaining("two and three");
    }
}
