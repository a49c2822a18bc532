package io.mailroutes.camel;

import io.mailroutes.account.Suggestion;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** {@code mailbox:ACCOUNT}: a consumer of IMAP mailboxes behind OAuth2 that loses nothing. */
@Component("mailbox")
public final class MailboxComponent extends DefaultComponent {
    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        MailboxEndpoint endpoint = new MailboxEndpoint(uri, this, remaining);
        setProperties(endpoint, parameters);
        if (!parameters.isEmpty()) {
            Set<String> known = getCamelContext()
                    .getCamelContextExtension()
                    .getEndpointUriFactory("mailbox")
                    .propertyNames();
            throw new IllegalArgumentException("mailbox:" + remaining + ": "
                    + new TreeSet<>(parameters.keySet())
                            .stream().map(name -> unknown(name, known)).collect(Collectors.joining("; ")));
        }
        return endpoint;
    }

    private static String unknown(String name, Set<String> known) {
        return "unknown option '" + name + "'" + Suggestion.sentence(Suggestion.of(name, known));
    }
}
