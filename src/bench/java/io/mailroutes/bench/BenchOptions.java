package io.mailroutes.bench;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What the command line asks for, as system properties.
 *
 * @param only {@code bench.only}: names of {@link Program}s, separated by commas; all unless set
 * @param program {@code bench.program}: a part of the name of the programs to compare; all unless set
 * @param runs {@code bench.runs}: how often each program runs, 3 unless set
 * @param quick {@code bench.quick}: fewer comparisons, one run each
 * @param write {@code bench.write}: also into {@code docs/benchmarks.md}
 * @param java25 {@code bench.java25}: the home of a JDK 25 to measure as well
 * @param directory {@code java.io.tmpdir}: where the server and all programs write
 */
record BenchOptions(
        Set<String> only,
        String program,
        int runs,
        boolean quick,
        boolean write,
        Optional<Path> java25,
        Path directory) {
    static BenchOptions read() {
        boolean quick = Boolean.getBoolean("bench.quick");
        String only = System.getProperty("bench.only", "all");
        return new BenchOptions(
                only.equals("all") ? Set.of() : Set.of(only.split(",")),
                System.getProperty("bench.program", ""),
                quick ? 1 : Integer.getInteger("bench.runs", 3),
                quick,
                Boolean.getBoolean("bench.write"),
                Optional.ofNullable(System.getProperty("bench.java25"))
                        .filter(home -> !home.isBlank())
                        .map(Path::of),
                Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
    }

    boolean wants(String name) {
        return only.isEmpty() || only.contains(name);
    }
}
