package io.mailroutes.imap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.BiConsumer;
import javax.net.SocketFactory;

/** Makes unconnected sockets and reports each, so that another thread can close it. */
public final class PlainSockets extends SocketFactory {
    private final BiConsumer<Socket, Socket> seen;

    /** @param seen gets each socket, twice */
    public PlainSockets(BiConsumer<Socket, Socket> seen) {
        this.seen = seen;
    }

    @Override
    public Socket createSocket() {
        Socket socket = new Socket();
        seen.accept(socket, socket);
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw unused();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        throw unused();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw unused();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        throw unused();
    }

    private static IOException unused() {
        return new IOException("only unconnected sockets are made here");
    }
}
