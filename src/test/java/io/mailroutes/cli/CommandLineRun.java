package io.mailroutes.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

/** One command line in this JVM: its exit code, its data and its words. */
record CommandLineRun(int exitCode, String out, String err) {
    static CommandLineRun of(Path home, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Commands.execute(
                home, InputStream.nullInputStream(), new PrintWriter(out), new PrintWriter(err), arguments);
        return new CommandLineRun(code, out.toString(), err.toString());
    }
}
