package io.mailroutes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailroutes.testing.ChildProcess;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as a person installs it: beside the jar, in a directory with a blank, and no sources or Maven there. */
class LauncherIT {
    private static final String ROUTE = """
            package com.example;

            public class FromALibrary extends org.apache.camel.builder.RouteBuilder {
                @Override
                public void configure() throws Exception {
                    java.nio.file.Files.writeString(java.nio.file.Path.of("was-here"), "yes");
                    from("timer:unused?delay=60000").routeId("from-a-library").to("log:unused");
                }
            }
            """;

    @TempDir
    private Path directory;

    private Path home;
    private Path elsewhere;

    @BeforeEach
    void install() throws IOException {
        home = Files.createDirectory(directory.resolve("mail routes"));
        elsewhere = Files.createDirectory(directory.resolve("else where"));
        Files.copy(Path.of("mailroutes"), home.resolve("mailroutes"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(Path.of("target", "mailroutes.jar"), home.resolve("mailroutes.jar"));
        Files.copy(Path.of("target", "mailroutes.jit.json"), home.resolve("mailroutes.jit.json"));
    }

    /** With nothing but the shell's tools on the path: no Maven. */
    private ChildProcess launch(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("mailroutes").toString()));
        command.addAll(List.of(arguments));
        Path tools = directory.resolve("tools");
        if (!Files.exists(tools)) {
            Files.createDirectory(tools);
            for (String tool : List.of("bash", "env", "dirname", "find", "printf")) {
                Files.createSymbolicLink(tools.resolve(tool), installed(tool));
            }
        }
        return ChildProcess.run(
                elsewhere,
                Map.of("PATH", tools.toString(), "JAVA_HOME", System.getProperty("java.home"), "JAVA_TOOL_OPTIONS", ""),
                command);
    }

    private static Path installed(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("this machine has no " + tool));
    }

    @Test
    void itRunsFromAnotherDirectoryWithoutMaven() throws Exception {
        ChildProcess child = launch("--version");

        assertThat(child.exitCode()).as(child.err()).isZero();
        assertThat(child.out()).as("Java says nothing of its own").startsWith("mailroutes ");
        assertThat(child.err()).isEmpty();
    }

    @Test
    void withoutAJarItSaysSoAndEndsWithTwo() throws Exception {
        Files.delete(home.resolve("mailroutes.jar"));
        ChildProcess child = launch("--version");

        assertThat(child.exitCode()).isEqualTo(2);
        assertThat(child.out()).isEmpty();
        assertThat(child.err()).contains("There is no mailroutes.jar beside this script");
    }

    @Test
    void aRouteInAJarUnderLibIsRun() throws Exception {
        Path lib = Files.createDirectory(home.resolve("lib"));
        jar(lib.resolve("my route.jar"), compile("com.example.FromALibrary", ROUTE));
        Files.createDirectories(elsewhere.resolve("routes"));
        Files.writeString(elsewhere.resolve("routes/one.camel.yaml"), """
                - route:
                    id: one
                    from: { uri: "timer:one?delay=60000", steps: [ { log: "unused" } ] }
                """);
        Files.createDirectories(elsewhere.resolve("config"));
        Files.writeString(elsewhere.resolve("config/application.properties"), """
                camel.beans.mine = #class:com.example.FromALibrary
                mailroutes.accounts.support.user = support@example.com
                mailroutes.accounts.support.password = secret
                mailroutes.accounts.support.host = 127.0.0.1
                """);
        ChildProcess child = launch("run", "--once");

        assertThat(child.exitCode()).as(child.err()).isZero();
        assertThat(child.out()).isEmpty();
        assertThat(elsewhere.resolve("was-here")).exists();
    }

    private Path compile(String name, String text) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Path classes = Files.createDirectory(directory.resolve("classes"));
        JavaFileObject source =
                new SimpleJavaFileObject(
                        URI.create("string:///" + name.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return text;
                    }
                };
        List<String> options = List.of(
                "-proc:none",
                "-d",
                classes.toString(),
                "-cp",
                home.resolve("mailroutes.jar").toString());
        boolean compiled = compiler.getTask(null, null, null, options, null, List.of(source))
                .call();
        assertThat(compiled).isTrue();
        return classes.resolve(name.replace('.', '/') + ".class");
    }

    private void jar(Path jar, Path compiled) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(
                    directory.resolve("classes").relativize(compiled).toString()));
            Files.copy(compiled, out);
            out.closeEntry();
            out.putNextEntry(new JarEntry("README"));
            out.write("a library".getBytes(UTF_8));
            out.closeEntry();
        }
    }
}
