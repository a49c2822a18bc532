package io.mailroutes.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.stream.Stream;

/** The sections as they come to stdout, and all of them in {@code docs/benchmarks.md} when that is asked for. */
final class Report {
    private static final Path FILE = Path.of("docs", "benchmarks.md");
    private static final Path PROCESSORS = Path.of("/proc", "cpuinfo");

    private static final String HEAD = """
            # Benchmarks

            Written by `%s` on %s: %d cores (%s), JDK %s.

            Every program is a process of its own, the runs of all are interleaved, and the figures are medians of %d. All write
            to the same directory (of a tmpfs unless `-Dbench.directory` says otherwise), and every JVM has the launcher's
            options. The server is a real Dovecot 2.3 on loopback; a delay line adds the round-trip time without limiting the throughput.

            - whole: from the start of the process to its end; first mail: to the first file.
            - fetching: from the login, as the server sees it, to the last file, so without start-up.
            - CPU: user and system seconds of the process; net: less those of a run of the same program on one mail.
            - x stock: how many times faster than stock camel-mail doing the same (raw, or parts); x raw: than the raw fetch. Both of fetching.

            """;

    private final BenchOptions options;
    private final StringBuilder text = new StringBuilder();

    Report(BenchOptions options) {
        this.options = options;
    }

    void add(String section) {
        System.out.println(section);
        text.append(section.strip()).append("\n\n");
    }

    void write() throws IOException {
        if (options.write()) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, head() + text.toString().strip() + "\n");
        }
    }

    private String head() throws IOException {
        return HEAD.formatted(
                command(),
                Clocks.now().atOffset(ZoneOffset.UTC).toLocalDate(),
                Runtime.getRuntime().availableProcessors(),
                processor(),
                Runtime.version(),
                options.runs());
    }

    private String command() {
        return "mvn -Pbench" + (options.quick() ? " -Dbench.quick=true" : " -Dbench.runs=" + options.runs())
                + (options.only().isEmpty() ? "" : " -Dbench.only=" + String.join(",", options.only()))
                + (options.program().isEmpty() ? "" : " -Dbench.program='" + options.program() + "'")
                + " -Dbench.write=true verify";
    }

    private static String processor() throws IOException {
        if (!Files.isReadable(PROCESSORS)) {
            return System.getProperty("os.arch", "unknown");
        }
        try (Stream<String> lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        }
    }
}
