package io.mailroutes.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateDirectoryTest {
    @TempDir
    Path temporary;

    @BeforeEach
    void needsPosix() {
        assumeTrue(FileModes.isPosix(temporary), "skipped: this file system has no POSIX modes");
    }

    private Path data() {
        return temporary.resolve("a/data");
    }

    private Store open() {
        return Store.open(data(), "", Clock.systemUTC());
    }

    @Test
    void everythingIsCreatedForItsOwnerAlone() throws Exception {
        try (Store store = open()) {
            store.inTransaction(c -> c.createStatement().execute("INSERT INTO lease VALUES ('a', 'me', 5)"));
            assertThat(mode(data().getParent())).isEqualTo("rwx------");
            assertThat(mode(data())).isEqualTo("rwx------");
            assertThat(mode(data().resolve("mailroutes.db"))).isEqualTo("rw-------");
            assertThat(mode(data().resolve("mailroutes.db-wal"))).isEqualTo("rw-------");
            assertThat(mode(data().resolve("mailroutes.db-shm"))).isEqualTo("rw-------");
        }
        assertThat(Files.list(data())).containsExactly(data().resolve("mailroutes.db"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxr-x---", "rwx--x---", "rwx-----x", "rwxrwxrwx", "rwx-w----"})
    void aDirectoryThatIsOpenToOthersIsRefusedWithTheCure(String mode) throws Exception {
        open().close();
        chmod(data(), mode);
        assertThatThrownBy(this::open)
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining("open to other users (" + mode + ")")
                .hasMessageContaining("chmod 700 " + data());
        assertThat(mode(data())).isEqualTo(mode);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mailroutes.db", "mailroutes.db-wal", "mailroutes.db-shm"})
    void aFileThatIsOpenToOthersIsRefusedWithTheCure(String name) throws Exception {
        open().close();
        if (!Files.exists(data().resolve(name))) {
            Files.createFile(data().resolve(name));
        }
        chmod(data().resolve(name), "rw-r-----");
        assertThatThrownBy(this::open)
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining("chmod 600 " + data().resolve(name));
    }

    @Test
    void aLinkInThePlaceOfTheDatabaseIsRefused() throws Exception {
        open().close();
        Path moved = temporary.resolve("moved.db");
        Files.move(data().resolve("mailroutes.db"), moved);
        Files.createSymbolicLink(data().resolve("mailroutes.db"), moved);
        assertThatThrownBy(this::open)
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining("is a link");
    }

    @Test
    void aLinkOfOursToADirectoryOfOursIsTaken() throws Exception {
        Path real = temporary.resolve("real");
        Store.open(real, "", Clock.systemUTC()).close();
        Path link = Files.createSymbolicLink(temporary.resolve("link"), real);
        Store.open(link, "", Clock.systemUTC()).close();
        chmod(real, "rwxr-xr-x");
        assertThatThrownBy(() -> Store.open(link, "", Clock.systemUTC()))
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining("open to other users");
    }

    @Test
    void aDirectoryOfAnotherUserIsRefused() throws Exception {
        open().close();
        giveAway(data());
        assertThatThrownBy(this::open)
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining("belongs to user nobody")
                .hasMessageContaining("chown");
    }

    @Test
    void aDatabaseOfAnotherUserIsRefused() throws Exception {
        open().close();
        giveAway(data().resolve("mailroutes.db"));
        assertThatThrownBy(this::open)
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining("belongs to user nobody");
    }

    @Test
    void aLinkOfAnotherUserIsRefused() throws Exception {
        open().close();
        Path link = Files.createSymbolicLink(temporary.resolve("link"), data());
        giveAway(link);
        assertThatThrownBy(() -> Store.open(link, "", Clock.systemUTC()))
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining("belongs to user nobody");
    }

    @Test
    void aFileInThePlaceOfTheDirectoryIsPermanent() throws Exception {
        Files.createDirectory(temporary.resolve("a"));
        Files.writeString(data(), "a file");
        assertThatThrownBy(this::open)
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining(data().toString());
    }

    /** Only root may, as in CI. */
    private static void giveAway(Path path) {
        try {
            UserPrincipal nobody =
                    path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
            Files.getFileAttributeView(path, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setOwner(nobody);
        } catch (IOException e) {
            String reason = "skipped: a file cannot be given to another user here: " + e;
            System.out.println(reason);
            assumeTrue(false, reason);
        }
    }

    private static void chmod(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
