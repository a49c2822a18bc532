package io.mailroutes.camel;

import org.apache.camel.CamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Routes as an engineer writes them. */
final class YamlRoutes {
    private YamlRoutes() {}

    /** @param yaml with {@code '} for quotes where that is more readable */
    static void load(CamelContext context, String yaml) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("test.camel.yaml", yaml));
    }
}
