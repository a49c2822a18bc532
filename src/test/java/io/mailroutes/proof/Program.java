package io.mailroutes.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** {@code target/mailroutes.jar} in a directory of its own, with one account, {@code box}, and the routes of a test. */
final class Program {
    /** What {@code run --once} may take: its own patience of 30 s, and a start on a busy machine. */
    static final Duration ONCE = Duration.ofSeconds(60);

    private final Path directory;
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final List<String> options = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<Path> routes = new ArrayList<>();
    private final List<String> moreJars = new ArrayList<>();
    private int starts;

    Program(Path directory) {
        this.directory = directory;
    }

    /** Sets {@code mailroutes.accounts.box.KEY}. */
    Program account(String key, String value) {
        return property("mailroutes.accounts.box." + key, value);
    }

    Program property(String key, String value) {
        properties.put(key, value);
        return this;
    }

    Program environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** An option of the JVM. */
    Program option(String option) {
        options.add(option);
        return this;
    }

    /** Puts a jar of the tests' own class path, whose name begins so, beside the program's. */
    Program withJar(String name) {
        moreJars.addAll(Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator))
                .filter(jar -> Path.of(jar).getFileName().toString().startsWith(name))
                .toList());
        assertThat(moreJars).as("jars on the class path named %s", name).isNotEmpty();
        return this;
    }

    /** One more route file. @param yaml {@code OUT} in it stands for {@link #out} */
    Program route(String yaml) {
        Path file = directory.resolve("route-" + routes.size() + ".camel.yaml");
        try {
            Files.writeString(file, yaml.replace("OUT", out().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        routes.add(file);
        return this;
    }

    /** From the mailbox with these options, one {@code name: value} a line, into .eml files. */
    Program toEml(String... parameters) {
        return route(Routes.mailbox(parameters) + Routes.FILES);
    }

    RunningProgram start(String... arguments) {
        List<String> run = new ArrayList<>(List.of("run"));
        run.addAll(List.of(arguments));
        routes.forEach(route -> run.add(route.toString()));
        return command(run.toArray(String[]::new));
    }

    /** A command on this configuration and these data. */
    RunningProgram command(String... arguments) {
        starts++;
        try {
            Path config = directory.resolve("application.properties");
            Files.write(
                    config,
                    properties.entrySet().stream()
                            .map(entry -> entry.getKey() + " = " + entry.getValue())
                            .toList());
            return RunningProgram.start(
                    commandLine(config, arguments), environment, directory.resolve("run-" + starts));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code run --once} to its end. */
    RunningProgram once(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--once");
        RunningProgram program = start(all.toArray(String[]::new));
        program.await(ONCE);
        return program;
    }

    private List<String> commandLine(Path config, String... arguments) {
        Path jar = Path.of("target", "mailroutes.jar").toAbsolutePath();
        assertThat(jar).as("the jar that the build makes before these tests").exists();
        List<String> command = new ArrayList<>();
        command.add(Path.of(Objects.requireNonNull(System.getProperty("java.home")), "bin", "java")
                .toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx192m", "-Xss512k"));
        command.addAll(options);
        List<String> jars = new ArrayList<>(List.of(jar.toString()));
        jars.addAll(moreJars);
        command.addAll(List.of("-cp", String.join(File.pathSeparator, jars), "io.mailroutes.Main"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--config", config.toString()));
        command.addAll(List.of("--data", data().toString()));
        return command;
    }

    Path directory() {
        return directory;
    }

    Path out() {
        return directory.resolve("out");
    }

    Path data() {
        return directory.resolve("data");
    }

    /** The directories of the dead letters, without one that is being written. */
    List<Path> deadLetters() {
        Path letters = data().resolve("dead-letters").resolve("box");
        try (Stream<Path> found = Files.exists(letters) ? Files.list(letters) : Stream.of()) {
            return found.filter(letter -> !letter.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files below {@link #out} that a reader sees, hidden ones left out, by their relative names. */
    List<Path> delivered() {
        return VisibleFiles.below(out());
    }

    byte[] delivered(Path relative) {
        try {
            return Files.readAllBytes(out().resolve(relative));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
