package io.mailroutes.camel;

/** The route marked the exchange for rollback and gave no exception. */
final class RouteRolledBack extends Exception {
    private static final long serialVersionUID = 1L;

    RouteRolledBack() {
        super("the route marked the exchange as rolled back");
    }
}
