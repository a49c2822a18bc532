package io.mailroutes.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ctrl-C and a login left alone, in a process of its own: the port is free, and the old tokens are as they were. */
class LoginBrokenOffIT {
    @TempDir
    private Path directory;

    private LoginWorld world;
    private String token = "";

    @BeforeEach
    void logIn() throws Exception {
        world = LoginWorld.open(directory);
        RunningCommand login = world.browserLogin();
        world.browse(login.line("http"));
        assertThat(login.code()).isZero();
        token = world.server.tokensIssued().get(0);
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void aSignalEndsTheLoginAndLeavesTheOldTokens(String signal, int code) throws Exception {
        try (ChildCommand login = start("--browser", "--no-open")) {
            int port = port(login.line("http"));
            assertThat(listens(port)).isTrue();
            login.signal(signal);

            assertThat(login.code()).as(login.words()).isEqualTo(code);
            assertFreeAndAsBefore(port);
        }
    }

    @Test
    void aSignalAfterTheConsentIsAsHarmless() throws Exception {
        try (ChildCommand login = start("--paste")) {
            assertThat(world.consent(login.line("http"))).contains("code=");
            login.signal("INT");

            assertThat(login.code()).as(login.words()).isEqualTo(130);
            assertFreeAndAsBefore(0);
        }
    }

    @Test
    void aLoginLeftAloneEndsByItself() throws Exception {
        try (ChildCommand login = start("--browser", "--no-open", "--timeout", "2s")) {
            int port = port(login.line("http"));

            assertThat(login.code()).isEqualTo(3);
            assertThat(login.words()).contains("nobody consented within 2 s. Nothing was stored.");
            assertFreeAndAsBefore(port);
        }
    }

    private ChildCommand start(String... arguments) throws IOException {
        String[] line = Stream.concat(Stream.of("login", "support"), Stream.of(arguments))
                .toArray(String[]::new);
        return ChildCommand.start(directory, Map.of(), List.of(), world.line(line));
    }

    private void assertFreeAndAsBefore(int port) throws Exception {
        try (ServerSocket again = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(again.isBound()).isTrue();
        }
        RunningCommand stored = world.run("token", "support");
        assertThat(stored.code()).isZero();
        assertThat(stored.out().strip()).isEqualTo(token);
        assertThat(world.server.tokenRequests()).isEqualTo(1);
    }

    private static int port(String address) {
        return Integer.parseInt(address.replaceFirst(".*127\\.0\\.0\\.1%3A(\\d+).*", "$1"));
    }

    private static boolean listens(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
            return socket.isConnected();
        }
    }
}
