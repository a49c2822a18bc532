package io.mailroutes.message;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The body of a mail: its text, its HTML and everything else. The texts are decoded, the attachments only found: what is
 * wrong with the encoding of one is not in the notes but known to its {@link PartContent}. One bad part never spoils the others, and a failure to
 * read the raw bytes, which is nobody's mistake in the mail, is thrown.
 */
final class BodyParser {
    private final Content raw;
    private final MailLimits limits;
    private final Notes notes = new Notes();
    private final Map<String, PartContent> contents = new HashMap<>();

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
        Optional<String> plain = text.flatMap(this::read);
        boolean wanting = plain.filter(t -> !t.isBlank()).isEmpty();
        Optional<String> derived = wanting ? htmlText.flatMap(this::asText) : Optional.empty();
        List<Attachment> attachments = new ArrayList<>();
        for (Part part : parts) {
            boolean body = text.filter(part::equals).isPresent()
                    || html.filter(part::equals).isPresent();
            if (!body || isTooLong(part)) {
                attachments.add(attachment(part));
            }
        }
        return new ParsedMail(derived.or(() -> plain), derived.isPresent(), htmlText, attachments, notes);
    }

    private List<Part> scan() throws IOException {
        return PartScanner.scan(raw, limits, notes);
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
        PartContent content = content(part);
        byte[] bytes = content.first(limits.textBytes());
        content.addProblems(where(part), notes);
        boolean cut = content.size() > limits.textBytes();
        if (cut) {
            notes.add(where(part) + ": the text was cut at " + limits.textBytes() + " bytes");
        }
        String text = MailCharset.decode(bytes, part.header().charset(), cut, where(part), notes);
        String clean = CleanText.withoutControls(text);
        if (!clean.equals(text)) {
            notes.add(where(part) + ": control characters were replaced");
        }
        String plain = CleanText.wellFormed(clean).replace("\r\n", "\n").replace('\r', '\n');
        return plain.startsWith("\uFEFF") ? plain.substring(1) : plain;
    }

    private Optional<String> asText(String html) {
        if (html.length() > HtmlText.LONGEST) {
            notes.add("the text was taken from the first " + HtmlText.LONGEST + " characters of the HTML");
        }
        return guarded("the HTML", Optional.empty(), () -> Optional.of(HtmlText.of(html)));
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

    private PartContent content(Part part) {
        return contents.computeIfAbsent(
                part.path(), path -> new PartContent(raw, part.start(), part.end(), part.header()));
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
