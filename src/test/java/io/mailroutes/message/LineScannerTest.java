package io.mailroutes.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From memory and from a file, in blocks of any alignment, the lines are the same. */
class LineScannerTest {
    @TempDir
    private Path directory;

    private List<Content> both(byte[] mail) throws IOException {
        Path file = Files.write(directory.resolve("mail"), mail);
        return List.of(new MemoryContent(mail), new FileContent(file, mail.length));
    }

    private static String held(LineScanner line) {
        return new String(line.array(), line.offset(), line.held(), ISO_8859_1);
    }

    @Test
    void aLineOfAnyLengthHasItsPlaceAndItsBeginning() throws IOException {
        for (int length : new int[] {0, 1, 16_383, 16_384, 65_535, 65_536, 65_537, 131_072, 131_073, 500_000}) {
            String text = "first\r\n" + "x".repeat(length) + "\r\nlast\n";
            for (Content content : both(text.getBytes(US_ASCII))) {
                try (LineScanner line = LineScanner.open(content)) {
                    assertThat(line.next()).isTrue();
                    assertThat(line.next()).isTrue();
                    assertThat(line.start()).isEqualTo(7);
                    assertThat(line.length()).isEqualTo(length);
                    assertThat(held(line)).isEqualTo("x".repeat(Math.min(length, LineScanner.HELD)));
                    assertThat(line.isBlank()).isEqualTo(length == 0);
                    assertThat(line.next()).isTrue();
                    assertThat(held(line)).isEqualTo("last");
                    assertThat(line.next()).isFalse();
                    assertThat(line.after()).isEqualTo(text.length());
                }
            }
        }
    }

    @Test
    void whatIsNotBlankAtTheEndOfALongLineIsSeen() throws IOException {
        for (String end : List.of("\n", "x\n", " x \r\n")) {
            for (Content content : both((" ".repeat(300_000) + end).getBytes(US_ASCII))) {
                try (LineScanner line = LineScanner.open(content)) {
                    line.next();
                    assertThat(line.isBlank()).isEqualTo(end.isBlank());
                }
            }
        }
    }

    @Test
    void everyLineWithTwoHyphensIsFoundWhereverABlockEnds() throws IOException {
        Random random = new Random(11);
        for (int round = 0; round < 60; round++) {
            String text = "first\n" + filler(random, 60_000 + random.nextInt(20_000));
            List<Long> expected = places(text);
            for (Content content : both(text.getBytes(US_ASCII))) {
                assertThat(found(content)).isEqualTo(expected);
            }
        }
    }

    private static String filler(Random random, int length) {
        StringBuilder text = new StringBuilder(length);
        while (text.length() < length) {
            text.append(random.nextInt(50) == 0 ? "\r\n--b" : "x\n-\r --\r".charAt(random.nextInt(8)));
        }
        return text.toString();
    }

    private static List<Long> places(String text) {
        List<Long> places = new ArrayList<>();
        for (int at = text.indexOf("\n--"); at >= 0; at = text.indexOf("\n--", at + 1)) {
            places.add((long) at + 1);
            places.add((long) at - (text.charAt(at - 1) == '\r' ? 1 : 0));
        }
        return places;
    }

    private static List<Long> found(Content content) throws IOException {
        List<Long> places = new ArrayList<>();
        try (LineScanner line = LineScanner.open(content)) {
            line.next();
            while (true) {
                boolean over = line.skipToHyphens();
                while (!over) {
                    over = line.skipToHyphens();
                }
                long endBefore = line.end();
                if (!line.next()) {
                    return places;
                }
                assertThat(held(line)).startsWith("--");
                places.add(line.start());
                places.add(endBefore);
            }
        }
    }
}
