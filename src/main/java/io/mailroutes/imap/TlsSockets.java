package io.mailroutes.imap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLSocketFactory;

/**
 * Puts TLS on connected sockets. The context is built at the first use, because it costs a tenth of a second, and the
 * socket is reported: first the one below, because closing that one never waits, then the secured one.
 */
public final class TlsSockets extends SSLSocketFactory {
    private final Optional<Path> caFile;
    private final BiConsumer<Socket, Socket> seen;
    private final TlsContexts contexts;

    /**
     * @param caFile PEM file of the authorities to trust instead of the JVM's
     * @param seen gets the socket below and the topmost one
     */
    public TlsSockets(Optional<Path> caFile, BiConsumer<Socket, Socket> seen) {
        this(new TlsContexts(), caFile, seen);
    }

    /** With the context of other connections that trust the same. */
    TlsSockets(TlsContexts contexts, Optional<Path> caFile, BiConsumer<Socket, Socket> seen) {
        this.contexts = contexts;
        this.caFile = caFile;
        this.seen = seen;
    }

    /** TLS 1.2 or later, the host name checked, and no second try with other settings when that fails. */
    public void secure(Properties properties, String prefix) {
        properties.put(prefix + ".ssl.socketFactory", this);
        properties.put(prefix + ".socketFactory.fallback", "false");
        properties.put(prefix + ".ssl.checkserveridentity", "true");
        properties.put(prefix + ".ssl.protocols", "TLSv1.3 TLSv1.2");
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        seen.accept(socket, socket);
        Socket secured = contexts.factory(caFile).createSocket(socket, host, port, autoClose);
        seen.accept(socket, secured);
        return secured;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return suites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return suites();
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

    private static String[] suites() {
        return ((SSLSocketFactory) SSLSocketFactory.getDefault()).getSupportedCipherSuites();
    }

    private static IOException unused() {
        return new IOException("only a connected socket can be secured here");
    }
}
