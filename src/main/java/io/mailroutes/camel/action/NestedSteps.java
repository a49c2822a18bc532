package io.mailroutes.camel.action;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;

/**
 * Wants the steps of a Kamelet inside it. As {@code to: kamelet:NAME} it has none, and Camel would drop in silence what
 * it hands on; that is told when the routes start, not when mail gets lost.
 */
final class NestedSteps implements StartupListener {
    private final String kamelet;

    private NestedSteps(String kamelet) {
        this.kamelet = kamelet;
    }

    /** @throws IllegalArgumentException in words, now or when the context starts */
    static void require(CamelContext context, String kamelet) {
        NestedSteps nested = new NestedSteps(kamelet);
        if (context.isStarted()) {
            nested.check(context);
            return;
        }
        try {
            context.addStartupListener(nested);
        } catch (Exception e) {
            throw new IllegalStateException(kamelet + ": the Camel context takes no listener", e);
        }
    }

    @Override
    public void onCamelContextStarting(CamelContext context, boolean alreadyStarted) {
        check(context);
    }

    @Override
    public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
        // what is wrong was said before anything was started
    }

    private void check(CamelContext context) {
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        List<RouteDefinition> routes = model == null ? List.of() : model.getRouteDefinitions();
        for (RouteDefinition route : routes) {
            ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class).stream()
                    .filter(this::isIt)
                    .findAny()
                    .ifPresent(to -> refuse(route));
        }
    }

    private boolean isIt(ToDefinition to) {
        String uri = String.valueOf(to.getUri()).replace("kamelet://", "kamelet:");
        String name = "kamelet:" + kamelet;
        return uri.equals(name) || uri.startsWith(name + "?") || uri.startsWith(name + "/");
    }

    private void refuse(RouteDefinition route) {
        throw new IllegalArgumentException("route " + route.getRouteId() + ": " + kamelet
                + " hands each attachment to the steps that stand inside it, and as \"to: kamelet:" + kamelet
                + "\" it has none: write \"kamelet: { name: " + kamelet + ", parameters: {...}, steps: [...] }\"");
    }
}
