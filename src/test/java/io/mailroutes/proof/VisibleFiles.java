package io.mailroutes.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists what a reader of a directory sees, while another process renames there: nothing whose name begins with a dot. */
final class VisibleFiles extends SimpleFileVisitor<Path> {
    private final Path root;
    private final List<Path> found = new ArrayList<>();

    private VisibleFiles(Path root) {
        this.root = root;
    }

    /** The files below the directory, relative to it, sorted; none when it is not there. */
    static List<Path> below(Path root) {
        VisibleFiles files = new VisibleFiles(root);
        try {
            Files.walkFileTree(root, files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Collections.sort(files.found);
        return files.found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        return isHidden(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (!isHidden(file)) {
            found.add(root.relativize(file));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE; // renamed since it was listed
        }
        throw failure;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
        return failure instanceof NoSuchFileException
                ? FileVisitResult.CONTINUE
                : super.postVisitDirectory(directory, failure);
    }

    private boolean isHidden(Path path) {
        return !path.equals(root) && path.getFileName().toString().startsWith(".");
    }
}
