package io.mailroutes.proof;

import com.sun.tools.attach.VirtualMachine;
import java.util.Collections;
import java.util.Set;
import java.util.stream.Stream;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanException;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** All that Camel shows over JMX: the attributes of its MBeans, and what their dump operations return. */
final class CamelMBeans {
    private static final String MARK = "org.apache.camel:";

    private CamelMBeans() {}

    /** @throws AssertionError when there is nothing, for then nothing would be proved */
    static String of(VirtualMachine machine) throws Exception {
        StringBuilder text = new StringBuilder();
        JMXServiceURL address = new JMXServiceURL(machine.startLocalManagementAgent());
        try (JMXConnector connector = JMXConnectorFactory.connect(address)) {
            MBeanServerConnection beans = connector.getMBeanServerConnection();
            Set<ObjectName> names = beans.queryNames(new ObjectName(MARK + "*"), null);
            if (names.isEmpty()) {
                throw new AssertionError("no MBean of Camel");
            }
            for (ObjectName name : names) {
                text.append(name).append('\n');
                attributes(beans, name, text);
                dumps(beans, name, text);
            }
        } finally {
            machine.detach();
        }
        return text.toString();
    }

    private static void attributes(MBeanServerConnection beans, ObjectName name, StringBuilder text) throws Exception {
        for (MBeanAttributeInfo attribute : beans.getMBeanInfo(name).getAttributes()) {
            try {
                text.append(attribute.getName()).append('=').append(beans.getAttribute(name, attribute.getName()));
            } catch (RuntimeMBeanException | MBeanException notShown) {
                text.append(notShown);
            }
            text.append('\n');
        }
    }

    private static void dumps(MBeanServerConnection beans, ObjectName name, StringBuilder text) throws Exception {
        for (MBeanOperationInfo operation : beans.getMBeanInfo(name).getOperations()) {
            MBeanParameterInfo[] signature = operation.getSignature();
            if (!operation.getName().startsWith("dump")) {
                continue;
            }
            if (signature.length == 0) {
                dump(beans, name, operation.getName(), new Object[0], new String[0], text);
            } else if (Stream.of(signature)
                    .allMatch(parameter -> parameter.getType().equals("boolean"))) {
                // With every switch on: placeholders are resolved then.
                Object[] on = Collections.nCopies(signature.length, true).toArray();
                String[] types =
                        Collections.nCopies(signature.length, "boolean").toArray(String[]::new);
                dump(beans, name, operation.getName(), on, types, text);
            }
        }
    }

    private static void dump(
            MBeanServerConnection beans,
            ObjectName name,
            String operation,
            Object[] arguments,
            String[] types,
            StringBuilder text)
            throws Exception {
        text.append(operation).append(": ");
        try {
            text.append(beans.invoke(name, operation, arguments, types));
        } catch (RuntimeMBeanException | MBeanException notShown) {
            text.append(notShown.getMessage()).append(notShown.getCause()); // an optional jar is missing
        }
        text.append('\n');
    }
}
