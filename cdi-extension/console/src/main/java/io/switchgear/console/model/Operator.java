// SPDX-License-Identifier: Apache-2.0
package io.switchgear.console.model;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.JMException;
import javax.management.JMRuntimeException;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.MBeanServerConnection;
import javax.management.MBeanServerDelegate;
import javax.management.ObjectName;

/** Changes MBeans by their own operations, and finds the sentence of a refusal. */
final class Operator {
    private static final String REFUSED = "LastRefusedChange";
    private final MBeanServerConnection server;

    Operator(MBeanServerConnection server) {
        this.server = server;
    }

    /**
     * Invokes an operation.
     *
     * @return the result as text; empty if it has none
     * @throws RefusedException if the MBean or the server refuses
     */
    String invoke(ObjectName mbean, String operation, Object... arguments) throws IOException, RefusedException {
        Object before = Reader.attributes(server, mbean, REFUSED).get(REFUSED);
        try {
            String[] signature = Arrays.stream(server.getMBeanInfo(mbean).getOperations())
                    .filter(info -> info.getName().equals(operation) && info.getSignature().length == arguments.length)
                    .map(MBeanOperationInfo::getSignature)
                    .map(parameters -> Arrays.stream(parameters)
                            .map(MBeanParameterInfo::getType)
                            .toArray(String[]::new))
                    .findFirst()
                    .orElseThrow(() -> new RefusedException(
                            "this version of the library has no operation " + operation + " here"));
            Object result = server.invoke(mbean, operation, arguments, signature);
            return result instanceof Object[] many
                    ? Arrays.stream(many).map(String::valueOf).collect(Collectors.joining("\n"))
                    : result == null ? "" : result.toString();
        } catch (JMException | RuntimeException failed) {
            throw new RefusedException(why(mbean, before, failed));
        }
    }

    /**
     * Returns the sentence that came with the exception; if a server hides it, the one that the MBean kept, if this
     * refusal left one.
     */
    private String why(ObjectName mbean, Object before, Exception failed) throws IOException {
        Object after = Reader.attributes(server, mbean, REFUSED).get(REFUSED);
        Throwable cause = failed;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        boolean sentence = cause instanceof IllegalArgumentException || cause instanceof IllegalStateException;
        if (sentence && cause.getMessage() != null) {
            return Text.line(cause.getMessage());
        } else if (after != null && !after.equals(before)) {
            // some servers hide what an MBean threw
            return Text.line(after);
        }
        return Text.line(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
    }

    /** Returns why nothing may be changed, in a sentence; empty if changes are allowed. */
    String whyReadOnly(Iterable<ObjectName> applications) throws IOException {
        try {
            // sets nothing, as there is no such attribute, but a role that may only read is refused
            server.setAttributes(MBeanServerDelegate.DELEGATE_NAME, new AttributeList(List.of(new Attribute("", ""))));
        } catch (SecurityException | JMRuntimeException readOnly) {
            // the second is that of WildFly
            return "Your role may only read: " + Text.line(readOnly.getMessage());
        } catch (JMException | RuntimeException notSaid) {
            return "";
        }
        for (ObjectName application : applications) {
            if ("false"
                    .equals(Reader.attributes(server, application, "Writable").get("Writable"))) {
                return "The configuration of the application allows no change (switchgear.jmx.writable=false)";
            }
        }
        return "";
    }

    /**
     * Changes settings, unless another hand has changed one of them meanwhile.
     *
     * @param changes the new values, by the settings as the operator saw them
     */
    String change(ObjectName mbean, Map<Setting, String> changes) throws IOException, RefusedException {
        String[] names = changes.keySet().stream().map(Setting::name).toArray(String[]::new);
        Map<String, Object> present = Reader.attributes(server, mbean, names);
        for (Setting setting : changes.keySet()) {
            String now = Text.shown(present.get(setting.name()));
            if (present.containsKey(setting.name()) && !setting.isSame(now, setting.value())) {
                throw new RefusedException(setting.name() + " was changed to " + now + " meanwhile (you saw "
                        + setting.value() + "); look at it, then change it again. Nothing was changed");
            }
        }
        return invoke(mbean, "changeSettings", text(changes));
    }

    /** Returns the changes as {@code changeSettings} takes them. */
    static String text(Map<Setting, String> changes) {
        return changes.entrySet().stream()
                .map(change -> change.getKey().name() + "=" + change.getValue().strip())
                .collect(Collectors.joining(", "));
    }
}
