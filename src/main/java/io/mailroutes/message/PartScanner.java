package io.mailroutes.message;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the leaves of a mail in one pass over its lines, of which those of a body are passed by in blocks. Work and memory are bounded by {@link MailLimits} whatever the
 * mail is: there is no recursion, a line is compared with at most {@code depth} boundaries, and only places are kept.
 */
final class PartScanner {
    /** How often the clock is read. */
    private static final int LINES_BETWEEN_LOOKS = 1024;

    private enum State {
        HEADER,
        BODY,
        BETWEEN
    }

    private final LineScanner line;
    private final MailLimits limits;
    private final Notes notes;
    private final List<Part> leaves = new ArrayList<>();
    private final Deque<Multipart> open = new ArrayDeque<>();
    private final long started = System.nanoTime();
    private State state = State.HEADER;
    private HeaderReader header;
    private String path = "";
    private String defaultType = "text/plain";
    private @Nullable PartHeader leaf;
    private long bodyStart;
    private long lastEnd;
    private long lines;
    private int parts;
    private boolean done;

    private PartScanner(LineScanner line, MailLimits limits, Notes notes) {
        this.line = line;
        this.limits = limits;
        this.notes = notes;
        this.header = newHeader();
    }

    /** The leaves in the order of the mail. */
    static List<Part> scan(Content raw, MailLimits limits, Notes notes) throws IOException {
        try (LineScanner line = LineScanner.open(raw)) {
            PartScanner scanner = new PartScanner(line, limits, notes);
            scanner.scan();
            return scanner.leaves;
        }
    }

    private void scan() throws IOException {
        while (!done && (state != State.BODY || skipBody()) && line.next()) {
            take();
            lastEnd = line.end();
            if (++lines % LINES_BETWEEN_LOOKS == 0) {
                lookAtTheClock();
            }
        }
        if (!done) {
            lastEnd = line.after();
        }
        endPart();
        closeAll();
    }

    /** To the next line that may be a delimiter, block by block; false when time is over. */
    private boolean skipBody() throws IOException {
        boolean over = false;
        while (!over && !done) {
            over = open.isEmpty() ? line.skip() : line.skipToHyphens();
            lookAtTheClock();
        }
        lastEnd = done ? lastEnd : line.end();
        return !done;
    }

    private void lookAtTheClock() {
        if (System.nanoTime() - started > limits.time().toNanos()) {
            notes.add("parsing was stopped after " + limits.time().toSeconds() + " s");
            lastEnd = line.after();
            done = true;
        }
    }

    /** What is still open at the end of the mail; the outermost speaks for those inside it. */
    private void closeAll() {
        if (!done && !open.isEmpty()) {
            noteUnfinished(open.getLast());
        }
        while (!open.isEmpty()) {
            close(open.pop());
        }
    }

    private void take() {
        if (line.byteAt(0) == '-' && line.byteAt(1) == '-' && isDelimiter()) {
            return;
        }
        if (state == State.HEADER) {
            takeHeaderLine();
        } else if (state == State.BETWEEN && !open.isEmpty()) {
            open.getFirst().preamble(line);
        }
    }

    private void takeHeaderLine() {
        HeaderReader.Step step = header.add(line);
        if (step == HeaderReader.Step.END) {
            endOfHeader(line.after());
        } else if (step == HeaderReader.Step.BODY) {
            endOfHeader(line.start());
            if (state == State.BETWEEN) {
                open.getFirst().preamble(line);
            }
        }
    }

    private void endOfHeader(long start) {
        boolean root = path.isEmpty();
        PartHeader parsed = PartHeader.of(header.block(), defaultType, root ? "1" : path, notes);
        bodyStart = start;
        if (parsed.isMultipart() && open.size() < limits.depth()) {
            open.push(new Multipart(path, parsed, start));
            state = State.BETWEEN;
            return;
        }
        if (parsed.isMultipart()) {
            notes.add("multiparts are nested deeper than " + limits.depth() + "; the rest is one attachment");
        }
        leaf = parsed;
        state = State.BODY;
    }

    /** Whether the line ends a part of an open multipart; the innermost is asked first. */
    private boolean isDelimiter() {
        for (Multipart multipart : open) {
            Multipart.Delimiter delimiter = multipart.delimiter(line);
            if (delimiter != Multipart.Delimiter.NONE) {
                endPart();
                while (open.getFirst() != multipart) {
                    noteUnfinished(open.getFirst());
                    close(open.pop());
                }
                apply(delimiter, multipart);
                return true;
            }
        }
        return false;
    }

    private void apply(Multipart.Delimiter delimiter, Multipart multipart) {
        if (delimiter == Multipart.Delimiter.CLOSE) {
            close(open.pop());
            done = open.isEmpty();
        } else if (++parts > limits.parts()) {
            notes.add("there are more than " + limits.parts() + " parts; the rest is only in the raw mail");
            done = true;
            open.clear();
        } else {
            path = multipart.nextPath();
            defaultType = multipart.header().defaultTypeInside();
            header = newHeader();
            state = State.HEADER;
        }
    }

    /** Ends the leaf that is being read, or a part whose header had no end. */
    private void endPart() {
        if (state == State.HEADER) {
            endOfHeader(lastEnd);
        }
        if (leaf != null && state == State.BODY) {
            boolean whole = path.isEmpty();
            leaves.add(new Part(whole ? "1" : path, whole, leaf, bodyStart, Math.max(bodyStart, lastEnd)));
        }
        leaf = null;
        state = State.BETWEEN;
    }

    private void noteUnfinished(Multipart multipart) {
        notes.add("multipart " + multipart.path() + " has no end: the mail may be truncated");
    }

    private void close(Multipart multipart) {
        if (multipart.isWithoutParts()) {
            notes.add("multipart " + multipart.path() + " has no parts");
            multipart.textInstead(lastEnd).ifPresent(leaves::add);
        }
    }

    private HeaderReader newHeader() {
        return new HeaderReader(limits.headerBytes(), name -> name.regionMatches(true, 0, "content-", 0, 8), notes);
    }
}
