package io.mailroutes.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program in Java on another JVM than the one that runs the benchmarks. */
record OnJava(Competitor competitor, Path java) implements Competitor {
    @Override
    public String name() {
        return competitor.name() + ", JDK 25";
    }

    @Override
    public boolean splitsMails() {
        return competitor.splitsMails();
    }

    @Override
    public List<String> command(Task task) throws IOException {
        List<String> command = new ArrayList<>(competitor.command(task));
        command.set(0, java.toString());
        return command;
    }
}
