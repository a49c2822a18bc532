package io.mailroutes.cli;

import java.util.Optional;
import org.apache.camel.impl.DefaultCamelContext;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says: ours, and that of the Camel on the class path. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String ours = Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("(built from classes)");
        String camel = Optional.ofNullable(
                        DefaultCamelContext.class.getPackage().getImplementationVersion())
                .orElse("(unknown version)");
        return new String[] {"mailroutes " + ours, "Apache Camel " + camel};
    }
}
