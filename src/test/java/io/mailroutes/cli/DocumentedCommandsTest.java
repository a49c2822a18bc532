package io.mailroutes.cli;

import static java.util.function.UnaryOperator.identity;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** Every command line in the pages for users is one that the program takes. */
class DocumentedCommandsTest {
    /** In code, to its end: the rest of the line in a block, up to the back-tick within a sentence. */
    private static final Pattern COMMAND_LINE =
            Pattern.compile("(?:^|[` ])(?:\\./)?mailroutes ([a-z][a-z-]*)( [^`#]*)?");

    private static final Pattern CODE = Pattern.compile("(?ms)^ *```sh\\n.*?^ *```$|`[^`\\n]+`");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--?[a-z][a-z-]*");

    private final Map<String, CommandSpec> commands = Stream.of(
                    Commands.class.getAnnotation(Command.class).subcommands())
            .map(CommandSpec::forAnnotatedObject)
            .collect(Collectors.toMap(CommandSpec::name, identity()));

    private record Line(String command, List<String> options) {}

    static List<Path> pages() throws IOException {
        try (Stream<Path> pages = Files.list(Path.of("docs"))) {
            return Stream.concat(Stream.of(Path.of("README.md")), pages.filter(page -> page.toString()
                            .endsWith(".md")))
                    .toList();
        }
    }

    private static List<Line> lines(Path page) throws IOException {
        List<Line> lines = new ArrayList<>();
        CODE.matcher(Files.readString(page))
                .results()
                .flatMap(code -> code.group().lines())
                .forEach(text -> COMMAND_LINE
                        .matcher(text)
                        .results()
                        .forEach(found -> lines.add(new Line(
                                found.group(1),
                                found.group(2) == null
                                        ? List.of()
                                        : OPTION.matcher(found.group(2))
                                                .results()
                                                .map(option -> option.group())
                                                .toList()))));
        return lines;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theProgramTakesEveryCommandLineOfThePage(Path page) throws IOException {
        assertThat(lines(page)).allSatisfy(line -> {
            assertThat(commands).containsKey(line.command());
            assertThat(commands.get(line.command()).optionsMap().keySet()).containsAll(line.options());
        });
    }

    @Test
    void theReadmeNamesEveryCommandAndEveryOption() throws IOException {
        List<Line> lines = lines(Path.of("README.md"));
        String readme = Files.readString(Path.of("README.md"));

        assertThat(lines.stream().map(Line::command)).containsAll(commands.keySet());
        commands.values().forEach(command -> command.options().stream()
                .map(option -> option.longestName())
                .forEach(option ->
                        assertThat(readme).as("%s takes it", command.name()).contains(option)));
    }
}
