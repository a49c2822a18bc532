package io.mailroutes.camel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderClaimsTest {
    @TempDir
    private Path directory;

    private FolderClaims claims;

    @BeforeEach
    void open() {
        claims = new FolderClaims(directory);
    }

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

    @Test
    void anotherMailroutesOnTheSameDirectoryIsRefusedUntilTheFirstOneIsThrough() {
        FolderClaims others = new FolderClaims(directory);
        FolderClaims.Claim first = claims.claim("box", "INBOX", "one");
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> others.claim("box", "INBOX", "two"))
                    .hasMessageContainingAll("INBOX", "account box", "process", "--data");
        }
        first.close();
        others.claim("box", "INBOX", "two");
    }

    @Test
    void aFolderNameOfAnyLengthCanBeRead() {
        claims.claim("box", "客".repeat(200), "one");
        assertThatThrownBy(() -> claims.claim("box", "客".repeat(200), "two")).hasMessageContaining("one and two");
    }
}
