package io.mailroutes.token;

import io.mailroutes.store.PermanentStoreException;
import io.mailroutes.store.StoreException;
import io.mailroutes.store.TransientStoreException;

/** What a store can throw. */
final class Failures {
    private Failures() {}

    static StoreException busy() {
        return new TransientStoreException("the disk is full", null);
    }

    static StoreException spoiled() {
        return new PermanentStoreException("sealed with another key", null);
    }
}
