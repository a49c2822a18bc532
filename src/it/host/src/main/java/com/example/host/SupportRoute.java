package com.example.host;

import org.apache.camel.builder.RouteBuilder;

/** Java DSL on stock camel-mail; the account is in the application's properties. */
public class SupportRoute extends RouteBuilder {
    @Override
    public void configure() {
        from("imap://127.0.0.1:{{mailroutes.accounts.support.port}}?authenticator=#support&initialDelay=0&delay=200")
                .routeId("support")
                .to("{{sink}}");
    }
}
