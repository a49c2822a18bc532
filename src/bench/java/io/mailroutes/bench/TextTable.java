package io.mailroutes.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table in Markdown whose columns line up, so that it can be read as text too. */
final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... heads) {
        rows.add(List.of(heads));
    }

    TextTable row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    @Override
    public String toString() {
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        List<String> rule = IntStream.range(0, widths.length)
                .mapToObj(column ->
                        column == 0 ? "-".repeat(widths[column]) : "-".repeat(Math.max(1, widths[column] - 1)) + ":")
                .toList();
        StringBuilder text = new StringBuilder(line(rows.get(0), widths)).append(line(rule, widths));
        rows.stream().skip(1).forEach(row -> text.append(line(row, widths)));
        return text.toString();
    }

    private static String line(List<String> cells, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(column -> pad(cells.get(column), widths[column], column > 0))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String pad(String cell, int width, boolean right) {
        String space = " ".repeat(width - cell.length());
        return right ? space + cell : cell + space;
    }
}
