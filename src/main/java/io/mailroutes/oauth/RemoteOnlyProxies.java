package io.mailroutes.oauth;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The JVM's proxies for everything but clear text: that goes to loopback only, and must not leave the machine. */
final class RemoteOnlyProxies extends ProxySelector {
    private final Optional<ProxySelector> configured;

    RemoteOnlyProxies(Optional<ProxySelector> configured) {
        this.configured = configured;
    }

    @Override
    public List<Proxy> select(URI address) {
        boolean direct = configured.isEmpty() || SecureAddress.isLoopback(address);
        return direct ? List.of(Proxy.NO_PROXY) : configured.get().select(address);
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
        configured.ifPresent(selector -> selector.connectFailed(address, proxy, failure));
    }
}
