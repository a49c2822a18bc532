package io.mailroutes.deadletter;

/**
 * Why a mail went to the dead letters.
 *
 * @param route the id of the route that failed
 * @param errorClass the class name of the exception
 * @param errorText its message, cleaned; may quote the mail, never a secret
 */
public record Failure(String route, int attempts, String errorClass, String errorText) {}
