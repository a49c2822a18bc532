package com.example.host;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Properties;

/** A mail server that takes one token, and an authorization server that gives it. */
final class Servers implements AutoCloseable {
    private static final String USER = "support@example.com";
    private static final String TOKEN = "the-token-of-this-run";

    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
    private final HttpServer authorization;

    Servers() {
        try {
            authorization = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        authorization.createContext("/token", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] answer = ("{\"access_token\":\"" + TOKEN + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}").getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        authorization.start();
        mail.start();
        // GreenMail compares the token of XOAUTH2 with the password.
        mail.setUser(USER, USER, TOKEN);
    }

    void deliver(String subject) {
        String text = "From: jane@example.org\r\nSubject: " + subject
                + "\r\nCamelFileName: owned.txt\r\ndelete: true\r\n\r\nGood day\r\n";
        try {
            mail.getUserManager().getUserByEmail(USER).deliver(
                    new jakarta.mail.internet.MimeMessage(null, new java.io.ByteArrayInputStream(text.getBytes(UTF_8))));
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    Properties properties(Path data) {
        Properties properties = new Properties();
        properties.setProperty("mailroutes.data-directory", data.toString());
        String account = "mailroutes.accounts.support.";
        properties.setProperty(account + "user", USER);
        properties.setProperty(account + "grant", "client-credentials");
        properties.setProperty(account + "client-id", "the-client");
        properties.setProperty(account + "client-secret", "the-secret");
        properties.setProperty(account + "token-endpoint", "http://127.0.0.1:" + authorization.getAddress().getPort() + "/token");
        properties.setProperty(account + "host", "127.0.0.1");
        properties.setProperty(account + "port", Integer.toString(mail.getImap().getPort()));
        properties.setProperty(account + "security", "none");
        properties.setProperty("sink", "mock:sink");
        return properties;
    }

    @Override
    public void close() {
        mail.stop();
        authorization.stop(0);
    }
}
