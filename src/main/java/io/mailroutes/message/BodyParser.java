package io.mailroutes.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The body of a mail: its text, its HTML and everything else. One bad part never spoils the others, and a failure to
 * read the raw bytes, which is nobody's mistake in the mail, is thrown.
 */
final class BodyParser {
    private static final int CHUNK = 64 * 1024;

    /** A longer text is turned by a parser whose work is not bounded. */
    private static final int LONGEST_HTML = 1024 * 1024;

    private final Content raw;
    private final MailLimits limits;
    private final Notes notes = new Notes();
    private final Map<String, Content> contents = new HashMap<>();

    private BodyParser(Content raw, MailLimits limits) {
        this.raw = raw;
        this.limits = limits;
    }

    @FunctionalInterface
    private interface Step<T> {
        T run() throws IOException;
    }

    static ParsedMail parse(Content raw, MailLimits limits) {
        return new BodyParser(raw, limits).parse();
    }

    private ParsedMail parse() {
        List<Part> parts = guarded("the mail", List.of(), this::scan);
        Optional<Part> text = first(parts, "text/plain");
        Optional<Part> html = first(parts, "text/html");
        Optional<String> htmlText = html.flatMap(this::read);
        Optional<String> plain = text.flatMap(this::read).or(() -> htmlText.flatMap(this::asText));
        List<Attachment> attachments = new ArrayList<>();
        for (Part part : parts) {
            boolean body = text.filter(part::equals).isPresent()
                    || html.filter(part::equals).isPresent();
            if (!body || isTooLong(part)) {
                attachments.add(attachment(part));
            }
        }
        return new ParsedMail(plain, htmlText, attachments, notes);
    }

    private List<Part> scan() throws IOException {
        try (InputStream in = raw.open()) {
            return PartScanner.scan(in, limits, notes);
        }
    }

    private static Optional<Part> first(List<Part> parts, String type) {
        return parts.stream().filter(part -> part.isBody(type)).findFirst();
    }

    private boolean isTooLong(Part part) {
        return content(part).size() > limits.textBytes();
    }

    private Optional<String> read(Part part) {
        return guarded(where(part), Optional.empty(), () -> Optional.of(decodedText(part)));
    }

    private String decodedText(Part part) throws IOException {
        Content content = content(part);
        boolean cut = content.size() > limits.textBytes();
        byte[] bytes;
        try (InputStream in = content.open()) {
            bytes = in.readNBytes(limits.textBytes());
        }
        if (cut) {
            notes.add(where(part) + ": the text was cut at " + limits.textBytes() + " bytes");
        }
        String text = MailCharset.decode(bytes, part.header().charset(), cut, where(part), notes);
        String plain = CleanText.wellFormed(text).replace("\r\n", "\n").replace('\r', '\n');
        return plain.startsWith("\uFEFF") ? plain.substring(1) : plain;
    }

    private Optional<String> asText(String html) {
        if (html.length() > LONGEST_HTML) {
            notes.add("the text was taken from the first " + LONGEST_HTML + " characters of the HTML");
        }
        return guarded("the HTML", Optional.empty(), () -> Optional.of(HtmlText.of(CleanText.cut(html, LONGEST_HTML))));
    }

    private Attachment attachment(Part part) {
        PartHeader header = part.header();
        return new Attachment(
                part.path(),
                SafeName.of(header.fileName(), header.type()),
                header.fileName(),
                header.type(),
                header.isInline(),
                header.contentId(),
                content(part));
    }

    private Content content(Part part) {
        return contents.computeIfAbsent(part.path(), path -> measured(part));
    }

    private Content measured(Part part) {
        long length = part.end() - part.start();
        Content undecoded = new PartContent(raw, part.start(), part.end(), TransferEncoding.IDENTITY, length);
        return part.header().encoding() == TransferEncoding.IDENTITY
                ? undecoded
                : guarded(where(part), undecoded, () -> decodable(part, undecoded));
    }

    /** Decodes once to know the size and whether it can be decoded at all. */
    private Content decodable(Part part, Content undecoded) throws IOException {
        TransferEncoding encoding = part.header().encoding();
        try (DecodingStream in = encoding.decoder(undecoded.open())) {
            byte[] chunk = new byte[CHUNK];
            long size = 0;
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                size += count;
            }
            in.problem().ifPresent(problem -> notes.add(where(part) + ": " + problem));
            if (in.hopeless()) {
                notes.add(where(part) + ": the bytes are left undecoded");
                return undecoded;
            }
            return new PartContent(raw, part.start(), part.end(), encoding, size);
        }
    }

    private static String where(Part part) {
        return "part " + part.path();
    }

    private <T> T guarded(String where, T otherwise, Step<T> step) {
        try {
            return step.run();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the raw mail", e);
        } catch (UncheckedIOException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            notes.add(where + ": cannot be parsed (" + e.getClass().getSimpleName() + ")");
            return otherwise;
        }
    }
}
