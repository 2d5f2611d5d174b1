// SPDX-License-Identifier: Apache-2.0
package io.switchgear.jmx;

import java.lang.reflect.Method;
import java.net.InetAddress;
import java.security.Principal;

/**
 * The author of a request through WildFly's connector, which sets no subject. Uses the context that WildFly's own audit
 * log uses, by reflection, as no library may link to it; without WildFly, or with one that has changed, the author is
 * unknown.
 */
final class WildFlyCaller {
    private static final String MODULE = "org.jboss.as.controller";
    private static final Method CURRENT = current();

    private WildFlyCaller() {}

    /** Returns the name of the user; empty if unknown. */
    static String user() {
        Object principal = get(get(context(), "getSecurityIdentity"), "getPrincipal");
        return principal instanceof Principal user ? user.getName() : "";
    }

    /** Returns the address of the client; empty if unknown. */
    static String host() {
        return get(context(), "getRemoteAddress") instanceof InetAddress address ? address.getHostAddress() : "";
    }

    private static Object context() {
        try {
            return CURRENT == null ? null : CURRENT.invoke(null);
        } catch (ReflectiveOperationException | RuntimeException refused) {
            return null;
        }
    }

    /** Returns a property; {@code null} if there is none, or no owner. */
    private static Object get(Object owner, String property) {
        try {
            return owner == null ? null : owner.getClass().getMethod(property).invoke(owner);
        } catch (ReflectiveOperationException | RuntimeException refused) {
            return null;
        }
    }

    private static Method current() {
        try {
            ClassLoader system = ClassLoader.getSystemClassLoader();
            Class<?> moduleType = Class.forName("org.jboss.modules.Module", true, system);
            Class<?> loaderType = Class.forName("org.jboss.modules.ModuleLoader", true, system);
            Object loader = moduleType.getMethod("getBootModuleLoader").invoke(null);
            Object module = loaderType.getMethod("loadModule", String.class).invoke(loader, MODULE);
            ClassLoader classes =
                    (ClassLoader) moduleType.getMethod("getClassLoader").invoke(module);
            return Class.forName(MODULE + ".AccessAuditContext", true, classes).getMethod("currentAccessAuditContext");
        } catch (ReflectiveOperationException | RuntimeException | LinkageError notWildFly) {
            return null;
        }
    }
}
