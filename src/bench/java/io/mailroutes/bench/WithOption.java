package io.mailroutes.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A program in Java with one more option for its JVM. */
record WithOption(Competitor competitor, String option) implements Competitor {
    @Override
    public String name() {
        return competitor.name() + " " + option;
    }

    @Override
    public boolean splitsMails() {
        return competitor.splitsMails();
    }

    @Override
    public List<String> command(Task task) throws IOException {
        List<String> command = new ArrayList<>(competitor.command(task));
        command.add(1, option);
        return command;
    }
}
