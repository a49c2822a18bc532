package io.mailroutes.deadletter;

import io.mailroutes.message.DeliveryKey;
import io.mailroutes.message.Mail;
import io.mailroutes.message.PathSegment;
import io.mailroutes.store.DurableFiles;
import io.mailroutes.store.StoreException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The dead letters of one instance: {@code ACCOUNT/FOLDER~UIDVALIDITY-UID/} with {@code message.eml}, the exact bytes,
 * and {@code meta.json}. A letter appears whole or not at all, and is on the disk when {@link #keep} returns. Safe for
 * many threads, but two must not keep the same mail at once.
 */
public final class DeadLetters {
    private static final String MESSAGE = "message.eml";
    private static final String META = "meta.json";

    /** Nobody writes one letter for so long: what is older was left by a crash. */
    private static final Duration LEFTOVER_AGE = Duration.ofHours(1);

    private final Path directory;
    private final Clock clock;
    private final MetaJson metaJson = new MetaJson();
    private final Set<Path> cleaned = ConcurrentHashMap.newKeySet();

    /** @param directory {@code DATA/dead-letters}; made when the first letter is kept */
    public DeadLetters(Path directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /**
     * Keeps the mail; a second failure of the same mail rewrites {@code meta.json}. Returns the letter's directory.
     *
     * @throws StoreException when it could not be kept; transient when the disk is full
     */
    public Path keep(Mail mail, Failure failure) {
        return keep(mail, failure, Optional.empty());
    }

    /** As {@link #keep}, of a mail that was not fetched: its raw content is the header block alone. */
    public Path keepHeader(Mail header, Failure failure, DeadLetter.HeaderOnly why) {
        return keep(header, failure, Optional.of(why));
    }

    private Path keep(Mail mail, Failure failure, Optional<DeadLetter.HeaderOnly> headerOnly) {
        DeliveryKey key = mail.key();
        Path account = account(key.account());
        Path letter = directory.resolve(key.deadLetterPath());
        try {
            clean(account);
            String sha256 = Sha256.of(mail.raw().open());
            DeadLetter.Meta meta = meta(key, sha256, failure, metaJson.read(letter.resolve(META)), headerOnly);
            if (holds(letter, mail, sha256)) {
                DurableFiles.removeLeftovers(letter, clock.instant().minus(LEFTOVER_AGE));
                writeMeta(letter, true, mail, meta);
            } else {
                DurableFiles.writeDirectory(letter, true, directory -> {
                    writeMessage(directory.resolve(MESSAGE), mail, sha256);
                    writeMeta(directory, false, mail, meta);
                });
            }
            return letter;
        } catch (IOException e) {
            throw StoreException.of("keep the dead letter of mail " + key, e);
        }
    }

    /** How many letters an account has. */
    public long count(String account) {
        return letters(account(account)).size();
    }

    /** Every letter of every account, the oldest failure first, damaged ones before all. */
    public List<DeadLetter> list() {
        List<DeadLetter> all = new ArrayList<>();
        for (Path account : letters(directory)) {
            for (Path letter : letters(account)) {
                all.add(deadLetter(letter));
            }
        }
        all.sort(Comparator.comparing((DeadLetter letter) ->
                        letter.meta().map(DeadLetter.Meta::lastFailedAt).orElse(Instant.MIN))
                .thenComparing(DeadLetter::id));
        return all;
    }

    private DeadLetter deadLetter(Path letter) {
        String account = String.valueOf(letter.getName(letter.getNameCount() - 2));
        try {
            return new DeadLetter(
                    account + "/" + letter.getFileName(), account, metaJson.read(letter.resolve(META)), letter);
        } catch (IOException e) {
            throw StoreException.of("read the dead letter " + letter, e);
        }
    }

    private Path account(String account) {
        return directory.resolve(PathSegment.encode(account));
    }

    /** The directories in a directory; hidden ones are still being written. */
    private static List<Path> letters(Path parent) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        List<Path> letters = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(
                parent, entry -> !String.valueOf(entry.getFileName()).startsWith(".") && Files.isDirectory(entry))) {
            entries.forEach(letters::add);
            return letters;
        } catch (IOException e) {
            throw StoreException.of("list the dead letters in " + parent, e);
        }
    }

    /** Once for each account, before anything is written. */
    private void clean(Path account) throws IOException {
        if (cleaned.add(account) && Files.isDirectory(account)) {
            DurableFiles.removeLeftovers(account, clock.instant().minus(LEFTOVER_AGE));
        }
    }

    private DeadLetter.Meta meta(
            DeliveryKey key,
            String sha256,
            Failure failure,
            Optional<DeadLetter.Meta> before,
            Optional<DeadLetter.HeaderOnly> headerOnly) {
        Instant now = clock.instant();
        return new DeadLetter.Meta(
                key.text(),
                sha256,
                failure,
                before.map(DeadLetter.Meta::firstFailedAt).orElse(now),
                now,
                before.map(DeadLetter.Meta::failures).orElse(0) + 1,
                headerOnly);
    }

    private static boolean holds(Path letter, Mail mail, String sha256) throws IOException {
        Path message = letter.resolve(MESSAGE);
        return Files.isRegularFile(message)
                && Files.size(message) == mail.raw().size()
                && Sha256.of(Files.newInputStream(message)).equals(sha256);
    }

    /** Read back by hash and size, for a temporary file that was cut short must not pass for the mail. */
    private static void writeMessage(Path message, Mail mail, String sha256) throws IOException {
        DurableFiles.writeFile(message, false, out -> {
            if (!Sha256.copy(mail.raw().open(), out).equals(sha256)) {
                throw new IOException("the bytes of mail " + mail.key() + " changed while they were copied");
            }
        });
        if (Files.size(message) != mail.raw().size()) {
            throw new IOException("mail " + mail.key() + " has " + mail.raw().size() + " bytes, but only "
                    + Files.size(message) + " are left of it here");
        }
    }

    private void writeMeta(Path letter, boolean fsync, Mail mail, DeadLetter.Meta meta) throws IOException {
        byte[] json = metaJson.write(mail, meta);
        DurableFiles.writeFile(letter.resolve(META), fsync, out -> out.write(json));
    }
}
