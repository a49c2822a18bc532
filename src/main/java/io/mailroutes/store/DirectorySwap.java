package io.mailroutes.store;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import io.mailroutes.store.TemporaryName.Kind;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Puts a finished directory in the place of another, which POSIX rename cannot do unless the other is empty. */
final class DirectorySwap {
    /** Two writers of one target take turns; more turns than this mean that something else is wrong. */
    private static final int TURNS = 10;

    private DirectorySwap() {}

    /** Returns what was replaced, renamed aside, to be deleted. */
    static Optional<Path> into(Path target, Path finished) throws IOException {
        Optional<Path> aside = Optional.empty();
        for (int turn = 1; ; turn++) {
            try {
                Files.move(finished, target, ATOMIC_MOVE);
                return aside;
            } catch (FileSystemException failure) {
                if (turn == TURNS || isNoDirectory(target)) {
                    putBack(aside, target, failure);
                    throw failure;
                }
            }
            if (aside.isPresent()) {
                DirectoryTree.delete(aside.get());
            }
            aside = moveAside(target);
        }
    }

    private static boolean isNoDirectory(Path target) {
        return Files.exists(target, NOFOLLOW_LINKS) && !Files.isDirectory(target, NOFOLLOW_LINKS);
    }

    private static Optional<Path> moveAside(Path target) throws IOException {
        Path aside = TemporaryName.beside(target, Kind.OLD);
        try {
            Files.move(target, aside, ATOMIC_MOVE);
            return Optional.of(aside);
        } catch (NoSuchFileException taken) {
            return Optional.empty(); // Another writer of the same target has its turn.
        }
    }

    private static void putBack(Optional<Path> aside, Path target, FileSystemException failure) {
        if (aside.isEmpty()) {
            return;
        }
        try {
            Files.move(aside.get(), target, ATOMIC_MOVE);
        } catch (IOException second) {
            failure.addSuppressed(second);
        }
    }
}
