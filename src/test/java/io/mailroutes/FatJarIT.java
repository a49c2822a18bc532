package io.mailroutes;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.ChildProcess;
import io.mailroutes.testing.ConversionProbe;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code target/mailroutes.jar}, copied to where nothing else is that could help it. */
class FatJarIT {
    @TempDir
    private Path directory;

    private Path jar;

    @BeforeEach
    void copyTheJarAway() throws IOException {
        jar = Files.copy(Path.of("target", "mailroutes.jar"), directory.resolve("mailroutes.jar"));
    }

    private ChildProcess run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(ChildProcess.java(), "-jar", jar.toString()));
        command.addAll(List.of(arguments));
        return ChildProcess.run(directory, Map.of("JAVA_TOOL_OPTIONS", ""), command);
    }

    @Test
    void itConvertsByItself() throws Exception {
        String name = ConversionProbe.class.getName().replace('.', '/') + ".class";
        Path probe = directory.resolve("probe").resolve(name);
        Files.createDirectories(probe.getParent());
        try (InputStream in = ConversionProbe.class.getClassLoader().getResourceAsStream(name)) {
            Files.copy(in, probe);
        }
        Path work = Files.createDirectory(directory.resolve("work"));
        ChildProcess child = ChildProcess.run(
                directory,
                Map.of("JAVA_TOOL_OPTIONS", ""),
                List.of(
                        ChildProcess.java(),
                        "-cp",
                        jar + File.pathSeparator + directory.resolve("probe"),
                        ConversionProbe.class.getName(),
                        work.toString()));

        assertThat(child.exitCode()).as(child.err()).isZero();
        assertThat(child.out().lines())
                .containsExactly(
                        "file to string: a file",
                        "file to stream: a file",
                        "string to json: 1",
                        "mail to string: of a mail",
                        "mail to stream: Subject: probe||of a mail",
                        "mail to message: probe",
                        "message to string: of a message");
    }

    @Test
    void itSaysItsVersion() throws Exception {
        ChildProcess child = run("--version");

        assertThat(child.exitCode()).as(child.err()).isZero();
        assertThat(child.out()).matches("mailroutes \\d+\\.\\d+\\.\\d+\\RApache Camel 4\\.\\d+\\.\\d+\\R");
        assertThat(child.err()).isEmpty();
    }

    @Test
    void aMissingConfigurationIsExitTwoInWordsAndNothingForAProgramToRead() throws Exception {
        for (List<String> arguments :
                List.of(List.of("run"), List.<String>of(), List.of("run", "--config", "no.file"))) {
            ChildProcess child = run(arguments.toArray(String[]::new));

            assertThat(child.exitCode()).isEqualTo(2);
            assertThat(child.out()).isEmpty();
            assertThat(child.err())
                    .contains("does not exist or cannot be read", "--config FILE")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void anUnknownOptionIsExitTwoInWords() throws Exception {
        ChildProcess child = run("run", "--onse");

        assertThat(child.exitCode()).isEqualTo(2);
        assertThat(child.out()).isEmpty();
        assertThat(child.err()).contains("--onse");
    }
}
