package io.mailroutes.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys that are known at one moment: the first seals, all open. */
final class KeyRing {
    private final StoreKey sealing;
    private final Map<String, StoreKey> byId;

    private KeyRing(StoreKey sealing, Map<String, StoreKey> byId) {
        this.sealing = sealing;
        this.byId = byId;
    }

    /** @param keys at least one; one that is there twice counts once */
    static KeyRing of(List<StoreKey> keys) {
        Map<String, StoreKey> byId = new LinkedHashMap<>();
        keys.forEach(key -> byId.putIfAbsent(key.id(), key));
        return new KeyRing(keys.get(0), byId);
    }

    StoreKey sealing() {
        return sealing;
    }

    boolean has(String keyId) {
        return byId.containsKey(keyId);
    }

    /** The names of all, the sealing one first. */
    List<String> ids() {
        return List.copyOf(byId.keySet());
    }

    byte[] seal(String account, byte[] plain) {
        return new SecretBox(sealing).seal(account, plain);
    }

    /** Empty when none of the keys opens it. */
    Optional<byte[]> open(String account, TokenRows.Row row) {
        return Optional.ofNullable(byId.get(row.keyId()))
                .flatMap(key -> new SecretBox(key).open(account, row.sealed()));
    }
}
