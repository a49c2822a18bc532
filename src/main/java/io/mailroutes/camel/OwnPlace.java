package io.mailroutes.camel;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Sees to it that what is written below a directory is there, and that two folders are two. Names are made safe before;
 * this is for what names cannot tell: a link that somebody has put in the way, and a file system for which
 * {@code Work} and {@code work} are one.
 */
final class OwnPlace {
    private OwnPlace() {}

    /**
     * @param directory where all goes; it may be a link itself, for its owner has named it
     * @param folder below it; need not be there yet
     * @throws FileSystemException in words, when the folder is really somewhere else
     */
    static void require(Path directory, Path folder) throws IOException {
        Path there = folder;
        while (there != null && !Files.exists(there, NOFOLLOW_LINKS)) {
            there = there.getParent();
        }
        if (there == null || !there.startsWith(directory) || there.equals(directory)) {
            return; // nothing is there yet
        }
        Path expected = directory.toRealPath().resolve(directory.relativize(there));
        Path found = real(there);
        if (!found.equals(expected)) {
            throw new FileSystemException(
                    there.toString(),
                    null,
                    "it is really " + found + ", so there is a link on the way or another name that differs in upper"
                            + " and lower case only; make it a directory of its own");
        }
    }

    private static Path real(Path path) throws IOException {
        try {
            return path.toRealPath();
        } catch (NoSuchFileException dangling) {
            return Files.readSymbolicLink(path);
        }
    }
}
