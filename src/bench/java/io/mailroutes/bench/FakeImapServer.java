package io.mailroutes.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An IMAP server in one thread, for more connections than a real one takes on one machine (Dovecot 2.3 runs out of
 * inotify instances above 128 IDLE sessions) and for folders that nobody wants to fill.
 */
final class FakeImapServer implements AutoCloseable {
    private static final int LONGEST_LINE = 1 << 16;

    private final FakeMailbox mailbox;
    private final Selector selector;
    private final ServerSocketChannel door;
    private final Map<SocketChannel, String> idling = new HashMap<>();
    private final AtomicInteger selected = new AtomicInteger();
    private final List<String> commands = new CopyOnWriteArrayList<>();

    FakeImapServer(FakeMailbox mailbox) {
        this.mailbox = mailbox;
        try {
            selector = Selector.open();
            door = ServerSocketChannel.open();
            door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2_000);
            door.configureBlocking(false);
            door.register(selector, SelectionKey.OP_ACCEPT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "fake-imap");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return door.socket().getLocalPort();
    }

    /** How many connections have opened the folder. */
    int selected() {
        return selected.get();
    }

    /** Every command so far, without its tag and without what a login carried. */
    List<String> commands() {
        return List.copyOf(commands);
    }

    private void serve() {
        try {
            while (selector.isOpen()) {
                selector.select(this::ready);
            }
        } catch (IOException | ClosedSelectorException closed) {
            // close() was called
            return;
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                SocketChannel client = door.accept();
                client.configureBlocking(false);
                client.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(LONGEST_LINE / 64));
                send(client, FakeMailbox.GREETING);
            } else {
                read(key, (SocketChannel) key.channel());
            }
        } catch (IOException gone) {
            key.cancel(); // the client has closed
        }
    }

    private void read(SelectionKey key, SocketChannel client) throws IOException {
        ByteBuffer buffer = (ByteBuffer) key.attachment();
        if (client.read(buffer) < 0) {
            client.close();
            return;
        }
        String text = new String(buffer.array(), 0, buffer.position(), ISO_8859_1);
        int end = text.lastIndexOf('\n') + 1;
        for (String line : text.substring(0, end).lines().toList()) {
            answer(key, client, line);
        }
        byte[] rest = text.substring(end).getBytes(ISO_8859_1);
        ByteBuffer next = buffer.hasRemaining() ? buffer : ByteBuffer.allocate(2 * buffer.capacity());
        next.clear();
        next.put(rest);
        key.attach(next);
    }

    private void answer(SelectionKey key, SocketChannel client, String line) throws IOException {
        int space = line.indexOf(' ');
        if (space < 0) { // DONE
            send(client, idleTag(client) + " OK done\r\n");
            return;
        }
        String tag = line.substring(0, space);
        String command = line.substring(space + 1);
        commands.add(command.startsWith("AUTHENTICATE") ? "AUTHENTICATE" : command);
        if (command.equals("IDLE")) {
            idling.put(client, tag);
        }
        if (command.startsWith("SELECT") || command.startsWith("EXAMINE")) {
            selected.incrementAndGet();
        }
        send(client, mailbox.answer(tag, command));
        if (command.equals("LOGOUT")) {
            key.cancel();
            client.close();
        }
    }

    private String idleTag(SocketChannel client) {
        String tag = idling.remove(client);
        return tag == null ? "*" : tag;
    }

    /** Answers are short: they fit into the socket's buffer. */
    private static void send(SocketChannel client, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(ISO_8859_1));
        while (bytes.hasRemaining()) {
            client.write(bytes);
        }
    }

    @Override
    public void close() {
        try {
            door.close();
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
