package io.mailroutes.camel.action;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.DelegateProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.StartupListener;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.component.kamelet.NoopProcessor;
import org.apache.camel.model.KameletDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.jspecify.annotations.Nullable;

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

    /** Whether the Kamelet that the exchange is in has steps inside; false for who is in none. */
    static boolean areAround(Exchange exchange) {
        if (!(exchange.getFromEndpoint() instanceof KameletEndpoint kamelet)) {
            return false;
        }
        String key = kamelet.getTemplateId() + "/" + kamelet.getRouteId();
        Processor steps = kamelet.getComponent().getKameletEip(key);
        return steps != null
                && !(steps instanceof DelegateProcessor one && one.getProcessor() instanceof NoopProcessor);
    }

    private void check(CamelContext context) {
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        List<RouteDefinition> routes = model == null ? List.of() : model.getRouteDefinitions();
        for (RouteDefinition route : routes) {
            boolean alone =
                    ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class).stream()
                                    .anyMatch(to -> isIt(to.getUri()))
                            || ProcessorDefinitionHelper.filterTypeInOutputs(
                                            route.getOutputs(), KameletDefinition.class)
                                    .stream()
                                    .anyMatch(step -> step.getOutputs().isEmpty() && isIt("kamelet:" + step.getName()));
            if (alone) {
                refuse(route);
            }
        }
    }

    private boolean isIt(@Nullable String uri) {
        String step = String.valueOf(uri).replace("kamelet://", "kamelet:");
        String name = "kamelet:" + kamelet;
        return step.equals(name) || step.startsWith(name + "?") || step.startsWith(name + "/");
    }

    private void refuse(RouteDefinition route) {
        throw new IllegalArgumentException("route " + route.getRouteId() + ": " + kamelet
                + " hands each attachment to the steps that stand inside it, and here, as \"to: kamelet:" + kamelet
                + "\", it has none: write \"kamelet: { name: " + kamelet + ", parameters: {...}, steps: [...] }\"");
    }
}
