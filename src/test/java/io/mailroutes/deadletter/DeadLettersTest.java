package io.mailroutes.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mailroutes.message.Content;
import io.mailroutes.message.DeliveryKey;
import io.mailroutes.message.FileContent;
import io.mailroutes.message.Mail;
import io.mailroutes.message.MailLimits;
import io.mailroutes.message.MemoryContent;
import io.mailroutes.store.PermanentStoreException;
import io.mailroutes.store.TransientStoreException;
import io.mailroutes.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final DeliveryKey KEY = new DeliveryKey("support", "Lists/Größe", 7, 42);
    private static final byte[] BYTES = "Subject: hi\r\n\r\nbytes \0 and \u00e9\r\n".getBytes(UTF_8);
    private static final Failure FAILURE =
            new Failure("support-to-files", 5, "java.lang.IllegalStateException", "step \"x\" failed\nbadly");

    @TempDir
    Path temporary;

    private Path directory() {
        return temporary.resolve("data/dead-letters");
    }

    private DeadLetters deadLetters(Instant now) {
        return new DeadLetters(directory(), Clock.fixed(now, ZoneOffset.UTC));
    }

    private static Mail mail(DeliveryKey key, Content raw) {
        return Mail.of(key, Set.of("\\Flagged", "$Work"), NOW.minusSeconds(60), raw, MailLimits.DEFAULT);
    }

    private static Mail mail() {
        return mail(KEY, new MemoryContent(BYTES));
    }

    private static JsonNode meta(Path letter) throws IOException {
        return new ObjectMapper().readTree(letter.resolve("meta.json").toFile());
    }

    @Test
    void aLetterOfAMailThatWasNotFetchedSaysSoAndWhereTheMailIs() throws Exception {
        DeadLetter.HeaderOnly sizes = new DeadLetter.HeaderOnly(90_000_000_000L, 1_000);
        Path letter = deadLetters(NOW).keepHeader(mail(), FAILURE, sizes);
        assertThat(meta(letter).path("headerOnly").path("note").asText())
                .contains("message.eml holds its header alone", "in the folder Lists/Größe with UID 42");
        assertThat(deadLetters(NOW).list().get(0).meta().orElseThrow().headerOnly())
                .contains(sizes);
        deadLetters(NOW).keep(mail(), FAILURE);
        assertThat(meta(letter).has("headerOnly")).isFalse();
    }

    @Test
    void aLetterHoldsTheExactBytesAndWhatHappened() throws Exception {
        Path letter = deadLetters(NOW).keep(mail(), FAILURE);
        assertThat(letter).isEqualTo(directory().resolve("support/Lists%2FGr%C3%B6%C3%9Fe~7-42"));
        assertThat(letter.resolve("message.eml")).hasBinaryContent(BYTES);
        assertThat(meta(letter)).isEqualTo(new ObjectMapper().readTree("""
                                        {"version": 1, "key": "support/Lists%2FGr%C3%B6%C3%9Fe/7/42",
                                         "account": "support", "folder": "Lists/Größe", "uidValidity": 7, "uid": 42,
                                         "flags": ["$Work", "\\\\Flagged"], "internalDate": "2026-03-01T09:59:00Z",
                                         "size": 31,
                                         "sha256": "5c04a77194682132893be6dd1b86ae7e4bf63aa0fecc361679309831a28b0b1f",
                                         "route": "support-to-files", "attempts": 5,
                                         "error": {"class": "java.lang.IllegalStateException",
                                                   "message": "step \\"x\\" failed\\nbadly"},
                                         "firstFailedAt": "2026-03-01T10:00:00Z",
                                         "lastFailedAt": "2026-03-01T10:00:00Z", "failures": 1}"""));
    }

    @Test
    void onlyItsOwnerCanReadALetter() throws Exception {
        Path letter = deadLetters(NOW).keep(mail(), FAILURE);
        assertThat(mode(directory())).isEqualTo("rwx------");
        assertThat(mode(letter)).isEqualTo("rwx------");
        assertThat(mode(letter.resolve("message.eml"))).isEqualTo("rw-------");
        assertThat(mode(letter.resolve("meta.json"))).isEqualTo("rw-------");
    }

    @Test
    void aSecondFailureRewritesOnlyWhatHappened() throws Exception {
        Path letter = deadLetters(NOW).keep(mail(), FAILURE);
        FileTime old = FileTime.from(NOW.minus(Duration.ofDays(1)));
        Files.setLastModifiedTime(letter.resolve("message.eml"), old);
        Failure second = new Failure("other-route", 1, "java.io.IOException", "again");
        assertThat(deadLetters(NOW.plusSeconds(90)).keep(mail(), second)).isEqualTo(letter);
        assertThat(Files.getLastModifiedTime(letter.resolve("message.eml"))).isEqualTo(old);
        JsonNode meta = meta(letter);
        assertThat(meta.get("firstFailedAt").asText()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(meta.get("lastFailedAt").asText()).isEqualTo("2026-03-01T10:01:30Z");
        assertThat(meta.get("failures").asInt()).isEqualTo(2);
        assertThat(meta.get("error").get("message").asText()).isEqualTo("again");
        assertThat(names(letter)).containsExactly("message.eml", "meta.json");
    }

    @Test
    void aDamagedMessageIsWrittenAnewAndItsHistoryKept() throws Exception {
        Path letter = deadLetters(NOW).keep(mail(), FAILURE);
        byte[] sameLength = BYTES.clone();
        sameLength[0] ^= 1;
        Files.write(letter.resolve("message.eml"), sameLength);
        deadLetters(NOW.plusSeconds(90)).keep(mail(), FAILURE);
        assertThat(letter.resolve("message.eml")).hasBinaryContent(BYTES);
        assertThat(meta(letter).get("failures").asInt()).isEqualTo(2);
        assertThat(meta(letter).get("firstFailedAt").asText()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(names(directory().resolve("support"))).containsExactly("Lists%2FGr%C3%B6%C3%9Fe~7-42");
    }

    @Test
    void damagedMetaDataIsWrittenAnew() throws Exception {
        Path letter = deadLetters(NOW).keep(mail(), FAILURE);
        for (String damage : List.of("", "{", "[]", "null", "{\"version\":1}", "{\"version\":2}", "\u0000")) {
            Files.writeString(letter.resolve("meta.json"), damage);
            assertThat(deadLetters(NOW).list().get(0).meta()).isEmpty();
            deadLetters(NOW).keep(mail(), FAILURE);
            assertThat(meta(letter).get("failures").asInt()).isEqualTo(1);
        }
    }

    @Test
    void aMailWhoseTemporaryFileWasCutShortIsNotKept() throws Exception {
        Path file = Files.write(temporary.resolve("large.tmp"), new byte[100]);
        assertThatThrownBy(() -> deadLetters(NOW).keep(mail(KEY, new FileContent(file, 1000)), FAILURE))
                .isInstanceOf(TransientStoreException.class)
                .hasMessageContaining(KEY.text())
                .hasMessageContaining("has 1000 bytes, but only 100 are left");
        assertThat(deadLetters(NOW).count("support")).isZero();
        assertThat(names(directory().resolve("support"))).isEmpty();
    }

    @Test
    void aMailWhoseBytesCannotBeReadIsNotKept() {
        Content missing = new FileContent(temporary.resolve("missing"), 10);
        assertThatThrownBy(() -> deadLetters(NOW).keep(mail(KEY, missing), FAILURE))
                .isInstanceOf(TransientStoreException.class);
        assertThat(deadLetters(NOW).list()).isEmpty();
    }

    @Test
    void aFullDiskIsTransientAndLeavesTheFirstFailureAlone() throws Exception {
        Files.createDirectories(directory());
        try (SmallDisk disk = SmallDisk.mount(directory())) {
            assumeTrue(disk.isMounted(), disk.reason());
            Path letter = deadLetters(NOW).keep(mail(), FAILURE);
            Mail large = mail(new DeliveryKey("support", "INBOX", 7, 1), new MemoryContent(new byte[2_000_000]));
            assertThatThrownBy(() -> deadLetters(NOW).keep(large, FAILURE))
                    .isInstanceOf(TransientStoreException.class)
                    .hasMessageContaining("No space left")
                    .hasMessageContaining("support/INBOX/7/1");
            assertThat(letter.resolve("message.eml")).hasBinaryContent(BYTES);
            assertThat(names(letter.getParent())).containsExactly("Lists%2FGr%C3%B6%C3%9Fe~7-42");
        }
    }

    @Test
    void aFileInThePlaceOfTheDirectoryIsPermanent() throws Exception {
        Files.createDirectories(directory().getParent());
        Files.writeString(directory(), "a file");
        assertThatThrownBy(() -> deadLetters(NOW).keep(mail(), FAILURE))
                .isInstanceOf(PermanentStoreException.class)
                .hasMessageContaining("keep the dead letter of mail " + KEY.text());
    }

    @Test
    void aFolderNameTooLongForAnyFileSystemIsCutAndKeptApartFromItsLike() throws Exception {
        Mail one = mail(new DeliveryKey("support", "客".repeat(40), 7, 42), new MemoryContent(BYTES));
        Mail other = mail(new DeliveryKey("support", "客".repeat(41), 7, 42), new MemoryContent(BYTES));
        Path first = deadLetters(NOW).keep(one, FAILURE);
        Path second = deadLetters(NOW).keep(other, FAILURE);
        assertThat(first).isNotEqualTo(second);
        assertThat(Files.readAllBytes(first.resolve("message.eml"))).isEqualTo(BYTES);
    }

    @Test
    void lettersAreCountedByAccount() {
        DeadLetters letters = deadLetters(NOW);
        assertThat(letters.count("support")).isZero();
        letters.keep(mail(), FAILURE);
        letters.keep(mail(), FAILURE);
        letters.keep(mail(new DeliveryKey("support", "INBOX", 7, 42), new MemoryContent(BYTES)), FAILURE);
        letters.keep(mail(new DeliveryKey("sales", "INBOX", 7, 42), new MemoryContent(BYTES)), FAILURE);
        assertThat(letters.count("support")).isEqualTo(2);
        assertThat(letters.count("sales")).isEqualTo(1);
    }

    @Test
    void anAccountCannotLeadOutOfTheDirectory() {
        Path letter =
                deadLetters(NOW).keep(mail(new DeliveryKey("../x", "..", 1, 1), new MemoryContent(BYTES)), FAILURE);
        assertThat(letter.normalize()).startsWith(directory());
        assertThat(letter.getParent().getParent()).isEqualTo(directory());
    }

    @Test
    void theListHasTheOldestFirstAndShowsDamage() throws Exception {
        deadLetters(NOW.plusSeconds(5)).keep(mail(), FAILURE);
        deadLetters(NOW).keep(mail(new DeliveryKey("sales", "INBOX", 7, 1), new MemoryContent(BYTES)), FAILURE);
        Path damaged =
                deadLetters(NOW).keep(mail(new DeliveryKey("sales", "INBOX", 7, 2), new MemoryContent(BYTES)), FAILURE);
        Files.delete(damaged.resolve("meta.json"));
        List<DeadLetter> list = deadLetters(NOW).list();
        assertThat(list)
                .extracting(DeadLetter::id)
                .containsExactly("sales/INBOX~7-2", "sales/INBOX~7-1", "support/Lists%2FGr%C3%B6%C3%9Fe~7-42");
        assertThat(list.get(0).meta()).isEmpty();
        DeadLetter.Meta meta = list.get(2).meta().orElseThrow();
        assertThat(meta.failure()).isEqualTo(FAILURE);
        assertThat(meta.key()).isEqualTo(KEY.text());
        assertThat(meta.lastFailedAt()).isEqualTo(NOW.plusSeconds(5));
        assertThat(list.get(2).account()).isEqualTo("support");
        assertThat(list.get(2).directory()).isDirectory();
    }

    @Test
    void whatACrashLeftIsNeitherCountedNorKeptForEver() throws Exception {
        Path account = Files.createDirectories(directory().resolve("support"));
        Path half = Files.createDirectory(account.resolve(".INBOX~7-1.0a1b2c3d.tmp"));
        Files.writeString(half.resolve("message.eml"), "half");
        Files.setLastModifiedTime(half, FileTime.from(NOW.minus(Duration.ofHours(2))));
        assertThat(deadLetters(NOW).count("support")).isZero();
        assertThat(deadLetters(NOW).list()).isEmpty();
        deadLetters(NOW).keep(mail(), FAILURE);
        assertThat(names(account)).containsExactly("Lists%2FGr%C3%B6%C3%9Fe~7-42");
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(f -> String.valueOf(f.getFileName())).sorted().toList();
        }
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
