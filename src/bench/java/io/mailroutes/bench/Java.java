package io.mailroutes.bench;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Command lines of child JVMs: all get the options that the launcher gives, so that none is favoured. */
final class Java {
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-Xms16m",
            "-XX:MinHeapFreeRatio=20",
            "-XX:MaxHeapFreeRatio=40",
            "-XX:NewRatio=1",
            "-XX:SurvivorRatio=2",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:CompilerDirectivesFile="
                    + Path.of("target", "mailroutes.jit.json").toAbsolutePath(),
            "-XX:CompileCommand=quiet",
            "-XX:-DisplayVMOutput",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:TrimNativeHeapInterval=10000");

    private Java() {}

    /** This program as it is delivered, by the options of its launcher but without a class-data archive. */
    static List<String> mailroutes(List<String> arguments) {
        Path jar = Path.of("target", "mailroutes.jar").toAbsolutePath();
        return line(jar.toString(), "io.mailroutes.Main", arguments);
    }

    /** A main class of the benchmarks, with the libraries but without this program's own classes. */
    static List<String> other(Class<?> main, String... arguments) {
        String path = Objects.requireNonNull(System.getProperty("java.class.path"));
        String own = Path.of("target", "classes").toString();
        List<String> entries = Arrays.stream(path.split(File.pathSeparator))
                .filter(entry -> !entry.endsWith(own))
                .toList();
        return line(String.join(File.pathSeparator, entries), main.getName(), List.of(arguments));
    }

    private static List<String> line(String classPath, String main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                .toString());
        command.addAll(OPTIONS);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(arguments);
        return command;
    }
}
