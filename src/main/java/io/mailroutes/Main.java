package io.mailroutes;

/** The door for people: {@code java -jar mailroutes.jar COMMAND}. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.out.println("mailroutes");
    }
}
