package io.mailroutes.message;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A program of its own, for a heap of its own: the JSON form of each mail in a list of files. */
final class JsonOfEach {
    private JsonOfEach() {}

    /** The file with one path of a mail a line, and the directory for the JSON forms, named by their line from 0. */
    public static void main(String[] arguments) throws IOException {
        List<String> times = new ArrayList<>();
        int number = 0;
        write(
                new MemoryContent("Content-Type: text/html\r\n\r\n<p>classes are loaded".getBytes("US-ASCII")),
                Path.of(arguments[1], "warm"));
        for (String line : Files.readAllLines(Path.of(arguments[0]))) {
            Path file = Path.of(line);
            Duration start = CpuTime.used();
            write(new FileContent(file, Files.size(file)), Path.of(arguments[1], Integer.toString(number++)));
            times.add(CpuTime.used().minus(start).toMillis() + " " + line);
        }
        Files.write(Path.of(arguments[1], "times"), times);
    }

    private static void write(Content raw, Path json) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(json))) {
            MailJson.write(Measured.mail(raw), out);
        }
    }
}
