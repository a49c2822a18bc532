package io.mailroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds and tests the project in {@code src/it/host}, which depends on the jar and the POM of this build as anybody else
 * would: Maven resolves it, without what is optional and without our dependency management.
 *
 * <p>Its local repository is this build's one by symbolic links, so that nothing is downloaded twice, except for our own
 * group: the artifact under test is neither installed for others to see nor kept for the next build.
 */
class HostProjectIT {
    private static final String GROUP = "io/mailroutes/mailroutes";

    @TempDir
    private Path directory;

    @Test
    void anApplicationWithTheThinJarAloneReceivesMail() throws Exception {
        String version = property("mailroutes.version");
        Path repository = linkedRepository(Path.of(property("host.repository")));
        Path ours = Files.createDirectories(repository.resolve(GROUP).resolve(version));
        Files.copy(Path.of("target", "mailroutes-" + version + ".jar"), ours.resolve("mailroutes-" + version + ".jar"));
        Files.copy(Path.of("pom.xml"), ours.resolve("mailroutes-" + version + ".pom"));

        Path log = Path.of("target", "host-project.log");
        List<String> command = new ArrayList<>();
        command.add(Path.of(property("host.maven"), "bin", "mvn").toString());
        command.addAll(List.of("-B", "-ntp", "-f", "src/it/host/pom.xml", "-Dmaven.repo.local=" + repository));
        command.add("-Dhost.directory=" + directory.resolve("target"));
        command.add("-Dmailroutes.version=" + version);
        command.add("-Dcamel.version=" + property("camel.version"));
        command.add("-Dgreenmail.version=" + property("greenmail.version"));
        if (property("host.mode").equals("offline=true")) {
            command.add("-o");
        }
        command.add("test");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process maven = builder.start();

        assertThat(maven.waitFor()).as(() -> "see " + log.toAbsolutePath()).isZero();
        assertThat(Files.readString(log)).contains("Running com.example.host.CamelMainHostTest");
    }

    private static String property(String name) {
        return Optional.ofNullable(System.getProperty(name))
                .orElseThrow(() -> new AssertionError("the build does not say what " + name + " is"));
    }

    private Path linkedRepository(Path real) throws IOException {
        Path linked = Files.createDirectories(directory.resolve("repository"));
        linkAll(real, linked, "io");
        Path io = Files.createDirectories(real.resolve("io"));
        linkAll(io, Files.createDirectories(linked.resolve("io")), "mailroutes");
        return linked;
    }

    private static void linkAll(Path from, Path to, String except) throws IOException {
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                if (!entry.getFileName().toString().equals(except)) {
                    Files.createSymbolicLink(to.resolve(entry.getFileName()), entry.toRealPath());
                }
            }
        }
    }
}
