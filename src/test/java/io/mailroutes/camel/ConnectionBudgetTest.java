package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.account.Account;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionBudgetTest {
    private static final Account THREE = TestAccounts.named("box", 3);

    @TempDir
    private Path directory;

    private FolderClaims claims;

    @BeforeEach
    void open() {
        claims = new FolderClaims(directory);
    }

    @Test
    void foldersOfAllRoutesCountAndOneConnectionIsKeptForALogin() {
        claims.claim(THREE, "INBOX", "one");
        claims.claim(THREE, "Archive", "two");
        assertThatThrownBy(() -> claims.claim(THREE, "Sent", "three"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll(
                        "account box",
                        "folder Sent of route three",
                        "there are 3, one of them for mailroutes login",
                        "Archive (route two), INBOX (route one)",
                        "raise mailroutes.accounts.box.connections");
    }

    @Test
    void aRefusedFolderTakesNoConnection() {
        claims.claim(THREE, "INBOX", "one");
        FolderClaims.Claim second = claims.claim(THREE, "Archive", "two");
        assertThatThrownBy(() -> claims.claim(THREE, "Sent", "three")).hasMessageContaining("no connection left");
        second.close();
        claims.claim(THREE, "Sent", "three");
    }

    @Test
    void aSecondNameOfAFolderTakesNoConnection() {
        claims.claim(THREE, "special-use:All", "one");
        claims.claimToo("box", "All Mail", "one");
        claims.claim(THREE, "INBOX", "two");
        assertThatThrownBy(() -> claims.claim(THREE, "All Mail", "three")).hasMessageContaining("read by two routes");
    }

    @Test
    void otherAccountsHaveConnectionsOfTheirOwn() {
        claims.claim(THREE, "INBOX", "one");
        claims.claim(THREE, "Archive", "one");
        claims.claim(TestAccounts.named("other", 3), "INBOX", "two");
    }

    @Test
    void withOneConnectionOneFolderIsRead() {
        Account one = TestAccounts.named("box", 1);
        claims.claim(one, "INBOX", "one");
        assertThatThrownBy(() -> claims.claim(one, "Sent", "one"))
                .hasMessageContaining("there are 1. Read already: INBOX");
    }

    @Test
    void aFolderThatIsReadTwiceIsCalledThatAndNoMatterOfConnections() {
        claims.claim(THREE, "INBOX", "one");
        claims.claim(THREE, "Archive", "one");
        assertThatThrownBy(() -> claims.claim(THREE, "Archive", "two")).hasMessageContaining("read by two routes");
    }
}
