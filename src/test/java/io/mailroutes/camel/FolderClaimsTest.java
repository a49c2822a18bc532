package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailroutes.account.Account;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderClaimsTest {
    private static final Account BOX = TestAccounts.named("box", 10);
    private static final Account OTHER = TestAccounts.named("other", 10);

    @TempDir
    private Path directory;

    private FolderClaims claims;

    @BeforeEach
    void open() {
        claims = new FolderClaims(directory);
    }

    @Test
    void aSecondRouteOnAFolderIsRefusedAndBothAreNamed() {
        claims.claim(BOX, "INBOX", "one");
        assertThatThrownBy(() -> claims.claim(BOX, "INBOX", "two"))
                .hasMessageContainingAll("INBOX", "account box", "one and two", "multicast");
    }

    @Test
    void otherFoldersAndOtherAccountsAreFree() {
        claims.claim(BOX, "INBOX", "one");
        claims.claim(BOX, "Archive", "two");
        claims.claim(OTHER, "INBOX", "three");
    }

    @Test
    void aReleasedFolderCanBeReadAgain() {
        claims.claim(BOX, "INBOX", "one").close();
        claims.claim(BOX, "INBOX", "two");
        assertThatThrownBy(() -> claims.claim(BOX, "INBOX", "three")).hasMessageContaining("two and three");
    }

    @Test
    void anotherMailroutesOnTheSameDirectoryIsRefusedUntilTheFirstOneIsThrough() {
        FolderClaims others = new FolderClaims(directory);
        FolderClaims.Claim first = claims.claim(BOX, "INBOX", "one");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> others.claim(BOX, "INBOX", "two"))
                    .hasMessageContainingAll("INBOX", "account box", "process", "--data");
        }
        first.close();
        others.claim(BOX, "INBOX", "two");
    }

    @Test
    void aFolderNameOfAnyLengthCanBeRead() {
        claims.claim(BOX, "客".repeat(200), "one");
        assertThatThrownBy(() -> claims.claim(BOX, "客".repeat(200), "two")).hasMessageContaining("one and two");
    }
}
